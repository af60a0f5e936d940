import type { Kysely } from 'kysely';
import type { Tables } from '../schema/tables.ts';

/** From when on transitions and windows are kept. It only ever moves forward. */
export class Retention {
  readonly #db: Kysely<Tables>;
  #keptFrom: number | null = null;

  constructor(db: Kysely<Tables>) {
    this.#db = db;
  }

  /** An instant, ms; minus infinity before anything was ever dropped. */
  async keptFrom(): Promise<number> {
    this.#keptFrom ??= await this.#read();
    return this.#keptFrom;
  }

  async raise(instant: number): Promise<void> {
    await this.#db
      .insertInto('floorwatch.retention')
      .values({ dropped_before: instant })
      .onConflict((conflict) =>
        conflict
          .column('only')
          .doUpdateSet({ dropped_before: instant })
          .where('floorwatch.retention.dropped_before', '<', instant),
      )
      .execute();
    this.#keptFrom = await this.#read();
  }

  /** The database may be another one after it was away. */
  forget(): void {
    this.#keptFrom = null;
  }

  async #read(): Promise<number> {
    const row = await this.#db.selectFrom('floorwatch.retention').select('dropped_before').executeTakeFirst();
    return row?.dropped_before ?? Number.NEGATIVE_INFINITY;
  }
}
