export interface Rows {
  readonly rows: readonly Record<string, unknown>[];
  readonly affectedRows: number;
}

/** One connection to the database, held by one user at a time. Failures to reach it are thrown as `StoreUnavailable`. */
export interface Session {
  /** One statement. Whole numbers come back as `number`. */
  query(text: string, parameters: readonly unknown[]): Promise<Rows>;
  /** Several statements in one text, without parameters; the rows of all of them. */
  exec(text: string): Promise<Rows>;
  /** Gives it back. A session that has failed in a way that leaves its state open is thrown away instead. */
  release(): void;
}

export type EngineName = 'postgresql' | 'pglite';

/** What runs the SQL: a PostgreSQL server, or PGlite in a thread of this process. */
export interface Engine {
  readonly name: EngineName;
  /** Where the data is, in words for a person and without secrets. */
  readonly place: string;
  /** @throws StoreUnavailable where there is nothing to talk to */
  acquire(): Promise<Session>;
  close(): Promise<void>;
}

/** Runs `work` on a session of its own. */
export const withSession = async <T>(engine: Engine, work: (session: Session) => Promise<T>): Promise<T> => {
  const session = await engine.acquire();
  try {
    return await work(session);
  } finally {
    session.release();
  }
};
