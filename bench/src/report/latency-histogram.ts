/** Longer than this is counted as this, ms. */
const LONGEST_MS = 60_000;

/** Counts of durations by whole milliseconds: a million samples a second cost nothing and can be added up over processes. */
export class LatencyHistogram {
  readonly counts: Uint32Array;

  constructor(counts = new Uint32Array(LONGEST_MS + 1)) {
    this.counts = counts;
  }

  get total(): number {
    return this.counts.reduce((sum, count) => sum + count, 0);
  }

  /** Counts a duration of `ms`, rounded down; a clock that stepped back counts as 0. */
  record(ms: number): void {
    const bucket = Math.min(LONGEST_MS, Math.max(0, Math.floor(ms)));
    this.counts[bucket] = (this.counts[bucket] ?? 0) + 1;
  }

  add(other: Uint32Array): void {
    for (let ms = 0; ms < other.length; ms += 1) this.counts[ms] = (this.counts[ms] ?? 0) + (other[ms] ?? 0);
  }

  /** The duration that `share` (0 to 1) of all samples do not exceed, ms; NaN without samples. */
  percentile(share: number): number {
    const { total } = this;
    if (total === 0) return Number.NaN;
    let seen = 0;
    for (let ms = 0; ms < this.counts.length; ms += 1) {
      seen += this.counts[ms] ?? 0;
      if (seen >= total * share) return ms;
    }
    return LONGEST_MS;
  }
}
