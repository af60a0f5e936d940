import type { Clock, StreamCursor, StreamName } from '@floorwatch/domain';

/** How often the database is asked while somebody listens: another process may have written. */
export const ARRIVALS_ASKED_MS = 1000;

interface ArrivalsOptions {
  readonly clock: Clock;
  /** The place after everything that is there now; fails while the database is away. */
  readonly head: (stream: StreamName) => Promise<StreamCursor>;
}

interface Watch {
  readonly listeners: Set<() => void>;
  readonly stop: () => void;
}

/** Tells who listens that a stream has grown: what this process wrote at once, what others wrote within a second. */
export class Arrivals {
  readonly #options: ArrivalsOptions;
  readonly #watches = new Map<StreamName, Watch>();

  constructor(options: ArrivalsOptions) {
    this.#options = options;
  }

  /** Something was added by this process, and can be read. */
  note(stream: StreamName): void {
    for (const listener of this.#watches.get(stream)?.listeners ?? []) listener();
  }

  /**
   * Calls back when there may be more to read, until the returned function is called. Listen first, then read: so nothing
   * is missed between the two.
   */
  listen(stream: StreamName, listener: () => void): () => void {
    const watch = this.#watches.get(stream) ?? this.#watch(stream);
    // The same function may listen twice.
    const own = (): void => {
      listener();
    };
    watch.listeners.add(own);
    return () => {
      watch.listeners.delete(own);
      if (watch.listeners.size > 0 || this.#watches.get(stream) !== watch) return;
      watch.stop();
      this.#watches.delete(stream);
    };
  }

  close(): void {
    for (const { stop } of this.#watches.values()) stop();
    this.#watches.clear();
  }

  #watch(stream: StreamName): Watch {
    const { clock, head } = this.#options;
    let known: StreamCursor | null = null;
    let isAsking = false;
    const ask = async (): Promise<void> => {
      if (isAsking) return;
      isAsking = true;
      const now = await head(stream).catch(() => known);
      isAsking = false;
      if (now === known) return;
      known = now;
      this.note(stream);
    };
    const watch = { listeners: new Set<() => void>(), stop: clock.every(ARRIVALS_ASKED_MS, () => void ask()) };
    this.#watches.set(stream, watch);
    return watch;
  }
}
