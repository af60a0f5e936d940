import type { DivisionScope, Right, Role } from './viewer.ts';

/** The right that makes each role, the greatest first; whoever has none of them is a viewer. */
const MADE_BY: readonly (readonly [Role, Right])[] = [
  ['admin', 'manage'],
  ['supervisor', 'override-verdict'],
  ['teamLead', 'change-presence'],
];

/** What somebody with these rights is to Floorwatch. A name for people; what is allowed is asked of the rights alone. */
export const roleOf = (rights: ReadonlyMap<Right, DivisionScope>): Role =>
  MADE_BY.find(([, right]) => rights.has(right))?.[0] ?? 'viewer';
