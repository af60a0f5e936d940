import { Worker } from 'node:worker_threads';
import type { Clock } from '@floorwatch/domain';
import { StoreUnavailable } from '../store-error.ts';
import type { PgliteAnswer, PgliteFailure, PgliteRequest, PgliteWorkerData } from './pglite-messages.ts';
import type { Rows } from './session.ts';

/** A statement that takes longer cannot be stopped but with its thread. */
export const PGLITE_STATEMENT_MS = 60_000;

interface Waiting {
  resolve(rows: Rows): void;
  reject(error: Error): void;
}

/** A request without its number. */
type Asked = PgliteRequest extends infer Each ? (Each extends PgliteRequest ? Omit<Each, 'id'> : never) : never;

/** An error of the database as the main thread would have had it. */
const recreate = ({ message, code, constraint, detail }: PgliteFailure): Error =>
  Object.assign(new Error(message), { code, constraint, detail });

interface ThreadOptions {
  readonly directory: string;
  readonly place: string;
  readonly clock: Clock;
  /** Called once, when the thread has ended for whatever reason. */
  readonly onEnd: (reason: string) => void;
}

/** One life of the thread that holds PGlite. What is asked of a thread that dies fails with `StoreUnavailable`. */
export class PgliteThread {
  readonly #worker: Worker;
  readonly #options: ThreadOptions;
  readonly #waiting = new Map<number, Waiting>();
  readonly #started = Promise.withResolvers<Rows>();
  #lastId = 0;
  #ended: string | null = null;

  private constructor(options: ThreadOptions) {
    this.#options = options;
    this.#waiting.set(0, this.#started);
    this.#worker = new Worker(new URL('./pglite-worker.ts', import.meta.url), {
      workerData: { directory: options.directory } satisfies PgliteWorkerData,
      execArgv: [],
    });
    this.#worker.on('message', (answer: PgliteAnswer) => {
      this.#settle(answer);
    });
    this.#worker.on('error', (error: unknown) => {
      this.#end(error instanceof Error ? error.message : String(error));
    });
    this.#worker.on('exit', () => {
      this.#end('its thread has ended');
    });
  }

  /** @throws Error where the database cannot be opened */
  static async start(options: ThreadOptions): Promise<PgliteThread> {
    const thread = new PgliteThread(options);
    try {
      await thread.#started.promise;
      return thread;
    } catch (error) {
      await thread.terminate();
      throw error;
    }
  }

  /** @throws StoreUnavailable where the thread is dead, or does not answer in time: then it is ended */
  ask(asked: Asked): Promise<Rows> {
    if (this.#ended !== null) return Promise.reject(this.#gone());
    const id = ++this.#lastId;
    const { promise, ...waiting } = Promise.withResolvers<Rows>();
    this.#waiting.set(id, waiting);
    const stopWatching = this.#options.clock.after(PGLITE_STATEMENT_MS, () => {
      this.#end(`a statement took longer than ${String(PGLITE_STATEMENT_MS / 1000)} s`);
    });
    this.#worker.postMessage({ id, ...asked });
    return promise.finally(stopWatching);
  }

  /** Lets the database write everything and ends. */
  async close(): Promise<void> {
    await this.ask({ kind: 'close' });
    await this.terminate();
  }

  async terminate(): Promise<void> {
    await this.#worker.terminate();
  }

  #settle({ id, rows = [], affectedRows = 0, failure }: PgliteAnswer): void {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (failure === undefined) waiting?.resolve({ rows, affectedRows });
    else waiting?.reject(recreate(failure));
  }

  #end(reason: string): void {
    if (this.#ended !== null) return;
    this.#ended = reason;
    for (const waiting of this.#waiting.values()) waiting.reject(this.#gone());
    this.#waiting.clear();
    // Only when it is really over may another thread open the same files.
    void this.#worker.terminate().then(() => {
      this.#options.onEnd(reason);
    });
  }

  #gone(): StoreUnavailable {
    return new StoreUnavailable(`${this.#options.place} cannot be used now: ${this.#ended ?? 'it has ended'}`);
  }
}
