import type { SessionInfo } from '@floorwatch/contracts';
import { RIGHTS, type Right } from '@floorwatch/domain';
import type { Visit } from '../../plugins/access.ts';
import { Session } from '../../sessions/session.ts';

type PermissionsOf = Readonly<Record<Right, readonly string[]>>;

/** What a page may know of who looks at it. */
export const sessionInfoOf = (visit: Visit, permissionsOf: PermissionsOf): SessionInfo => {
  const { viewer, csrfToken } = visit;
  const rights = Object.fromEntries(
    [...viewer.rights].map(([right, scope]) => [right, scope === 'all' ? 'all' : [...scope]]),
  );
  if (!(visit instanceof Session))
    return { person: null, rights, missing: [], divisionsSeen: 'all', endsAt: null, idlesAt: null, csrfToken };
  const { userId, name, role } = viewer;
  return {
    person: { userId, name, role },
    rights,
    missing: RIGHTS.filter((right) => !viewer.rights.has(right)).map((right) => ({
      right,
      permissions: [...permissionsOf[right]],
    })),
    divisionsSeen: divisionsSeen(visit),
    endsAt: new Date(visit.endsAt).toISOString(),
    idlesAt: new Date(Math.min(visit.idlesAt, visit.endsAt)).toISOString(),
    csrfToken,
  };
};

const divisionsSeen = ({ viewer, divisionNames }: Session): SessionInfo['divisionsSeen'] => {
  const scope = viewer.rights.get('see-floor') ?? new Set();
  if (scope === 'all') return 'all';
  return [...scope]
    .map((id) => ({ id: String(id), name: divisionNames.get(id) ?? String(id) }))
    .toSorted((one, other) => one.name.localeCompare(other.name));
};
