import type { AvailabilityScope } from '@floorwatch/contracts';
import type { AgentRow, Board } from '@floorwatch/domain';

/** Names those without a division in a scope, as the wall's address does. */
const NO_DIVISION = 'none';

/** Whoever is in the scope now, by the board: what is given narrows together. */
export const rowsInScope = (board: Board, { agents, division, queue, team }: AvailabilityScope): AgentRow[] =>
  [...board.rows()].filter(
    ({ profile, queueIds }) =>
      isIn(agents, [profile.id]) &&
      isIn(division, [profile.divisionId ?? NO_DIVISION]) &&
      isIn(queue, queueIds ?? []) &&
      isIn(team, [profile.team]),
  );

const isIn = (wanted: readonly string[] | undefined, held: readonly (string | null)[]): boolean =>
  wanted === undefined || held.some((one) => one !== null && wanted.includes(one));
