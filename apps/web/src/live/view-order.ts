import { hasFlag, type Activity, type AgentRow } from '@floorwatch/domain';

export const SORT_KEYS = ['attention', 'time', 'name'] as const;

/** `attention`: who needs somebody first, then ready by longest idle, … · `time`: longest in activity first · `name` */
export type SortKey = (typeof SORT_KEYS)[number];

/** An agent's place in the order of attention; lower comes first. Product rule: problems, ready, working, off queue, gone. */
const ATTENTION: Readonly<Record<Activity, number>> = {
  notResponding: 0,
  ready: 2,
  interacting: 3,
  afterCallWork: 3,
  communicating: 3,
  available: 4,
  busy: 4,
  break: 4,
  meal: 4,
  meeting: 4,
  training: 4,
  away: 4,
  idle: 4,
  unknown: 5,
  offline: 6,
};

const DISAGREEING = 1;
const GONE = 5;

/** Ranks below this ask for somebody at once. */
const URGENT_BELOW = 2;

/** A contradiction that explains itself (a last contact being finished) asks nobody to act; who is stuck needs somebody. */
const asksForAction = (row: AgentRow, disagrees: boolean): boolean =>
  (disagrees && row.discrepancy !== 'finishing') || hasFlag(row.flags, 'stuck');

const attentionRank = (row: AgentRow, disagrees: boolean): number => {
  const rank = ATTENTION[row.activity];
  return asksForAction(row, disagrees) ? Math.min(rank, DISAGREEING) : rank;
};

/** Whether the agent belongs to the head of the wall in the order of attention. */
export const isUrgent = (row: AgentRow, disagrees: boolean): boolean => attentionRank(row, disagrees) < URGENT_BELOW;

interface Placed {
  readonly ref: number;
  readonly rank: number;
  /** When the activity began; unknown starts come last. */
  readonly at: number;
}

export interface Orderable {
  readonly ref: number;
  readonly row: AgentRow;
  readonly disagrees: boolean;
}

/**
 * Puts agents in order. Ties end at the name and then the ref, so the result depends on nothing but the agents.
 * @param nameRank an agent's place in the order of names; asked only where names decide, for it is dear to know
 */
export const orderBy = (sort: SortKey, agents: Iterable<Orderable>, nameRank: (ref: number) => number): number[] => {
  const placed: Placed[] = [];
  for (const { ref, row, disagrees } of agents)
    placed.push({ ref, rank: rankOf(sort, row, disagrees), at: row.since?.at ?? Infinity });
  const byName = (a: Placed, b: Placed): number => nameRank(a.ref) - nameRank(b.ref) || a.ref - b.ref;
  const byRank = (a: Placed, b: Placed): number => {
    if (a.rank !== b.rank) return a.rank - b.rank;
    if (a.at !== b.at) return a.at < b.at ? -1 : 1;
    return byName(a, b);
  };
  placed.sort(sort === 'name' ? byName : byRank);
  return placed.map(({ ref }) => ref);
};

const rankOf = (sort: SortKey, row: AgentRow, disagrees: boolean): number => {
  const rank = attentionRank(row, disagrees);
  if (sort === 'attention') return rank;
  return rank < GONE ? 0 : rank; // by time, those who have gone home still come last
};
