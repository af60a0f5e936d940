import type { Clock } from '@floorwatch/domain';

const TICK_MS = 1000;

/**
 * The one timer of the page that beats each second. Elapsed times are written straight into their text nodes by its
 * listeners, so a second that passes renders nothing.
 */
export class Ticker {
  readonly #listeners = new Set<() => void>();
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Starts beating. @returns stops it */
  start(): () => void {
    return this.#clock.every(TICK_MS, () => {
      for (const listener of this.#listeners) listener();
    });
  }

  /** Calls the listener at every beat. @returns ends that */
  onTick(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
