import { sql, type Kysely } from 'kysely';
import type { DayPartitions } from '../schema/day-partitions.ts';
import type { Tables } from '../schema/tables.ts';

/** Where the oldest window starts. It is looked up once and then kept up to date, because nothing sorts by it. */
export class OldestWindow {
  readonly #db: Kysely<Tables>;
  readonly #partitions: DayPartitions;
  #known: number | null = null;

  constructor(db: Kysely<Tables>, partitions: DayPartitions) {
    this.#db = db;
    this.#partitions = partitions;
  }

  /** Null while there is nothing. */
  async read(): Promise<number | null> {
    this.#known ??= await this.#find();
    return this.#known;
  }

  noteWritten(starts: Iterable<number>): void {
    if (this.#known === null) return;
    for (const start of starts) this.#known = Math.min(this.#known, start);
  }

  forget(): void {
    this.#known = null;
  }

  async #find(): Promise<number | null> {
    for (const day of await this.#partitions.days()) {
      const { rows } = await sql<{ oldest: number | null }>`
        select min(window_start) as oldest from ${this.#partitions.part(day)}`.execute(this.#db);
      const oldest = rows[0]?.oldest ?? null;
      if (oldest !== null) return oldest;
    }
    return null;
  }
}
