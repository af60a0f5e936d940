/** One step forward. It is never changed once it was released: what is wrong with it is mended by the next. */
export interface Migration {
  readonly name: string;
  /** Statements for PostgreSQL 15, run in order within one transaction. */
  readonly statements: readonly string[];
}
