import type { Clock } from '@floorwatch/domain';
import { BUDGET_SHARE, type Priority } from './priority.ts';
import type { RateLimit } from './rate-limit-headers.ts';

/** Ends of one window are computed from whole seconds; two that differ by less are the same. */
const SAME_WINDOW_MS = 2500;

/**
 * The requests of one token in the platform's current window. The platform's headers are the truth; what has been sent
 * since is added, so that a burst does not run over the edge before the first answer is back.
 */
export class RateBudget {
  readonly #clock: Clock;
  #allowed: number | null = null;
  #used = 0;
  #resetsAt: number | null = null;
  #pausedUntil = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Counts a request that goes out now. */
  spend(): void {
    this.#roll();
    this.#used += 1;
  }

  /** Takes over what an answer said. */
  observe({ allowed, count, resetMs }: RateLimit): void {
    this.#roll();
    const resetsAt = this.#clock.now() + resetMs;
    this.#allowed = allowed;
    if (this.#resetsAt === null || Math.abs(resetsAt - this.#resetsAt) <= SAME_WINDOW_MS) {
      this.#used = Math.max(this.#used, count);
      this.#resetsAt = Math.max(resetsAt, this.#resetsAt ?? 0);
    } else if (resetsAt > this.#resetsAt) {
      this.#used = count;
      this.#resetsAt = resetsAt;
    } // else: a late answer from the window before
  }

  /** Nothing goes out for `ms` from now. */
  pause(ms: number): void {
    this.#pausedUntil = Math.max(this.#pausedUntil, this.#clock.now() + ms);
  }

  /** How long a call of this priority has to wait, ms; 0 when it may go. */
  waitMs(priority: Priority): number {
    this.#roll();
    const now = this.#clock.now();
    const forPause = Math.max(0, this.#pausedUntil - now);
    if (this.#allowed === null || this.#resetsAt === null) return forPause;
    const isSpent = this.#used >= Math.floor(this.#allowed * BUDGET_SHARE[priority]);
    return Math.max(forPause, isSpent ? this.#resetsAt - now : 0);
  }

  /** Instants on our clock, ms; null where the platform has not said, or there is no pause. */
  status(): { allowed: number | null; used: number; resetsAt: number | null; pausedUntil: number | null } {
    this.#roll();
    const isPaused = this.#pausedUntil > this.#clock.now();
    return {
      allowed: this.#allowed,
      used: this.#used,
      resetsAt: this.#resetsAt,
      pausedUntil: isPaused ? this.#pausedUntil : null,
    };
  }

  #roll(): void {
    if (this.#resetsAt === null || this.#clock.now() < this.#resetsAt) return;
    this.#resetsAt = null;
    this.#used = 0;
  }
}
