import { fork, type ChildProcess } from 'node:child_process';
import { getCompileCacheDir } from 'node:module';
import { fileURLToPath } from 'node:url';
import type { Clock } from '@floorwatch/domain';
import { identityOf, type ProcessIdentity } from '../directory/process-identity.ts';
import { StoreUnavailable } from '../store-error.ts';
import type { PgliteAnswer, PgliteFailure, PgliteRequest } from './pglite-messages.ts';
import type { Rows } from './session.ts';

const MAIN = fileURLToPath(new URL('./pglite-main.ts', import.meta.url));

/** A statement that takes longer cannot be stopped but with its process. */
export const PGLITE_STATEMENT_MS = 60_000;

interface Waiting {
  resolve(rows: Rows): void;
  reject(error: Error): void;
}

/** A request without its number. */
type Asked = PgliteRequest extends infer Each ? (Each extends PgliteRequest ? Omit<Each, 'id'> : never) : never;

/** An error of the database as this process would have had it. */
const recreate = ({ message, code, constraint, detail }: PgliteFailure): Error =>
  Object.assign(new Error(message), { code, constraint, detail });

interface ProcessOptions {
  readonly directory: string;
  readonly place: string;
  readonly clock: Clock;
  /** Called before the process touches a file, so that nobody else does while it lives. */
  readonly register: (database: ProcessIdentity) => Promise<void>;
  /** Called once, when the process has ended for whatever reason. */
  readonly onEnd: (reason: string) => void;
}

/** One life of the process that holds PGlite. What is asked of one that dies fails with `StoreUnavailable`. */
export class PgliteProcess {
  readonly #child: ChildProcess;
  readonly #options: ProcessOptions;
  readonly #waiting = new Map<number, Waiting>();
  readonly #exited = Promise.withResolvers<void>();
  #lastId = 0;
  #ended: string | null = null;

  private constructor(options: ProcessOptions) {
    this.#options = options;
    this.#child = fork(MAIN, {
      serialization: 'advanced', // dates, bytes and large numbers arrive as what they are
      execArgv: [],
      env: { NODE_COMPILE_CACHE: getCompileCacheDir() }, // no other setting, and no secret
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    this.#child.on('message', (answer: PgliteAnswer) => {
      this.#settle(answer);
    });
    this.#child.once('error', (error) => {
      this.#end(error.message);
      if (this.#child.pid === undefined) this.#exited.resolve(); // it has never run
    });
    this.#child.once('exit', (_code, signal) => {
      this.#exited.resolve();
      this.#end(signal === null ? 'its process has ended' : `its process was ended by ${signal}`);
    });
  }

  /**
   * @throws StoreUnavailable where the process does not live long enough to open the database
   * @throws Error where the database cannot be opened
   */
  static async start(options: ProcessOptions): Promise<PgliteProcess> {
    const database = new PgliteProcess(options);
    try {
      const { pid } = database.#child;
      if (pid !== undefined) await options.register(await identityOf(pid));
      await database.#send({ kind: 'open', directory: options.directory }); // however long it takes to set up or to mend
      return database;
    } catch (error) {
      await database.#kill();
      throw error;
    }
  }

  /** @throws StoreUnavailable where the process is dead, or does not answer in time: then it is ended */
  ask(asked: Asked): Promise<Rows> {
    const stopWatching = this.#options.clock.after(PGLITE_STATEMENT_MS, () => {
      this.#end(`a statement took longer than ${String(PGLITE_STATEMENT_MS / 1000)} s`);
    });
    return this.#send(asked).finally(stopWatching);
  }

  /** Lets the database write everything and ends. */
  async close(): Promise<void> {
    await this.ask({ kind: 'close' });
    await this.#kill();
  }

  #send(asked: Asked): Promise<Rows> {
    if (this.#ended !== null) return Promise.reject(this.#gone());
    const id = ++this.#lastId;
    const { promise, ...waiting } = Promise.withResolvers<Rows>();
    this.#waiting.set(id, waiting);
    this.#child.send({ id, ...asked } satisfies PgliteRequest, (error) => {
      if (error !== null) this.#end(error.message);
    });
    return promise;
  }

  #settle({ id, rows = [], affectedRows = 0, failure, isBroken }: PgliteAnswer): void {
    if (isBroken === true) {
      this.#end(failure?.message ?? 'it is broken');
      return;
    }
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
    // Only when it is really over may another process open the same files.
    void this.#kill().then(() => {
      this.#options.onEnd(reason);
    });
  }

  async #kill(): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.#exited.promise;
  }

  #gone(): StoreUnavailable {
    return new StoreUnavailable(`${this.#options.place} cannot be used now: ${this.#ended ?? 'it has ended'}`);
  }
}
