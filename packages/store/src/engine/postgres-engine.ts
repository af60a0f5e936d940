import { Pool, types, type PoolClient, type QueryResult } from 'pg';
import { StoreMisconfigured, StoreUnavailable } from '../store-error.ts';
import type { StoreLog } from '../store-log.ts';
import { storeErrorOf } from './database-failure.ts';
import type { Engine, Rows, Session } from './session.ts';

const MAX_CONNECTIONS = 8;
const CONNECT_MS = 5000;
const IDLE_MS = 30_000;
/** How long one statement may take; upkeep asks for more. */
export const STATEMENT_MS = 30_000;
/** The server ends a statement itself; only a server that no longer answers at all runs into this. */
const ANSWER_MS = STATEMENT_MS + 5000;

const INT8 = 20;

/** As PGlite has it: a bigint is a number. Instants, counts and milliseconds all stay far below 2^53. */
const ourTypes = {
  getTypeParser: (oid: number, format?: 'text' | 'binary'): unknown =>
    oid === INT8 && format !== 'binary' ? Number : types.getTypeParser(oid, format),
};

const MEANT = 'postgres://user:password@host:5432/database';

/** @throws StoreMisconfigured without a word of the address, which may hold a password */
const placeOf = (databaseUrl: string): string => {
  const url = URL.parse(databaseUrl);
  if (url === null) throw new StoreMisconfigured(`DATABASE_URL cannot be read: it must look like ${MEANT}`);
  if (url.protocol !== 'postgres:' && url.protocol !== 'postgresql:')
    throw new StoreMisconfigured(`DATABASE_URL is not of a PostgreSQL server: it must look like ${MEANT}`);
  const database = decodeURIComponent(url.pathname.slice(1));
  if (database === '') throw new StoreMisconfigured(`DATABASE_URL names no database: it must look like ${MEANT}`);
  return `PostgreSQL at ${url.host === '' ? (url.searchParams.get('host') ?? 'this computer') : url.host}, database ${database}`;
};

const totalOf = (results: readonly QueryResult<Record<string, unknown>>[]): Rows => ({
  rows: results.flatMap(({ rows }) => rows),
  affectedRows: results.reduce((sum, { rowCount }) => sum + (rowCount ?? 0), 0),
});

/** The pool listens to the connections it has at hand only: one in use that breaks would end the process. The next use says so. */
const nobodyElseListens = (): void => undefined;

class PostgresSession implements Session {
  readonly #client: PoolClient;
  readonly #place: string;
  #isBroken = false;

  constructor(client: PoolClient, place: string) {
    this.#client = client.on('error', nobodyElseListens);
    this.#place = place;
  }

  async query(text: string, parameters: readonly unknown[]): Promise<Rows> {
    return totalOf([
      await this.#guard(
        this.#client.query<Record<string, unknown>>(text, parameters.length === 0 ? undefined : [...parameters]),
      ),
    ]);
  }

  async exec(text: string): Promise<Rows> {
    try {
      // The driver's type knows one result only; several statements in one text give several.
      const result: QueryResult<Record<string, unknown>> | QueryResult<Record<string, unknown>>[] = await this.#guard(
        this.#client.query<Record<string, unknown>>(text),
      );
      return totalOf([result].flat());
    } catch (error) {
      this.#isBroken = true; // it may stand in the midst of a transaction
      throw error;
    }
  }

  release(): void {
    this.#client.off('error', nobodyElseListens).release(this.#isBroken);
  }

  async #guard<T>(answer: Promise<T>): Promise<T> {
    try {
      return await answer;
    } catch (error) {
      const failure = storeErrorOf(error, this.#place);
      if (failure === null) throw error;
      this.#isBroken = true;
      throw failure;
    }
  }
}

export interface PostgresOptions {
  readonly databaseUrl: string;
  readonly log: StoreLog;
  /** What the server shows for our connections. */
  readonly applicationName: string;
}

/** A pool of connections to a PostgreSQL server (15 or newer). Connects when first asked. */
export class PostgresEngine implements Engine {
  readonly name = 'postgresql';
  readonly place: string;
  readonly #pool: Pool;
  #isClosed = false;

  /** @throws StoreMisconfigured where the address cannot be one */
  constructor({ databaseUrl, log, applicationName }: PostgresOptions) {
    this.place = placeOf(databaseUrl);
    this.#pool = new Pool({
      connectionString: databaseUrl,
      application_name: applicationName,
      max: MAX_CONNECTIONS,
      connectionTimeoutMillis: CONNECT_MS,
      idleTimeoutMillis: IDLE_MS,
      statement_timeout: STATEMENT_MS,
      idle_in_transaction_session_timeout: ANSWER_MS,
      query_timeout: ANSWER_MS,
      keepAlive: true,
      types: ourTypes,
    });
    // A connection that nobody uses has ended, mostly because the server has: the next use says so.
    this.#pool.on('error', (error) => {
      log.warn({ event: 'connection-lost', reason: error.message }, 'a connection to the database has ended');
    });
  }

  async acquire(): Promise<Session> {
    if (this.#isClosed) throw new StoreUnavailable('the store is closed');
    try {
      return new PostgresSession(await this.#pool.connect(), this.place);
    } catch (error) {
      throw storeErrorOf(error, this.place) ?? error;
    }
  }

  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    await this.#pool.end();
  }
}
