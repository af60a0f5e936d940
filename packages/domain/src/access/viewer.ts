import type { DivisionId } from '../agent/ids.ts';

/** What a person is to Floorwatch, the least first. Read from the platform's permissions by the table in `docs/access.md`. */
export const ROLES = ['viewer', 'teamLead', 'supervisor', 'admin'] as const;

export type Role = (typeof ROLES)[number];

/** Divisions a right holds in: every one, those of today and of tomorrow, or the ones named. */
export type DivisionScope = 'all' | ReadonlySet<DivisionId>;

/**
 * What a person may do, each in divisions of its own kind.
 *
 * - `see-floor`: agents on the wall, with their state now · `see-history`: their recorded past, and exports of it
 * - `change-presence`: set another person's presence · `override-verdict`: against a schedule that blocks it, with a reason
 * - `see-audit`: who did what · `manage`: settings, automations, keys of others
 */
export const RIGHTS = [
  'see-floor',
  'see-history',
  'change-presence',
  'override-verdict',
  'see-audit',
  'manage',
] as const;

export type Right = (typeof RIGHTS)[number];

/** Who is looking, and what this person may do where. Immutable: a change of rights makes another one. */
export interface Viewer {
  /** The platform's user id. */
  readonly userId: string;
  readonly name: string;
  readonly role: Role;
  /** A right that is not in here the person does not have at all. */
  readonly rights: ReadonlyMap<Right, DivisionScope>;
}

/** Where a viewer has a right; null where nowhere. */
export const scopeOf = (viewer: Viewer, right: Right): DivisionScope | null => viewer.rights.get(right) ?? null;

/** Whether a scope holds in a division. An agent without a division is seen by those who see every division. */
export const covers = (scope: DivisionScope | null, division: DivisionId | null): boolean => {
  if (scope === null) return false;
  return scope === 'all' || (division !== null && scope.has(division));
};

/** A text that is the same for every two viewers who see the same: frames are made once for each. */
export const scopeKey = (scope: DivisionScope): string => (scope === 'all' ? '*' : [...scope].toSorted().join(','));
