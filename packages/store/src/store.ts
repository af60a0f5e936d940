import { resolve } from 'node:path';
import type { Clock } from '@floorwatch/domain';
import { sql } from 'kysely';
import { SqlAuditLog } from './audit/sql-audit-log.ts';
import { ChannelTable, type ChannelOwner } from './channels/channel-table.ts';
import { DirectoryLock } from './directory/directory-lock.ts';
import { Database } from './engine/database.ts';
import { DATABASE_FOLDER, openEngine } from './engine/open-engine.ts';
import type { Engine, EngineName } from './engine/session.ts';
import { Jobs } from './jobs/jobs.ts';
import { SqlRecordingStore } from './recording/sql-recording-store.ts';
import { SessionTable } from './sessions/session-table.ts';
import type { StoreLog } from './store-log.ts';

export interface StoreOptions {
  /** Address of a PostgreSQL server (15 or newer); null for the embedded database in `dataDir`. */
  readonly databaseUrl: string | null;
  /** A folder for this process alone, locked while the store is open; null for none, with a server. */
  readonly dataDir: string | null;
  readonly clock: Clock;
  readonly log: StoreLog;
  /** What an earlier run has left in `dataDir` is forgotten; nothing on a server is. */
  readonly startsAfresh?: boolean;
  /** What a server shows for our connections; `floorwatch` where left out. */
  readonly applicationName?: string;
}

export interface StoreStatus {
  readonly engine: EngineName;
  /** Where the data is, for a person. */
  readonly place: string;
  readonly state: 'up' | 'down';
  /** Since when, ms on our clock. */
  readonly since: number;
  /** The last trouble, also one that is over; null while there was none. */
  readonly lastError: string | null;
}

/** Everything that outlives a run. */
export class Store {
  readonly recording: SqlRecordingStore;
  /** Who tried what, and what came of it; kept for ever. */
  readonly audit: SqlAuditLog;
  /** Who is signed in. */
  readonly sessions: SessionTable;
  readonly jobs: Jobs;
  readonly #database: Database;
  readonly #lock: DirectoryLock | null;
  readonly #channels: { release(): Promise<void> }[] = [];
  #closing: Promise<void> | null = null;

  constructor({ database, lock, log }: { database: Database; lock: DirectoryLock | null; log: StoreLog }) {
    this.#database = database;
    this.#lock = lock;
    this.recording = new SqlRecordingStore(database);
    this.audit = new SqlAuditLog(database);
    this.sessions = new SessionTable(database);
    this.jobs = new Jobs({ database, log });
  }

  /** The notification channels of one OAuth client. */
  channelsOf<Seal extends { reveal(): string }>(owner: ChannelOwner<Seal>): ChannelTable<Seal> {
    const channels = new ChannelTable(this.#database, owner);
    this.#channels.push(channels);
    return channels;
  }

  status(): StoreStatus {
    const { engine, health } = this.#database;
    return {
      engine: engine.name,
      place: engine.place,
      state: health.isUp ? 'up' : 'down',
      since: health.since,
      lastError: health.lastError,
    };
  }

  /** What the database takes on disk, bytes. */
  sizeBytes(): Promise<number> {
    return this.#database.use(async (db) => {
      const { rows } = await sql<{ size: number }>`select pg_database_size(current_database()) as size`.execute(db);
      return rows[0]?.size ?? 0;
    });
  }

  /** Ends the jobs, writes everything, gives the directory back. */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    await this.jobs.stop();
    for (const channels of this.#channels) await channels.release();
    await this.#database.close();
    await this.#lock?.release();
  }
}

/**
 * Opens the store and brings its tables up to date. A server that cannot be reached now does not stop the start: the
 * store is down until it can, and says so.
 * @throws StoreMisconfigured, DataDirectoryInUse, DatabaseTooNew: a person has to act, and the message says how
 */
export const openStore = async (options: StoreOptions): Promise<Store> => {
  const { databaseUrl, clock, log, applicationName = 'floorwatch', startsAfresh = false } = options;
  const dataDir = options.dataDir === null ? null : resolve(options.dataDir);
  const lock = dataDir === null ? null : await DirectoryLock.take({ directory: dataDir, clock });
  let engine: Engine | null = null;
  try {
    if (startsAfresh) await lock?.clearDirectory({ but: DATABASE_FOLDER });
    engine = await openEngine({ databaseUrl, dataDir, clock, log, applicationName, startsAfresh });
    const database = new Database({ engine, clock, log });
    await database.prepare();
    return new Store({ database, lock, log });
  } catch (error) {
    await engine?.close();
    await lock?.release();
    throw error;
  }
};
