import {
  API_KEY_SCOPES,
  divisionId,
  type ApiKey,
  type ApiKeyScope,
  type ApiKeyStore,
  type DivisionScope,
} from '@floorwatch/domain';
import { sql } from 'kysely';
import type { Database } from '../engine/database.ts';
import type { ApiKeyRow } from '../schema/tables.ts';

const KEYS = 'floorwatch.api_key';

/** The keys of other systems, for all instances: one that is revoked opens nothing any more, anywhere. */
export class ApiKeyTable implements ApiKeyStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  add(key: ApiKey, secretHash: string): Promise<void> {
    return this.#database.use(async (db) => {
      await db.insertInto(KEYS).values(rowOf(key, secretHash)).execute();
    });
  }

  find(id: string): Promise<{ readonly key: ApiKey; readonly secretHash: string } | null> {
    return this.#database.use(async (db) => {
      const row = await db.selectFrom(KEYS).selectAll().where('id', '=', id).executeTakeFirst();
      return row === undefined ? null : { key: keyOf(row), secretHash: row.secret_hash };
    });
  }

  list(): Promise<ApiKey[]> {
    return this.#database.use(async (db) => {
      const rows = await db.selectFrom(KEYS).selectAll().orderBy('created_at', 'desc').orderBy('id').execute();
      return rows.map(keyOf);
    });
  }

  revoke(id: string, at: number): Promise<boolean> {
    return this.#database.use(async (db) => {
      const { numUpdatedRows } = await db
        .updateTable(KEYS)
        .set({ revoked_at: at })
        .where('id', '=', id)
        .where('revoked_at', 'is', null)
        .executeTakeFirst();
      return numUpdatedRows > 0n;
    });
  }

  /** Moves it on, never back. */
  noteUsed(id: string, at: number): Promise<void> {
    return this.#database.use(async (db) => {
      await db
        .updateTable(KEYS)
        .set({ last_used_at: sql<number>`greatest(last_used_at, ${at})` })
        .where('id', '=', id)
        .execute();
    });
  }
}

const rowOf = (key: ApiKey, secretHash: string): ApiKeyRow => ({
  id: key.id,
  secret_hash: secretHash,
  name: key.name,
  scopes: JSON.stringify(key.scopes),
  divisions: JSON.stringify(key.divisions === 'all' ? null : [...key.divisions].toSorted()),
  created_by_id: key.createdBy.id,
  created_by_name: key.createdBy.name,
  created_at: key.createdAt,
  expires_at: key.expiresAt,
  revoked_at: key.revokedAt,
  last_used_at: key.lastUsedAt,
});

const keyOf = (row: ApiKeyRow): ApiKey => ({
  id: row.id,
  name: row.name,
  scopes: scopesOf(row.scopes),
  divisions: divisionsOf(row.divisions),
  createdBy: { id: row.created_by_id, name: row.created_by_name },
  createdAt: row.created_at,
  expiresAt: row.expires_at,
  revokedAt: row.revoked_at,
  lastUsedAt: row.last_used_at,
});

/** What this program does not know it does not grant. */
const scopesOf = (text: string): ApiKeyScope[] => {
  const words = JSON.parse(text) as readonly string[];
  return API_KEY_SCOPES.filter((scope) => words.includes(scope));
};

const divisionsOf = (text: string): DivisionScope => {
  const ids = JSON.parse(text) as readonly string[] | null;
  return ids === null ? 'all' : new Set(ids.map(divisionId));
};
