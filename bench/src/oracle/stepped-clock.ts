import type { Clock } from '@floorwatch/domain';
import type { RealClock } from '@floorwatch/genesys-simulator';

interface Timer {
  due: number;
  readonly everyMs: number | null;
  readonly action: () => void;
}

/**
 * One clock for the platform and the product, moved step by step: three days are lived in minutes, and every period,
 * deadline and delay in them has its true length. A timer that falls due within a step runs at its end, and once even
 * where several of its periods went by, as timers of a busy process do.
 */
export class SteppedClock implements Clock, RealClock {
  #now: number;
  readonly #timers = new Set<Timer>();

  constructor(startsAt: number) {
    this.#now = startsAt;
  }

  now(): number {
    return this.#now;
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const giveUp = (): void => {
        cancel();
        reject(signal?.reason instanceof Error ? signal.reason : new Error('aborted'));
      };
      const cancel = this.after(ms, () => {
        signal?.removeEventListener('abort', giveUp);
        resolve();
      });
      if (signal?.aborted === true) giveUp();
      else signal?.addEventListener('abort', giveUp, { once: true });
    });
  }

  every(ms: number, tick: () => void): () => void {
    return this.#add({ due: this.#now + ms, everyMs: ms, action: tick });
  }

  after(ms: number, action: () => void): () => void {
    return this.#add({ due: this.#now + ms, everyMs: null, action });
  }

  /** Moves on by a step; what falls due runs in the order of its instants. */
  step(ms: number): void {
    this.#now += ms;
    const due = [...this.#timers].filter((timer) => timer.due <= this.#now).toSorted((a, b) => a.due - b.due);
    for (const timer of due) {
      if (!this.#timers.has(timer)) continue; // one before it has cancelled it
      if (timer.everyMs === null) this.#timers.delete(timer);
      else timer.due = this.#now + timer.everyMs;
      timer.action();
    }
  }

  #add(timer: Timer): () => void {
    this.#timers.add(timer);
    return () => this.#timers.delete(timer);
  }
}
