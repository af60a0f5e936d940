import { sql } from 'kysely';
import type { Database } from '../engine/database.ts';
import type { SessionRow } from '../schema/tables.ts';

/** A person's session. Whoever reads the table learns no cookie and no token: one is hashed, the other sealed. */
export interface StoredSession {
  /** SHA-256 of what the browser holds, hex. */
  readonly idHash: string;
  readonly userId: string;
  readonly userName: string;
  /** The platform's tokens, sealed by the caller. */
  readonly tokens: string;
  /** When the person was last active, and when the session ends at the latest; ms on our clock. */
  readonly seenAt: number;
  readonly endsAt: number;
}

/** A sign-in that was begun and has not come back yet. */
export interface StoredSignIn {
  readonly stateHash: string;
  /** Of the cookie that ties it to one browser. */
  readonly browserHash: string;
  /** The PKCE verifier, sealed by the caller. */
  readonly verifier: string;
  readonly redirectUri: string;
  readonly returnTo: string;
  readonly expiresAt: number;
}

/** What ends a session where nobody signs out. */
export interface SessionLimits {
  readonly now: number;
  /** Sessions last seen before this are over. */
  readonly seenBefore: number;
}

/** Who is signed in, from one run to the next and for all instances. Every call throws `StoreUnavailable` alone. */
export class SessionTable {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  add(session: StoredSession): Promise<void> {
    return this.#database.use(async (db) => {
      await db.insertInto('floorwatch.session').values(toRow(session)).execute();
    });
  }

  find(idHash: string): Promise<StoredSession | null> {
    return this.#database.use(async (db) => {
      const row = await db
        .selectFrom('floorwatch.session')
        .selectAll()
        .where('id_hash', '=', idHash)
        .executeTakeFirst();
      return row === undefined ? null : fromRow(row);
    });
  }

  /** The sessions of a person, the one used last first. Their time may be over. */
  listOfUser(userId: string): Promise<StoredSession[]> {
    return this.#database.use(async (db) => {
      const rows = await db
        .selectFrom('floorwatch.session')
        .selectAll()
        .where('user_id', '=', userId)
        .orderBy('seen_at', 'desc')
        .execute();
      return rows.map(fromRow);
    });
  }

  /** Moves `seenAt` on, never back. @returns whether the session is still there */
  touch(idHash: string, seenAt: number): Promise<boolean> {
    return this.#database.use(async (db) => {
      const { numUpdatedRows } = await db
        .updateTable('floorwatch.session')
        .set({ seen_at: sql<number>`greatest(seen_at, ${seenAt})` })
        .where('id_hash', '=', idHash)
        .executeTakeFirst();
      return numUpdatedRows > 0n;
    });
  }

  /** @returns whether the session is still there */
  replaceTokens(idHash: string, tokens: string): Promise<boolean> {
    return this.#database.use(async (db) => {
      const { numUpdatedRows } = await db
        .updateTable('floorwatch.session')
        .set({ tokens })
        .where('id_hash', '=', idHash)
        .executeTakeFirst();
      return numUpdatedRows > 0n;
    });
  }

  /** @returns whether it was there: of several who end the same session one does */
  remove(idHash: string): Promise<boolean> {
    return this.#database.use(async (db) => {
      const { numDeletedRows } = await db
        .deleteFrom('floorwatch.session')
        .where('id_hash', '=', idHash)
        .executeTakeFirst();
      return numDeletedRows > 0n;
    });
  }

  /** Takes out those whose time is over, and the sign-ins that never came back. @returns the sessions */
  removeEnded({ now, seenBefore }: SessionLimits): Promise<StoredSession[]> {
    return this.#database.use(async (db) => {
      await db.deleteFrom('floorwatch.sign_in').where('expires_at', '<=', now).execute();
      const rows = await db
        .deleteFrom('floorwatch.session')
        .where((row) => row.or([row('ends_at', '<=', now), row('seen_at', '<', seenBefore)]))
        .returningAll()
        .execute();
      return rows.map(fromRow);
    });
  }

  addSignIn({ stateHash, browserHash, verifier, redirectUri, returnTo, expiresAt }: StoredSignIn): Promise<void> {
    return this.#database.use(async (db) => {
      await db
        .insertInto('floorwatch.sign_in')
        .values({
          state_hash: stateHash,
          browser_hash: browserHash,
          verifier,
          redirect_uri: redirectUri,
          return_to: returnTo,
          expires_at: expiresAt,
        })
        .execute();
    });
  }

  /** Takes a sign-in out, whatever becomes of it: a second answer to it finds nothing. */
  takeSignIn(stateHash: string): Promise<StoredSignIn | null> {
    return this.#database.use(async (db) => {
      const row = await db
        .deleteFrom('floorwatch.sign_in')
        .where('state_hash', '=', stateHash)
        .returningAll()
        .executeTakeFirst();
      if (row === undefined) return null;
      return {
        stateHash,
        browserHash: row.browser_hash,
        verifier: row.verifier,
        redirectUri: row.redirect_uri,
        returnTo: row.return_to,
        expiresAt: row.expires_at,
      };
    });
  }
}

const toRow = ({ idHash, userId, userName, tokens, seenAt, endsAt }: StoredSession): SessionRow => ({
  id_hash: idHash,
  user_id: userId,
  user_name: userName,
  tokens,
  seen_at: seenAt,
  ends_at: endsAt,
});

const fromRow = (row: SessionRow): StoredSession => ({
  idHash: row.id_hash,
  userId: row.user_id,
  userName: row.user_name,
  tokens: row.tokens,
  seenAt: row.seen_at,
  endsAt: row.ends_at,
});
