import {
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type Kysely,
  type QueryResult,
} from 'kysely';
import type { Engine, Session } from './session.ts';

class SessionConnection implements DatabaseConnection {
  readonly session: Session;

  constructor(session: Session) {
    this.session = session;
  }

  async executeQuery<Row>({ sql, parameters }: CompiledQuery): Promise<QueryResult<Row>> {
    const { rows, affectedRows } = await this.session.query(sql, parameters);
    return { rows: [...rows] as Row[], numAffectedRows: BigInt(affectedRows) };
  }

  /** A statement's answer is always read whole: what is long is asked for in parts. */
  // oxlint-disable-next-line require-yield
  async *streamQuery<Row>(): AsyncIterableIterator<QueryResult<Row>> {
    throw new Error('the store does not stream: ask for less at a time');
  }
}

const sessionOf = (connection: DatabaseConnection): Session => {
  if (connection instanceof SessionConnection) return connection.session;
  throw new TypeError('a connection of another driver');
};

const driverOf = (engine: Engine): Driver => ({
  init: () => Promise.resolve(),
  acquireConnection: async () => new SessionConnection(await engine.acquire()),
  beginTransaction: async (connection) => void (await sessionOf(connection).query('begin', [])),
  commitTransaction: async (connection) => void (await sessionOf(connection).query('commit', [])),
  rollbackTransaction: async (connection) => void (await sessionOf(connection).query('rollback', [])),
  releaseConnection: (connection) => {
    sessionOf(connection).release();
    return Promise.resolve();
  },
  destroy: () => engine.close(),
});

/**
 * Kysely on either engine. Its own two dialects would not do: that for PGlite waits for ever where a transaction cannot
 * begin because the engine has just died, and neither knows our errors.
 */
export const sessionDialect = (engine: Engine): Dialect => ({
  createAdapter: () => new PostgresAdapter(),
  createDriver: () => driverOf(engine),
  createIntrospector: (db: Kysely<unknown>) => new PostgresIntrospector(db),
  createQueryCompiler: () => new PostgresQueryCompiler(),
});
