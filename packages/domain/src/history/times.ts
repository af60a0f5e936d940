import type { Activity } from '../activity/activity.ts';
import { NO_MS, type TimeSum } from './figures.ts';
import { unionOf, type Interval } from './interval.ts';
import { activitySegments, type RecordedPast } from './lanes.ts';
import { activityChanges, VOLATILE_LOOK_BACK_MS, volatileSpells } from './volatile-spells.ts';
import { windowEnd, windowStart } from './windows.ts';

interface GrowingSum {
  readonly ms: Record<Activity, number>;
  readonly steadyMs: Record<Activity, number>;
  transitions: number;
  isVolatile: boolean;
}

/**
 * What a past must reach over for the time of a range: from before the first window, as far as that decides whether it is
 * volatile, to the end of the last one.
 */
export const timesReach = ({ from, to }: Interval): Interval => ({
  from: windowStart(from) - VOLATILE_LOOK_BACK_MS,
  to: windowEnd(to),
});

/**
 * Time per bucket, to the millisecond, by the same rules as windows: a window in which the agent flapped is left out of
 * `steadyMs` as a whole. So the windows of a time and the time itself add up to the same figures.
 * @param past complete over `timesReach`, with what held when that begins
 * @param boundaries rising; bucket n is from boundary n to the next
 */
export const timesOf = (past: RecordedPast, boundaries: readonly number[]): TimeSum[] => {
  const from = boundaries[0] ?? 0;
  const to = boundaries.at(-1) ?? from;
  const sums = boundaries.slice(1).map(() => emptySum());
  if (from >= to) return sums;
  const segments = activitySegments(past, timesReach({ from, to }));
  const volatile = unionOf(volatileSpells(segments).map(wholeWindows));
  const bucketAt = new BucketReader(boundaries, sums);
  for (const part of cut(segments, [...boundaries, ...volatile.flatMap((spell) => [spell.from, spell.to])])) {
    const sum = bucketAt.at(part.from);
    if (sum === undefined) continue;
    const length = part.to - part.from;
    sum.ms[part.value] += length;
    if (volatile.some((spell) => spell.from <= part.from && part.from < spell.to)) sum.isVolatile = true;
    else sum.steadyMs[part.value] += length;
  }
  const counting = new BucketReader(boundaries, sums);
  for (const at of activityChanges(segments)) {
    const sum = counting.at(at);
    if (sum !== undefined) sum.transitions += 1;
  }
  return sums;
};

const emptySum = (): GrowingSum => ({ ms: { ...NO_MS }, steadyMs: { ...NO_MS }, transitions: 0, isVolatile: false });

const wholeWindows = ({ from, to }: Interval): Interval => ({
  from: windowStart(from),
  to: windowEnd(to),
});

/** Segments cut at every one of the instants. */
function* cut<Part extends Interval>(segments: readonly Part[], instants: readonly number[]): Generator<Part> {
  const cuts = instants.toSorted((a, b) => a - b);
  let next = 0;
  for (const segment of segments) {
    let { from } = segment;
    while ((cuts[next] ?? Infinity) <= from) next += 1;
    for (let index = next, at = cuts[index]; at !== undefined && at < segment.to; at = cuts[(index += 1)]) {
      if (at > from) yield { ...segment, from, to: at };
      from = at;
    }
    yield { ...segment, from };
  }
}

/** Finds the bucket of instants that only rise. */
class BucketReader {
  readonly #boundaries: readonly number[];
  readonly #sums: readonly GrowingSum[];
  #index = 0;

  constructor(boundaries: readonly number[], sums: readonly GrowingSum[]) {
    this.#boundaries = boundaries;
    this.#sums = sums;
  }

  at(instant: number): GrowingSum | undefined {
    if (instant < (this.#boundaries[0] ?? Infinity)) return undefined;
    while (instant >= (this.#boundaries[this.#index + 1] ?? Infinity)) this.#index += 1;
    return this.#sums[this.#index];
  }
}
