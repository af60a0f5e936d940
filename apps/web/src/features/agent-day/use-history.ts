import type { Interval } from '@floorwatch/domain';
import { useQueries, useQuery, type UseQueryResult } from '@tanstack/react-query';
import { useMemo } from 'react';
import { historyPartQuery, type ToldHistory } from './history-query.ts';
import { cutSegments } from './join-segments.ts';
import { allowedRangeOf } from './kept-range.ts';
import type { Lanes, Mark } from './lane.ts';
import { daysIn, partsOf } from './range-parts.ts';
import { joinTold } from './told-lanes.ts';

/** The API cuts at its own now: a stretch that ended a little while ago may still lack its end. */
const SETTLING_MS = 60_000;

const FACTS = ['organisation', 'routing', 'activity'] as const;
const PLAN = ['schedule'] as const;

export interface AgentHistoryState {
  readonly lanes: Lanes;
  readonly marks: readonly Mark[];
  /** Stretches that are still to come from the API. */
  readonly pending: readonly Interval[];
  /** How many days of the range are there, of how many that have begun. */
  readonly loadedDays: number;
  readonly days: number;
  /** The first thing that went wrong; null while nothing did. */
  readonly error: Error | null;
  /** Why there is no schedule lane, in words; null where there is one, or it is still to come. */
  readonly scheduleProblem: string | null;
  /** Why the platform's history could not fill what was not recorded, in words; null where it did, or need not. */
  readonly analyticsProblem: string | null;
  /** Nothing that has come is expected to be known better later. */
  readonly isSettled: boolean;
  /** Before this instant, ms, nothing is kept; null where all of the range is. */
  readonly keptFrom: number | null;
  readonly retry: () => void;
}

interface Asked {
  readonly agentId: string;
  readonly range: Interval;
  readonly zone: string;
  /** Platform clock, ms; changes slowly: what is over is never asked for again. */
  readonly now: number;
}

/** An agent's history over a range, as far as it has come. */
export const useHistory = ({ agentId, range, zone, now }: Asked): AgentHistoryState => {
  const { from, to } = range;
  const parts = useMemo(() => partsOf({ from, to }, zone, now), [from, to, zone, now]);
  const facts = useQueries({
    queries: parts.map((part) =>
      historyPartQuery({ agentId, part, kinds: FACTS, isRunning: now < part.to + SETTLING_MS }),
    ),
    combine,
  });
  const plan = useQuery(historyPartQuery({ agentId, part: range, kinds: PLAN, isRunning: false }));
  const { told, pending, error, retry } = facts;

  const joined = useMemo(() => joinTold(told.map((part) => part.told)), [told]);
  const planned = plan.data?.told;
  const lanes = useMemo(
    () => ({ ...joined.lanes, schedule: cutSegments(planned?.lanes.schedule ?? [], { from, to }) }),
    [joined, planned, from, to],
  );
  return {
    lanes,
    marks: joined.marks,
    pending: useMemo(() => pending.map((index) => parts[index]).filter((part) => part !== undefined), [pending, parts]),
    loadedDays: daysIn(parts.filter((_part, index) => !pending.includes(index))),
    days: daysIn(parts),
    error,
    scheduleProblem: planned?.scheduleProblem ?? wordsOf(plan.error),
    analyticsProblem: joined.analyticsProblem,
    isSettled: joined.isSettled,
    keptFrom: keptFromOf(told, facts.errors),
    retry,
  };
};

/** What is not kept any more is told once, for all lanes. */
const wordsOf = (error: Error | null): string | null =>
  error === null || allowedRangeOf(error) !== null ? null : error.message;

const combine = (results: UseQueryResult<ToldHistory>[]) => {
  const errors = results.flatMap(({ error }) => (error === null ? [] : [error]));
  return {
    told: results.flatMap(({ data }) => (data === undefined ? [] : [data])),
    pending: results.flatMap(({ isPending }, index) => (isPending ? [index] : [])),
    errors,
    error: errors.find((error) => allowedRangeOf(error) === null) ?? null,
    retry: () => results.forEach(({ isError, refetch }) => isError && void refetch()),
  };
};

const keptFromOf = (told: readonly ToldHistory[], errors: readonly Error[]): number | null => {
  const edges = [
    ...told.flatMap(({ keptFrom }) => (keptFrom === null ? [] : [keptFrom])),
    ...errors.flatMap((error) => allowedRangeOf(error)?.from ?? []),
  ];
  return edges.length === 0 ? null : Math.max(...edges);
};
