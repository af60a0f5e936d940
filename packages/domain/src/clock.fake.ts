import type { Clock } from './clock.ts';

interface Timer {
  due: number;
  readonly everyMs: number | null;
  readonly action: () => void;
}

/** A clock that stands still until a test moves it. */
export class FakeClock implements Clock {
  #now: number;
  readonly #timers = new Set<Timer>();

  constructor(startsAt = Date.parse('2026-08-15T08:00:00.000Z')) {
    this.#now = startsAt;
  }

  now(): number {
    return this.#now;
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) {
        reject(reasonOf(signal));
        return;
      }
      const cancel = this.after(ms, resolve);
      signal?.addEventListener('abort', () => {
        cancel();
        reject(reasonOf(signal));
      });
    });
  }

  every(ms: number, tick: () => void): () => void {
    return this.#add({ due: this.#now + ms, everyMs: ms, action: tick });
  }

  after(ms: number, action: () => void): () => void {
    return this.#add({ due: this.#now + ms, everyMs: null, action });
  }

  /** How many timers are still waiting: 0 shows that everything was stopped. */
  get pending(): number {
    return this.#timers.size;
  }

  /** Moves the clock on, running what falls due in order and letting promises settle in between. */
  async advance(ms: number): Promise<void> {
    const until = this.#now + ms;
    await settle();
    for (let timer = this.#nextDue(until); timer !== null; timer = this.#nextDue(until)) {
      this.#now = timer.due;
      if (timer.everyMs === null) this.#timers.delete(timer);
      else timer.due += timer.everyMs;
      timer.action();
      await settle();
    }
    this.#now = until;
  }

  #add(timer: Timer): () => void {
    this.#timers.add(timer);
    return () => this.#timers.delete(timer);
  }

  #nextDue(until: number): Timer | null {
    let next: Timer | null = null;
    for (const timer of this.#timers) if (timer.due <= until && (next === null || timer.due < next.due)) next = timer;
    return next;
  }
}

/** Lets every promise that can settle do so: one turn of the event loop. */
const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

const reasonOf = (signal: AbortSignal): Error =>
  signal.reason instanceof Error ? signal.reason : new Error('aborted');
