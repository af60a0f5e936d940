import { sql, type Kysely, type Transaction } from 'kysely';
import { ADVISORY_LOCKS } from './advisory-locks.ts';
import type { Tables } from './tables.ts';

export const DAY_MS = 86_400_000;

const DROP_WAITS_MS = 3000;

/** Number of the UTC day since 1970. */
export const dayOf = (instant: number): number => Math.floor(instant / DAY_MS);

export type PartitionedTable = 'transition' | 'availability_window';

/** `transition_20260815` */
const partitionName = (table: PartitionedTable, day: number): string =>
  `${table}_${new Date(day * DAY_MS).toISOString().slice(0, 10).replaceAll('-', '')}`;

const dayOfPartition = (name: string): number => {
  const [, year, month, day] = /_(\d{4})(\d{2})(\d{2})$/.exec(name) ?? [];
  return dayOf(Date.UTC(Number(year), Number(month) - 1, Number(day)));
};

/** Whether a row was refused because its day has no part. PostgreSQL has no code of its own for that. */
export const isDayMissing = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === '23514' && error.message.startsWith('no partition');

/** The daily parts of one table: made before a day is written to, dropped as a whole. */
export class DayPartitions {
  readonly #db: Kysely<Tables>;
  readonly #table: PartitionedTable;
  /** Days known to have a part. */
  readonly #known = new Set<number>();

  constructor(db: Kysely<Tables>, table: PartitionedTable) {
    this.#db = db;
    this.#table = table;
  }

  /** Makes what is missing of these days. Costs nothing where they are known. */
  async ensure(days: Iterable<number>): Promise<void> {
    const missing = [...new Set(days)].filter((day) => !this.#known.has(day));
    if (missing.length === 0) return;
    await this.#db.transaction().execute(async (transaction) => {
      await lockPartitions(transaction);
      for (const day of missing) await this.#create(transaction, day);
    });
    for (const day of missing) this.#known.add(day);
  }

  /** Another process may have dropped some. */
  forget(): void {
    this.#known.clear();
  }

  /** The days that have a part, oldest first. */
  async days(db: Kysely<Tables> = this.#db): Promise<number[]> {
    const { rows } = await sql<{ name: string }>`
      select c.relname::text as name
      from pg_inherits i join pg_class c on c.oid = i.inhrelid
      where i.inhparent = ${`floorwatch.${this.#table}`}::regclass
      order by 1`.execute(db);
    return rows.map(({ name }) => dayOfPartition(name));
  }

  /** Waits a little for whoever reads, and fails rather than let everybody wait behind it. */
  async drop(transaction: Transaction<Tables>, day: number): Promise<void> {
    await sql`set local lock_timeout = ${sql.lit(DROP_WAITS_MS)}`.execute(transaction);
    await sql`drop table ${this.part(day)}`.execute(transaction);
    this.#known.delete(day);
  }

  /** The part of a day, for SQL. */
  part(day: number) {
    return sql.table(`floorwatch.${partitionName(this.#table, day)}`);
  }

  async #create(transaction: Transaction<Tables>, day: number): Promise<void> {
    await sql`
      create table if not exists ${this.part(day)}
      partition of ${sql.table(`floorwatch.${this.#table}`)}
      for values from (${sql.lit(day * DAY_MS)}) to (${sql.lit((day + 1) * DAY_MS)})`.execute(transaction);
  }
}

/** Several processes may want to make or drop the same part. */
export const lockPartitions = async (transaction: Transaction<Tables>): Promise<void> => {
  await sql`select pg_advisory_xact_lock(${ADVISORY_LOCKS.partitions})`.execute(transaction);
};
