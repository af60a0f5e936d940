import type { CallMeter } from './call-meter.ts';
import { countBetween, percentilesBetween, type Percentiles, type Tally } from './durations.ts';
import { LEGS, type Leg, type LiveLatency } from './live-latency.ts';

/** What was counted up to an instant. */
export interface Mark {
  readonly at: number;
  readonly legs: Readonly<Record<Leg, Tally>>;
  readonly calls: Tally;
  readonly answered: number;
  readonly retries: number;
  readonly changes: number;
}

interface Meters {
  readonly latency: LiveLatency;
  readonly calls: CallMeter;
}

export const takeMark = async (at: number, { latency, calls }: Meters): Promise<Mark> => {
  const legs = await Promise.all(LEGS.map(async (leg) => [leg, await latency.tally(leg)] as const));
  return {
    at,
    legs: Object.fromEntries(legs) as Record<Leg, Tally>,
    calls: await calls.tally('api'),
    answered: calls.byOutcome['answered'] ?? 0,
    retries: calls.retries,
    changes: latency.counts.changes,
  };
};

/** How fast things went between two marks. Durations are null where nothing happened. */
export interface Pace {
  readonly changesPerSecond: number;
  readonly legs: Readonly<Record<Leg, Percentiles | null>>;
  readonly callsPerMinute: number;
  readonly calls: Percentiles | null;
  /** Of the calls of the interface; null where there was none. */
  readonly answeredShare: number | null;
  readonly retriesPerMinute: number;
}

export const paceBetween = (before: Mark, after: Mark): Pace => {
  const seconds = Math.max(0.001, (after.at - before.at) / 1000);
  const calls = countBetween(before.calls, after.calls);
  const answered = Math.min(calls, after.answered - before.answered);
  const legs = LEGS.map((leg) => [leg, percentilesBetween(before.legs[leg], after.legs[leg])] as const);
  return {
    changesPerSecond: (after.changes - before.changes) / seconds,
    legs: Object.fromEntries(legs) as Record<Leg, Percentiles | null>,
    callsPerMinute: (calls * 60) / seconds,
    calls: percentilesBetween(before.calls, after.calls),
    answeredShare: calls === 0 ? null : answered / calls,
    retriesPerMinute: ((after.retries - before.retries) * 60) / seconds,
  };
};
