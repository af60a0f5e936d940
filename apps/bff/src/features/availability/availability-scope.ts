import type { AvailabilityScope } from '@floorwatch/contracts';
import { covers, type AgentRow, type Board, type DivisionScope } from '@floorwatch/domain';

/** Names those without a division in a scope, as the wall's address does. */
const NO_DIVISION = 'none';

/** Whoever of those who may be seen is in the scope now, by the board: what is given narrows together. */
export const rowsInScope = (
  board: Board,
  { agents, division, queue, team }: AvailabilityScope,
  seen: DivisionScope,
): AgentRow[] =>
  [...board.rows()].filter(
    ({ profile, queueIds }) =>
      covers(seen, profile.divisionId) &&
      isIn(agents, [profile.id]) &&
      isIn(division, [profile.divisionId ?? NO_DIVISION]) &&
      isIn(queue, queueIds ?? []) &&
      isIn(team, [profile.team]),
  );

const isIn = (wanted: readonly string[] | undefined, held: readonly (string | null)[]): boolean =>
  wanted === undefined || held.some((one) => one !== null && wanted.includes(one));
