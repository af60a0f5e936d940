import type { Database } from '../engine/database.ts';
import {
  fromRow,
  toRow,
  type StoredWebhook,
  type WebhookHealth,
  type WebhookPause,
  type WebhookSettings,
} from './webhook-row.ts';

const TABLE = 'floorwatch.webhook';

/** Who is told of transitions, and how. Every call throws `StoreUnavailable` alone. */
export class WebhookTable {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** The oldest first. */
  list(): Promise<StoredWebhook[]> {
    return this.#database.use(async (db) => {
      const rows = await db.selectFrom(TABLE).selectAll().orderBy('created_at').orderBy('id').execute();
      return rows.map(fromRow);
    });
  }

  find(id: string): Promise<StoredWebhook | null> {
    return this.#database.use(async (db) => {
      const row = await db.selectFrom(TABLE).selectAll().where('id', '=', id).executeTakeFirst();
      return row === undefined ? null : fromRow(row);
    });
  }

  add(webhook: StoredWebhook): Promise<void> {
    return this.#database.use(async (db) => {
      await db.insertInto(TABLE).values(toRow(webhook)).execute();
    });
  }

  /** @returns whether it was there at that version: somebody else may have been faster */
  change(id: string, version: number, { name, url, filter, withNames }: WebhookSettings): Promise<boolean> {
    return this.#set(id, version, { name, url, filter, with_names: withNames });
  }

  /** From now on messages are signed with `secret`, and with the one before until `previousUntil`. */
  changeSecret(
    id: string,
    version: number,
    secrets: Pick<StoredWebhook, 'secret' | 'previousSecret' | 'previousUntil'>,
  ): Promise<boolean> {
    return this.#set(id, version, {
      secret: secrets.secret,
      previous_secret: secrets.previousSecret,
      previous_until: secrets.previousUntil,
    });
  }

  /** @returns whether it is there */
  setPause(id: string, pausedBy: WebhookPause | null): Promise<boolean> {
    return this.#database.use(async (db) => {
      const { numUpdatedRows } = await db
        .updateTable(TABLE)
        .set((row) => ({ paused_by: pausedBy, version: row('version', '+', 1) }))
        .where('id', '=', id)
        .executeTakeFirst();
      return numUpdatedRows > 0n;
    });
  }

  noteHealth(id: string, { failingSince, lastError, lastSuccessAt }: WebhookHealth): Promise<void> {
    return this.#database.use(async (db) => {
      await db
        .updateTable(TABLE)
        .set({ failing_since: failingSince, last_error: lastError, last_success_at: lastSuccessAt })
        .where('id', '=', id)
        .execute();
    });
  }

  /** Takes it away, with all its deliveries. @returns whether it was there */
  remove(id: string): Promise<boolean> {
    return this.#database.use(async (db) => {
      const { numDeletedRows } = await db.deleteFrom(TABLE).where('id', '=', id).executeTakeFirst();
      return numDeletedRows > 0n;
    });
  }

  #set(id: string, version: number, values: Partial<ReturnType<typeof toRow>>): Promise<boolean> {
    return this.#database.use(async (db) => {
      const { numUpdatedRows } = await db
        .updateTable(TABLE)
        .set({ ...values, version: version + 1 })
        .where('id', '=', id)
        .where('version', '=', version)
        .executeTakeFirst();
      return numUpdatedRows > 0n;
    });
  }
}
