import { createHash } from 'node:crypto';
import type { Database } from '../engine/database.ts';
import type { Session } from '../engine/session.ts';

/** Text that is as good as a password, in whatever wrapping the caller keeps such. */
interface Sealed {
  reveal(): string;
}

/** A notification channel of the platform as it outlives a run. Instants are ms on our clock. */
export interface StoredChannel<Seal extends Sealed> {
  readonly id: Seal;
  readonly connectUri: Seal;
  readonly expiresAt: number;
  readonly tokenEndsAt: number;
  readonly topicsHash: string;
}

export interface ChannelOwner<Seal extends Sealed> {
  readonly apiUrl: string;
  readonly clientId: string;
  /** How secrets are wrapped. */
  readonly seal: (text: string) => Seal;
}

/**
 * The notification channels of one OAuth client, from one run to the next. On a server that several processes share the
 * first of them has the channels for as long as it runs: two sockets on one channel throw each other out.
 */
export class ChannelTable<Seal extends Sealed> {
  readonly #database: Database;
  readonly #seal: (text: string) => Seal;
  readonly #owner: string;
  /** The connection that holds the right to the channels; null where one process has the database for itself. */
  #holder: Session | null = null;

  constructor(database: Database, { apiUrl, clientId, seal }: ChannelOwner<Seal>) {
    this.#database = database;
    this.#seal = seal;
    this.#owner = createHash('sha256').update(`${apiUrl}\n${clientId}`).digest('hex');
  }

  /**
   * What was saved last; nothing where there never was anything.
   * @throws Error where another process uses them
   */
  async load(): Promise<readonly StoredChannel<Seal>[]> {
    return this.#database.use(async (db) => {
      if (!(await this.#isOurs()))
        throw new Error('another Floorwatch on this database uses the channels of this OAuth client');
      const rows = await db.selectFrom('floorwatch.channel').selectAll().where('owner', '=', this.#owner).execute();
      return rows.map((row) => ({
        id: this.#seal(row.channel_id),
        connectUri: this.#seal(row.connect_uri),
        expiresAt: row.expires_at,
        tokenEndsAt: row.token_ends_at,
        topicsHash: row.topics_hash,
      }));
    });
  }

  /** Puts these in the place of what was there. Does nothing while another process uses them. */
  async save(channels: readonly StoredChannel<Seal>[]): Promise<void> {
    await this.#database.use(async (db) => {
      if (!(await this.#isOurs())) return;
      await db.transaction().execute(async (transaction) => {
        await transaction.deleteFrom('floorwatch.channel').where('owner', '=', this.#owner).execute();
        if (channels.length > 0)
          await transaction
            .insertInto('floorwatch.channel')
            .values(
              channels.map((one) => ({
                owner: this.#owner,
                channel_id: one.id.reveal(),
                connect_uri: one.connectUri.reveal(),
                expires_at: one.expiresAt,
                token_ends_at: one.tokenEndsAt,
                topics_hash: one.topicsHash,
              })),
            )
            .execute();
      });
    });
  }

  /** Gives the right to the channels back. */
  async release(): Promise<void> {
    const holder = this.#holder;
    this.#holder = null;
    // The connection goes back to others; one that is broken took its locks with it.
    await holder?.query('select pg_advisory_unlock_all()', []).catch(() => undefined);
    holder?.release();
  }

  /** Whether this process may use the channels: it holds a lock that ends with its connection. */
  async #isOurs(): Promise<boolean> {
    const { engine } = this.#database;
    if (engine.name === 'pglite') return true; // the lock of the data directory says so
    // A connection that was cut since the last time took the lock with it; another one may get it again.
    if (this.#holder !== null && (await this.#locks(this.#holder).catch(() => false))) return true;
    await this.release();
    const session = await engine.acquire();
    try {
      if (!(await this.#locks(session))) {
        session.release();
        return false;
      }
    } catch (error) {
      session.release();
      throw error;
    }
    this.#holder = session;
    return true;
  }

  async #locks(session: Session): Promise<boolean> {
    const { rows } = await session.query('select pg_try_advisory_lock(hashtextextended($1, 0)) as ours', [this.#owner]);
    return rows[0]?.['ours'] === true;
  }
}
