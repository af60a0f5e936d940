import type { WebhookFilter } from '@floorwatch/contracts';
import { divisionId, scopeOf, type DivisionId, type DivisionScope, type Right, type Viewer } from '@floorwatch/domain';

/** What it takes to have others told: to change settings, and to see what is told, now and afterwards. */
const NEEDED: readonly Right[] = ['manage', 'see-floor', 'see-history'];

/**
 * Where somebody may have others told: a webhook carries what its owner may see out of the house, and no more.
 */
export const tellableBy = (viewer: Viewer): DivisionScope =>
  NEEDED.map((right) => scopeOf(viewer, right) ?? new Set<DivisionId>()).reduce(inBoth);

const inBoth = (one: DivisionScope, other: DivisionScope): DivisionScope => {
  if (one === 'all') return other;
  return other === 'all' ? one : new Set([...one].filter((id) => other.has(id)));
};

/** Whether all that a webhook tells of lies within a scope: one without divisions tells of everybody. */
export const isWithin = (scope: DivisionScope, { divisions }: WebhookFilter): boolean =>
  scope === 'all' || (divisions.length > 0 && divisions.every((id) => scope.has(divisionId(id))));
