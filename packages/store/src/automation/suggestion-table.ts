import { divisionId, type DivisionId } from '@floorwatch/domain';
import type { Database } from '../engine/database.ts';

/** Where suggestions are wanted, and who is not to be told of which. Every call throws `StoreUnavailable` alone. */
export class SuggestionTable {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Divisions that somebody has switched on or off. */
  switches(): Promise<Map<DivisionId, boolean>> {
    return this.#database.use(async (db) => {
      const rows = await db.selectFrom('floorwatch.suggestion_division').selectAll().execute();
      return new Map(rows.map((row) => [divisionId(row.division_id), row.is_on]));
    });
  }

  setSwitch(id: DivisionId, isOn: boolean): Promise<void> {
    return this.#database.use(async (db) => {
      await db
        .insertInto('floorwatch.suggestion_division')
        .values({ division_id: id, is_on: isOn })
        .onConflict((conflict) => conflict.column('division_id').doUpdateSet({ is_on: isOn }))
        .execute();
    });
  }

  /** What this person is not to be told of at an instant. */
  dismissedBy(userId: string, at: number): Promise<Set<string>> {
    return this.#database.use(async (db) => {
      const rows = await db
        .selectFrom('floorwatch.suggestion_dismissal')
        .select('suggestion')
        .where('user_id', '=', userId)
        .where('until_at', '>', at)
        .execute();
      return new Set(rows.map((row) => row.suggestion));
    });
  }

  dismiss({ userId, suggestion, until }: { userId: string; suggestion: string; until: number }): Promise<void> {
    return this.#database.use(async (db) => {
      await db
        .insertInto('floorwatch.suggestion_dismissal')
        .values({ user_id: userId, suggestion, until_at: until })
        .onConflict((conflict) => conflict.columns(['user_id', 'suggestion']).doUpdateSet({ until_at: until }))
        .execute();
    });
  }

  forgetBefore(at: number): Promise<void> {
    return this.#database.use(async (db) => {
      await db.deleteFrom('floorwatch.suggestion_dismissal').where('until_at', '<=', at).execute();
    });
  }
}
