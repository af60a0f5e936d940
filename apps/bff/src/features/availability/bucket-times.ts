import { addMs, addTimes, NO_MS, NO_TIME, totalMs, type ActivityMs, type TimeSum } from '@floorwatch/domain';

/** Time of one agent while it is added up, bucket by bucket. */
export class BucketTimes {
  readonly #boundaries: readonly number[];
  readonly #sums: TimeSum[];

  /** @param boundaries rising; bucket n is from boundary n to the next */
  constructor(boundaries: readonly number[]) {
    this.#boundaries = boundaries;
    this.#sums = boundaries.slice(1).map(() => NO_TIME);
  }

  /** Adds time that begins at an instant and lies in one bucket as a whole. */
  add(at: number, sum: TimeSum): void {
    const index = bucketOf(this.#boundaries, at);
    const before = this.#sums[index];
    if (before !== undefined) this.#sums[index] = before === NO_TIME ? sum : addTimes(before, sum);
  }

  /** The sums; what is missing of a bucket's length was never recorded, and is unknown. */
  completed(): TimeSum[] {
    return this.#sums.map((sum, index) => {
      const missing = (this.#boundaries[index + 1] ?? 0) - (this.#boundaries[index] ?? 0) - totalMs(sum.ms);
      if (missing <= 0) return sum;
      return { ...sum, ms: withUnknown(sum.ms, missing), steadyMs: withUnknown(sum.steadyMs, missing) };
    });
  }
}

const withUnknown = (ms: ActivityMs, missing: number): ActivityMs => addMs(ms, { ...NO_MS, unknown: missing });

/** The last boundary that is not after the instant. */
const bucketOf = (boundaries: readonly number[], at: number): number => {
  let low = 0;
  let high = boundaries.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((boundaries[middle] ?? Infinity) <= at) low = middle;
    else high = middle - 1;
  }
  return low;
};

/** The boundaries between two instants, and these themselves: a stretch cut as its buckets are. */
export const cutTo = (boundaries: readonly number[], { from, to }: { from: number; to: number }): number[] =>
  from < to ? [from, ...boundaries.filter((boundary) => boundary > from && boundary < to), to] : [];
