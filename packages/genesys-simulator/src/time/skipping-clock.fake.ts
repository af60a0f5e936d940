import { FakeClock } from '@floorwatch/domain/testing';
import type { RealClock } from './system-clock.ts';

/** A fake clock that can also leap over hours without living through every tick of the pump in between. */
export class SkippingClock implements RealClock {
  readonly #clock = new FakeClock();
  #skippedMs = 0;

  now(): number {
    return this.#clock.now() + this.#skippedMs;
  }

  every(ms: number, tick: () => void): () => void {
    return this.#clock.every(ms, tick);
  }

  after(ms: number, action: () => void): () => void {
    return this.#clock.after(ms, action);
  }

  /** Lives through the time: timers run. */
  advance(ms: number): Promise<void> {
    return this.#clock.advance(ms);
  }

  /** Leaps, then lives a second longer, so that whatever looks at the time notices. */
  skip(ms: number): Promise<void> {
    this.#skippedMs += ms;
    return this.#clock.advance(1000);
  }
}
