import type { RealClock } from '../time/system-clock.ts';

/** Requests a minute that a token may make unless told otherwise (API §3.4). */
export const DEFAULT_REQUESTS_PER_MINUTE = 300;

const WINDOW_MS = 60_000;

/** What a response tells about the budget of its token (API §3.3). */
export interface RateState {
  readonly allowed: number;
  readonly count: number;
  readonly resetSeconds: number;
  readonly isExceeded: boolean;
}

/** Counts one token's requests by the minute, from its first request on. */
export class RateWindow {
  readonly #realClock: RealClock;
  readonly #allowed: () => number;
  #startedAt = -Infinity;
  #count = 0;

  /** @param allowed asked at every request, so that the limit can be changed while tokens are out */
  constructor(realClock: RealClock, allowed: () => number) {
    this.#realClock = realClock;
    this.#allowed = allowed;
  }

  countRequest(): RateState {
    const now = this.#realClock.now();
    if (now - this.#startedAt >= WINDOW_MS) {
      this.#startedAt = now;
      this.#count = 0;
    }
    this.#count += 1;
    const allowed = this.#allowed();
    return {
      allowed,
      count: this.#count,
      resetSeconds: Math.max(1, Math.ceil((this.#startedAt + WINDOW_MS - now) / 1000)),
      isExceeded: this.#count > allowed,
    };
  }
}
