import { RIGHTS, type DivisionId, type DivisionScope, type Right } from '@floorwatch/domain';
import type { z } from 'zod';
import type { authzGrant } from '../wire/authz-subject.ts';

/**
 * Which permissions of the platform make a right of ours: all of those named, each in the divisions it is granted in
 * (docs/access.md says why these).
 */
export const PERMISSIONS_OF: Readonly<Record<Right, readonly string[]>> = {
  'see-floor': ['analytics:userObservation:view'],
  'see-history': ['analytics:userDetail:view'],
  'change-presence': ['presence:userPresence:edit'],
  'override-verdict': ['presence:userPresence:edit', 'wfm:schedule:edit'],
  'see-audit': ['audits:audit:view'],
  manage: ['presence:settings:edit'],
};

/** Every permission that is asked about, once. */
export const ASKED_PERMISSIONS: readonly string[] = [...new Set(Object.values(PERMISSIONS_OF).flat())];

/** Where a person has a permission; null where nowhere. */
export type Permitted = ReadonlyMap<string, DivisionScope>;

/** What a person may do, as the platform has it just now. */
export interface PersonRights {
  readonly rights: ReadonlyMap<Right, DivisionScope>;
  /** Names of the divisions in them, as far as the platform told any. */
  readonly divisionNames: ReadonlyMap<DivisionId, string>;
}

type Grants = readonly z.infer<typeof authzGrant>[];

/** Whether any of the roles holds a permission. A policy under a condition does not count: we could not check it. */
export const isGranted = (grants: Grants, permission: string): boolean => {
  const [domain = '', entityName = '', action = ''] = permission.split(':');
  return grants
    .flatMap(({ role }) => role?.policies ?? [])
    .filter(({ condition }) => (condition ?? '') === '')
    .some(
      (policy) =>
        meets(policy.domain, domain) &&
        meets(policy.entityName, entityName) &&
        (policy.actions ?? []).some((held) => meets(held, action)),
    );
};

const meets = (held: string | null | undefined, wanted: string): boolean => held === '*' || held === wanted;

/** A right holds where each of its permissions does. */
export const rightsOf = (permitted: Permitted): Map<Right, DivisionScope> => {
  const rights = new Map<Right, DivisionScope>();
  for (const right of RIGHTS) {
    const scopes = PERMISSIONS_OF[right].map((permission) => permitted.get(permission) ?? NOWHERE);
    const scope = scopes.reduce(intersection);
    if (scope === 'all' || scope.size > 0) rights.set(right, scope);
  }
  return rights;
};

const NOWHERE: ReadonlySet<DivisionId> = new Set();

const intersection = (one: DivisionScope, other: DivisionScope): DivisionScope => {
  if (one === 'all') return other;
  return other === 'all' ? one : new Set([...one].filter((division) => other.has(division)));
};
