import { mkdir } from 'node:fs/promises';
import type { Clock } from '@floorwatch/domain';
import type { ProcessIdentity } from '../directory/process-identity.ts';
import { StoreMisconfigured, StoreUnavailable } from '../store-error.ts';
import type { StoreLog } from '../store-log.ts';
import { storeErrorOf } from './database-failure.ts';
import { Mutex } from './mutex.ts';
import { PgliteProcess } from './pglite-process.ts';
import type { Engine, Rows, Session } from './session.ts';

/** A database without a server never does this by itself: its log would grow for ever, and with it the time of a restart. */
const CHECKPOINT_MS = 5 * 60 * 1000;

/** A process that was killed while it opened the database has said nothing about it: it may well open. */
const OPENING_TRIES = 3;

const FIRST_RETRY_MS = 1000;
const LAST_RETRY_MS = 30_000;

export interface PgliteOptions {
  /** The database's own folder. Whoever opens it holds the lock of the data directory. */
  readonly directory: string;
  readonly clock: Clock;
  readonly log: StoreLog;
  /** Told of each process that is about to work in the folder, before it does. */
  readonly register: (database: ProcessIdentity) => Promise<void>;
}

/**
 * PGlite in a process of its own: no statement stops the wall, and neither does its end, whatever ends it. It has one
 * connection: a session is the right to use it alone. One that dies is started again; what it had acknowledged is in its
 * files.
 */
export class PgliteEngine implements Engine {
  readonly name = 'pglite';
  readonly place: string;
  readonly #options: PgliteOptions;
  readonly #mutex = new Mutex();
  #process: PgliteProcess | null = null;
  #isClosed = false;
  #failures = 0;
  readonly #stopped = new AbortController();

  private constructor(options: PgliteOptions) {
    this.#options = options;
    this.place = `The embedded database in ${options.directory}`;
  }

  /** @throws StoreMisconfigured where the folder cannot be used */
  static async open(options: PgliteOptions): Promise<PgliteEngine> {
    const engine = new PgliteEngine(options);
    try {
      await mkdir(options.directory, { recursive: true, mode: 0o700 });
      await engine.#open();
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new StoreMisconfigured(
        `${engine.place} cannot be opened (${reason}): make the folder writable, or set DATA_DIR to another one; ` +
          'a damaged database can be moved away, and Floorwatch begins a new one',
        { cause: error },
      );
    }
    const stopCheckpoints = options.clock.every(CHECKPOINT_MS, () => void engine.#checkpoint());
    engine.#stopped.signal.addEventListener('abort', stopCheckpoints);
    return engine;
  }

  async acquire(): Promise<Session> {
    const release = await this.#mutex.acquire();
    const database = this.#process;
    if (database === null) {
      release();
      throw new StoreUnavailable(
        `${this.place} cannot be used now: it is ${this.#isClosed ? 'closed' : 'starting again'}`,
      );
    }
    const guard = async (answer: Promise<Rows>): Promise<Rows> => {
      try {
        return await answer;
      } catch (error) {
        throw storeErrorOf(error, this.place) ?? error;
      }
    };
    return {
      query: (text, parameters) => guard(database.ask({ kind: 'query', text, parameters })),
      exec: (text) => guard(database.ask({ kind: 'exec', text })),
      release,
    };
  }

  async close(): Promise<void> {
    if (this.#isClosed) return;
    const release = await this.#mutex.acquire();
    const database = this.#process;
    this.#isClosed = true;
    this.#process = null;
    this.#stopped.abort(new Error('the store is closed'));
    release();
    await database?.close().catch((error: unknown) => {
      this.#options.log.warn({ event: 'database-not-closed', reason: String(error) }, 'the database ended unasked');
    });
  }

  async #open(): Promise<void> {
    for (let tries = 1; ; tries += 1) {
      try {
        await this.#start();
        return;
      } catch (error) {
        if (!(error instanceof StoreUnavailable) || tries === OPENING_TRIES) throw error;
        this.#options.log.warn({ event: 'database-not-opened', reason: error.message }, 'it is tried once more');
      }
    }
  }

  async #start(): Promise<void> {
    const { directory, clock, register } = this.#options;
    const database = await PgliteProcess.start({
      directory,
      clock,
      register,
      place: this.place,
      onEnd: (reason) => {
        this.#onEnd(reason);
      },
    });
    this.#failures = 0;
    if (this.#isClosed) await database.close();
    else this.#process = database;
  }

  #onEnd(reason: string): void {
    if (this.#isClosed || this.#process === null) return;
    this.#process = null;
    this.#options.log.error({ event: 'database-lost', reason }, 'the embedded database has died and is started again');
    void this.#startAgain();
  }

  async #startAgain(): Promise<void> {
    const { clock, log } = this.#options;
    while (this.#process === null && !this.#isClosed) {
      try {
        await clock.sleep(Math.min(FIRST_RETRY_MS * 2 ** this.#failures, LAST_RETRY_MS), this.#stopped.signal);
        await this.#start();
        log.info({ event: 'database-back' }, 'the embedded database runs again');
      } catch (error) {
        this.#failures += 1;
        if (!this.#isClosed) log.error({ event: 'database-not-back', reason: String(error) }, 'it cannot be started');
      }
    }
  }

  async #checkpoint(): Promise<void> {
    try {
      const session = await this.acquire();
      try {
        await session.exec('checkpoint');
      } finally {
        session.release();
      }
    } catch (error) {
      this.#options.log.warn({ event: 'checkpoint-failed', reason: String(error) }, 'the database’s log was not cut');
    }
  }
}
