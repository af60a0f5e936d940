import type { Clock } from '@floorwatch/domain';
import { PRIORITIES, type Priority } from './priority.ts';
import type { RateBudget } from './rate-budget.ts';

interface Waiter {
  readonly admit: () => void;
  readonly refuse: (retryAfterMs: number) => void;
}

/** What an interactive call gets instead of waiting. */
export class BudgetSpent extends Error {
  override readonly name = 'BudgetSpent';
  readonly retryAfterMs: number;

  constructor(retryAfterMs: number) {
    super('the request budget is spent');
    this.retryAfterMs = retryAfterMs;
  }
}

/**
 * The one door to the API: at most so many calls in flight, the highest priority first, none while the budget is paused or
 * spent. Calls wait for it, except interactive ones: somebody is looking at a screen, so they are told at once.
 */
export class RequestGate {
  readonly #clock: Clock;
  readonly #budget: RateBudget;
  readonly #maxInFlight: number;
  readonly #waiting: Readonly<Record<Priority, Set<Waiter>>> = {
    interactive: new Set(),
    resync: new Set(),
    sweep: new Set(),
    history: new Set(),
  };
  #inFlight = 0;
  #cancelTimer: () => void = () => undefined;

  constructor({ clock, budget, maxInFlight }: { clock: Clock; budget: RateBudget; maxInFlight: number }) {
    this.#clock = clock;
    this.#budget = budget;
    this.#maxInFlight = maxInFlight;
  }

  get inFlight(): number {
    return this.#inFlight;
  }

  /** How many calls of each priority wait. */
  get waiting(): Readonly<Record<Priority, number>> {
    const { interactive, resync, sweep, history } = this.#waiting;
    return { interactive: interactive.size, resync: resync.size, sweep: sweep.size, history: history.size };
  }

  /**
   * Resolves when the call may go out, with the function that must be called when it is over.
   * Rejects with `BudgetSpent` (interactive only) or with the signal's reason.
   */
  enter(priority: Priority, signal?: AbortSignal): Promise<() => void> {
    return new Promise((resolve, reject) => {
      signal?.throwIfAborted();
      const abort = (): void => {
        this.#waiting[priority].delete(waiter);
        reject(signal?.reason instanceof Error ? signal.reason : new Error('aborted'));
      };
      const waiter: Waiter = {
        admit: () => {
          signal?.removeEventListener('abort', abort);
          resolve(this.#makeLeave());
        },
        refuse: (retryAfterMs) => {
          signal?.removeEventListener('abort', abort);
          reject(new BudgetSpent(retryAfterMs));
        },
      };
      signal?.addEventListener('abort', abort, { once: true });
      this.#waiting[priority].add(waiter);
      this.pump();
    });
  }

  /** Lets in whom it can. To be called whenever the budget has changed. */
  pump(): void {
    this.#refuseInteractive();
    let comeBackMs = Infinity;
    for (const priority of PRIORITIES)
      for (const waiter of this.#waiting[priority]) {
        const waitMs = this.#budget.waitMs(priority);
        if (waitMs > 0) comeBackMs = Math.min(comeBackMs, waitMs);
        if (this.#inFlight >= this.#maxInFlight || waitMs > 0) break;
        this.#waiting[priority].delete(waiter);
        this.#inFlight += 1;
        this.#budget.spend();
        waiter.admit();
      }
    this.#schedule(comeBackMs);
  }

  #refuseInteractive(): void {
    const waitMs = this.#budget.waitMs('interactive');
    if (waitMs === 0) return;
    for (const waiter of this.#waiting.interactive) waiter.refuse(waitMs);
    this.#waiting.interactive.clear();
  }

  #makeLeave(): () => void {
    let isIn = true;
    return () => {
      if (!isIn) return;
      isIn = false;
      this.#inFlight -= 1;
      this.pump();
    };
  }

  /**
   * Comes back when the first of those who were held back by the budget may go. It must be the very wait that held them
   * back: asked again a moment later the budget may have none any more, and nobody would ever let them in.
   */
  #schedule(comeBackMs: number): void {
    this.#cancelTimer();
    this.#cancelTimer = () => undefined;
    if (comeBackMs < Infinity) this.#cancelTimer = this.#clock.after(comeBackMs, () => this.pump());
  }
}
