import type { Clock } from '@floorwatch/domain';
import { Kysely } from 'kysely';
import { migrate } from '../schema/migrate.ts';
import type { Tables } from '../schema/tables.ts';
import { StoreMisconfigured, StoreUnavailable } from '../store-error.ts';
import type { StoreLog } from '../store-log.ts';
import { sessionDialect } from './session-dialect.ts';
import { withSession, type Engine } from './session.ts';

const FIRST_RETRY_MS = 1000;
const LAST_RETRY_MS = 30_000;

export interface DatabaseHealth {
  readonly isUp: boolean;
  /** Since when it is up or down, ms on our clock. */
  readonly since: number;
  /** The last trouble, in words for a person and without secrets; null while there was none. */
  readonly lastError: string | null;
}

interface DatabaseOptions {
  readonly engine: Engine;
  readonly clock: Clock;
  readonly log: StoreLog;
}

/** An engine with our tables in it, and what is known of its health. While it is down it is asked again and again. */
export class Database {
  readonly engine: Engine;
  readonly db: Kysely<Tables>;
  readonly #options: DatabaseOptions;
  readonly #stopped = new AbortController();
  readonly #backAgain: (() => void)[] = [];
  #isMigrated = false;
  #health: DatabaseHealth;
  #isWatching = false;

  constructor(options: DatabaseOptions) {
    this.#options = options;
    this.engine = options.engine;
    this.db = new Kysely<Tables>({ dialect: sessionDialect(options.engine) });
    this.#health = { isUp: false, since: options.clock.now(), lastError: null };
  }

  get health(): DatabaseHealth {
    return this.#health;
  }

  /**
   * Brings the tables up to date. A database that cannot be reached now is asked again later, and until then every use
   * of it fails with `StoreUnavailable`.
   * @throws StoreMisconfigured where a person has to act
   */
  async prepare(): Promise<void> {
    try {
      await this.#migrate();
    } catch (error) {
      if (!(error instanceof StoreUnavailable)) throw error;
      this.#noteDown(error);
    }
  }

  /**
   * The way to the tables for everything that reads and writes.
   * @throws StoreUnavailable where the database cannot be used now
   */
  async use<T>(work: (db: Kysely<Tables>) => Promise<T>): Promise<T> {
    if (!this.#isMigrated)
      throw new StoreUnavailable(this.#health.lastError ?? `${this.engine.place} is not ready yet`);
    try {
      const result = await work(this.db);
      this.#noteUp();
      return result;
    } catch (error) {
      // Settings that were right at the start and are not any more: the caller can only wait, a person reads the health.
      const failure =
        error instanceof StoreMisconfigured ? new StoreUnavailable(error.message, { cause: error }) : error;
      if (failure instanceof StoreUnavailable) this.#noteDown(failure);
      throw failure;
    }
  }

  /** Calls back each time the database is there again: what was remembered of it may be wrong. */
  onBack(action: () => void): void {
    this.#backAgain.push(action);
  }

  async close(): Promise<void> {
    this.#stopped.abort(new Error('the store is closed'));
    this.#isMigrated = false;
    this.#health = { isUp: false, since: this.#options.clock.now(), lastError: 'the store is closed' };
    await this.engine.close();
  }

  async #migrate(): Promise<void> {
    await migrate(this.#options);
    if (this.#stopped.signal.aborted) return;
    this.#isMigrated = true;
    this.#noteUp();
  }

  #noteUp(): void {
    if (this.#health.isUp) return;
    const { clock, log } = this.#options;
    const hadFailed = this.#health.lastError !== null;
    this.#health = { ...this.#health, isUp: true, since: clock.now() };
    if (!hadFailed) return;
    for (const action of this.#backAgain) action();
    log.info({ event: 'store-back' }, 'the store can be used again');
  }

  #noteDown(error: Error): void {
    if (this.#stopped.signal.aborted) return;
    const { clock, log } = this.#options;
    const since = this.#health.isUp ? clock.now() : this.#health.since;
    if (this.#health.isUp || this.#health.lastError === null)
      log.warn({ event: 'store-down', reason: error.message }, 'the store cannot be used; it is tried again');
    this.#health = { isUp: false, since, lastError: error.message };
    void this.#watch();
  }

  /** Asks until it answers. */
  async #watch(): Promise<void> {
    if (this.#isWatching) return;
    this.#isWatching = true;
    const { clock } = this.#options;
    for (let tries = 0; !this.#health.isUp && !this.#stopped.signal.aborted; tries += 1) {
      await clock
        .sleep(Math.min(FIRST_RETRY_MS * 2 ** tries, LAST_RETRY_MS), this.#stopped.signal)
        .catch(() => undefined);
      if (!this.#stopped.signal.aborted) await this.#ask();
    }
    this.#isWatching = false;
  }

  async #ask(): Promise<void> {
    try {
      if (this.#isMigrated) await this.use(() => withSession(this.engine, (session) => session.query('select 1', [])));
      else await this.#migrate();
    } catch (error) {
      this.#noteDown(error instanceof Error ? error : new Error(String(error)));
    }
  }
}
