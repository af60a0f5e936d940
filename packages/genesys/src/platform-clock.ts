import type { Clock } from '@floorwatch/domain';

/** How long one sample may hold the estimate up: long enough for a quiet floor, short enough to follow a corrected clock. */
const WINDOW_MS = 60_000;

interface Sample {
  readonly takenAt: number;
  readonly offsetMs: number;
}

/**
 * An estimate of the platform's clock.
 *
 * An instant that the platform tells us cannot lie in its future, so "instant − our clock on receipt" is never more than
 * the true offset: the largest one of the last minute is the best we know. What it falls short of the truth is the
 * shortest delay seen (and up to 1 s while only HTTP `Date` headers, which carry whole seconds, have been seen).
 * Until anything has been seen both clocks are taken as equal.
 */
export class PlatformClock {
  readonly #clock: Clock;
  /** Newest last, offsets strictly falling: the first is the largest of the window. */
  readonly #samples: Sample[] = [];

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Takes note of an instant (ms) that the platform stated and that reached us just now. */
  observe(platformInstant: number): void {
    const takenAt = this.#clock.now();
    const offsetMs = platformInstant - takenAt;
    while ((this.#samples.at(-1)?.offsetMs ?? Infinity) <= offsetMs) this.#samples.pop();
    this.#samples.push({ takenAt, offsetMs });
    while (this.#samples.length > 1 && (this.#samples[0]?.takenAt ?? 0) < takenAt - WINDOW_MS) this.#samples.shift();
  }

  /** The platform's clock now, ms. */
  now(): number {
    return this.at(this.#clock.now());
  }

  /** The platform's clock at an instant of ours, ms. */
  at(ourInstant: number): number {
    return ourInstant + (this.#samples[0]?.offsetMs ?? 0);
  }
}
