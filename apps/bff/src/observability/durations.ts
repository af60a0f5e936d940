import { Histogram, type Registry } from 'prom-client';

/** Upper bounds, ms: close together where our goals lie (a tick of 100 ms and 50 ms more), up to a minute. */
export const BOUNDS_MS = [
  1, 2, 5, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100, 110, 120, 130, 140, 150, 175, 200, 250, 300, 400, 500, 750, 1000,
  1500, 2000, 3000, 5000, 7500, 10_000, 15_000, 20_000, 30_000, 60_000,
] as const;

/** How many were at most as long as each bound, and in the last place all. */
export type Tally = readonly number[];

export interface Percentiles {
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly p99Ms: number;
}

interface DurationsOptions {
  readonly registry: Registry;
  readonly name: string;
  readonly help: string;
  /** What they are told apart by, and all it can be. */
  readonly label: string;
}

/** Durations, counted for Prometheus and read back for people. */
export class Durations<Of extends string> {
  readonly #histogram: Histogram;
  readonly #label: string;

  constructor({ registry, name, help, label }: DurationsOptions) {
    this.#label = label;
    const buckets = BOUNDS_MS.map((ms) => ms / 1000);
    this.#histogram = new Histogram({ name, help, labelNames: [label], buckets, registers: [registry] });
  }

  /** A clock that stepped back counts as no time at all. */
  observe(of: Of, ms: number): void {
    this.#histogram.observe({ [this.#label]: of }, Math.max(0, ms) / 1000);
  }

  /** All since the start. */
  async tally(of: Of): Promise<Tally> {
    const { values } = await this.#histogram.get();
    const buckets = values.filter(({ labels }) => labels[this.#label] === of && labels['le'] !== undefined);
    return buckets.length === 0 ? NOTHING : buckets.map(({ value }) => value);
  }
}

const NOTHING: Tally = [...BOUNDS_MS, Infinity].map(() => 0);

/** How many there were between two tallies. */
export const countBetween = (before: Tally, after: Tally): number => (after.at(-1) ?? 0) - (before.at(-1) ?? 0);

/**
 * What so large a share of those between two tallies did not exceed, ms; within the width of a bound exact, by the rule of
 * Prometheus' `histogram_quantile`. Null where there were none.
 */
export const quantileBetween = (before: Tally, after: Tally, share: number): number | null => {
  const total = countBetween(before, after);
  if (total <= 0) return null;
  const rank = share * total;
  let below = 0;
  for (const [index, bound] of BOUNDS_MS.entries()) {
    const seen = (after[index] ?? 0) - (before[index] ?? 0);
    const from = BOUNDS_MS[index - 1] ?? 0;
    if (seen >= rank) return seen === below ? from : from + ((bound - from) * (rank - below)) / (seen - below);
    below = seen;
  }
  return BOUNDS_MS.at(-1) ?? null;
};

export const percentilesBetween = (before: Tally, after: Tally): Percentiles | null => {
  const of = (share: number): number => quantileBetween(before, after, share) ?? 0;
  return countBetween(before, after) <= 0 ? null : { p50Ms: of(0.5), p95Ms: of(0.95), p99Ms: of(0.99) };
};
