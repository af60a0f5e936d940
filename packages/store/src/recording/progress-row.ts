import type { RecordingProgress } from '@floorwatch/domain';
import type { Kysely } from 'kysely';
import type { Tables } from '../schema/tables.ts';

/** How far recording has come: one row. */
export class ProgressRow {
  readonly #db: Kysely<Tables>;

  constructor(db: Kysely<Tables>) {
    this.#db = db;
  }

  async read(): Promise<RecordingProgress | null> {
    const row = await this.#db
      .selectFrom('floorwatch.recording_progress')
      .select(['windows_up_to', 'alive_at'])
      .executeTakeFirst();
    return row === undefined ? null : { windowsUpTo: row.windows_up_to, aliveAt: row.alive_at };
  }

  async write({ windowsUpTo, aliveAt }: RecordingProgress): Promise<void> {
    const row = { windows_up_to: windowsUpTo, alive_at: aliveAt };
    await this.#db
      .insertInto('floorwatch.recording_progress')
      .values(row)
      .onConflict((conflict) => conflict.column('only').doUpdateSet(row))
      .execute();
  }
}
