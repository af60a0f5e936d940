import type { Clock } from '@floorwatch/domain';
import { StoreUnavailable } from '@floorwatch/store';
import type { Logger } from 'pino';
import { ApiError } from '../plugins/api-error.ts';

const RETRY_MS = 2000;

/** What may wait for the store: more than this in an outage nobody writes by hand. */
const CAPACITY = 10_000;

type Task = () => Promise<unknown>;

/**
 * Writes down what has been done already: it cannot be taken back, so what the store cannot take now is tried again until it can,
 * in the order in which it was done. What a killed process leaves here is found out from the platform (`Interrupted`).
 */
export class Outbox {
  readonly #clock: Clock;
  readonly #log: Logger;
  readonly #waiting: Task[] = [];
  readonly #stopped = new AbortController();
  #isTrying = false;

  constructor({ clock, log }: { readonly clock: Clock; readonly log: Logger }) {
    this.#clock = clock;
    this.#log = log;
  }

  /** Resolves when it was tried once; never rejects for want of the store. */
  async keep(task: Task): Promise<void> {
    if (this.#waiting.length === 0 && (await this.#try(task))) return;
    if (this.#waiting.length >= CAPACITY) {
      this.#log.error({ event: 'change-not-kept' }, 'what became of a presence change could not be written down');
      return;
    }
    this.#waiting.push(task);
    void this.#tryAgain();
  }

  stop(): void {
    this.#stopped.abort();
  }

  async #tryAgain(): Promise<void> {
    if (this.#isTrying) return;
    this.#isTrying = true;
    const { signal } = this.#stopped;
    for (let next = this.#waiting[0]; next !== undefined && !signal.aborted; next = this.#waiting[0]) {
      await this.#clock.sleep(RETRY_MS, signal).catch(() => undefined);
      while (next !== undefined && !signal.aborted && (await this.#try(next))) {
        this.#waiting.shift();
        next = this.#waiting[0];
      }
    }
    this.#isTrying = false;
  }

  async #try(task: Task): Promise<boolean> {
    try {
      await task();
      return true;
    } catch (error) {
      if (error instanceof StoreUnavailable) return false;
      if (error instanceof ApiError && error.code === 'audit-unavailable') return false;
      this.#log.error(
        { event: 'change-not-kept', err: error },
        'what became of a presence change was not written down',
      );
      return true;
    }
  }
}
