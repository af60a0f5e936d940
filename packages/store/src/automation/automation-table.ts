import type { AutomationRule } from '@floorwatch/domain';
import { sql } from 'kysely';
import type { Database } from '../engine/database.ts';
import {
  fromAutomationRow,
  fromOwnerRow,
  pauseColumns,
  toAutomationRow,
  toOwnerRow,
  type StoredAutomation,
  type StoredOwner,
  type StoredPause,
} from './automation-row.ts';

/** What people have set up, and who they are. Every call throws `StoreUnavailable` alone. */
export class AutomationTable {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  add(automation: StoredAutomation): Promise<void> {
    return this.#database.use(async (db) => {
      await db.insertInto('floorwatch.automation').values(toAutomationRow(automation)).execute();
    });
  }

  /** Those that were not deleted, oldest first. */
  list(): Promise<StoredAutomation[]> {
    return this.#database.use(async (db) => {
      const rows = await db
        .selectFrom('floorwatch.automation')
        .selectAll()
        .where('deleted_at', 'is', null)
        .orderBy('created_at')
        .orderBy('id')
        .execute();
      return rows.map(fromAutomationRow);
    });
  }

  /** @param evenDeleted its runs may not have ended */
  find(id: string, { evenDeleted = false } = {}): Promise<StoredAutomation | null> {
    return this.#database.use(async (db) => {
      const query = db.selectFrom('floorwatch.automation').selectAll().where('id', '=', id);
      const row = await (evenDeleted ? query : query.where('deleted_at', 'is', null)).executeTakeFirst();
      return row === undefined ? null : fromAutomationRow(row);
    });
  }

  /** @returns false where it is not at that revision any more */
  change(
    { id, revision }: Pick<StoredAutomation, 'id' | 'revision'>,
    { rule, lookedUpTo }: { readonly rule: AutomationRule; readonly lookedUpTo: number },
  ): Promise<boolean> {
    return this.#update(id, { rule: JSON.stringify(rule), revision: revision + 1, looked_up_to: lookedUpTo }, revision);
  }

  /** Null lets it go on. @returns false where it is not there any more */
  setPaused(id: string, paused: StoredPause | null): Promise<boolean> {
    return this.#update(id, pauseColumns(paused));
  }

  /** Moves on, never back. */
  noteLookedUpTo(id: string, at: number): Promise<boolean> {
    return this.#update(id, { looked_up_to: sql<number>`greatest(looked_up_to, ${at})` });
  }

  /** What it has done is kept as long as any run. @returns false where it was deleted already */
  remove(id: string, at: number): Promise<boolean> {
    return this.#update(id, { deleted_at: at });
  }

  /** Puts it in the place of what was known of this person, unless that is newer. */
  noteOwner(owner: StoredOwner): Promise<void> {
    return this.#database.use(async (db) => {
      const { user_id: _key, ...rest } = toOwnerRow(owner);
      await db
        .insertInto('floorwatch.automation_owner')
        .values(toOwnerRow(owner))
        .onConflict((conflict) =>
          conflict.column('user_id').doUpdateSet(rest).where('floorwatch.automation_owner.seen_at', '<=', owner.seenAt),
        )
        .execute();
    });
  }

  /** Everybody who has made automations. */
  listOwners(): Promise<StoredOwner[]> {
    return this.#database.use(async (db) => {
      const rows = await db.selectFrom('floorwatch.automation_owner').selectAll().execute();
      return rows.map(fromOwnerRow);
    });
  }

  #update(id: string, values: Readonly<Record<string, unknown>>, revision?: number): Promise<boolean> {
    return this.#database.use(async (db) => {
      const query = db
        .updateTable('floorwatch.automation')
        .set(values)
        .where('id', '=', id)
        .where('deleted_at', 'is', null);
      const { numUpdatedRows } = await (
        revision === undefined ? query : query.where('revision', '=', revision)
      ).executeTakeFirst();
      return numUpdatedRows > 0n;
    });
  }
}
