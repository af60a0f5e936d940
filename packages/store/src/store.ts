import { resolve } from 'node:path';
import type { Clock } from '@floorwatch/domain';
import { sql } from 'kysely';
import { ApiKeyTable } from './api-keys/api-key-table.ts';
import { SqlAuditLog } from './audit/sql-audit-log.ts';
import { AutomationStore } from './automation/automation-store.ts';
import { ChannelTable, type ChannelOwner } from './channels/channel-table.ts';
import { DirectoryLock } from './directory/directory-lock.ts';
import { Database } from './engine/database.ts';
import { DATABASE_FOLDER, openEngine } from './engine/open-engine.ts';
import type { Engine, EngineName } from './engine/session.ts';
import { Jobs } from './jobs/jobs.ts';
import { BulkTable } from './presence-orders/bulk-table.ts';
import { HoldTable } from './presence-orders/hold-table.ts';
import { WaitTable } from './presence-orders/wait-table.ts';
import { ChangeTable } from './presence-change/change-table.ts';
import { SqlRecordingStore } from './recording/sql-recording-store.ts';
import { SessionTable } from './sessions/session-table.ts';
import type { StoreLog } from './store-log.ts';
import { SqlRecordedStream } from './stream/sql-recorded-stream.ts';
import { DeliveryTable } from './webhooks/delivery-table.ts';
import { WebhookTable } from './webhooks/webhook-table.ts';

export interface StoreOptions {
  /** Address of a PostgreSQL server (15 or newer); null for the embedded database in `dataDir`. */
  readonly databaseUrl: string | null;
  /** A folder for this process alone, locked while the store is open; null for none, with a server. */
  readonly dataDir: string | null;
  readonly clock: Clock;
  readonly log: StoreLog;
  /** What an earlier run has left in `dataDir` is forgotten; nothing on a server is. */
  readonly startsAfresh?: boolean;
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

interface StoreParts {
  readonly database: Database;
  readonly lock: DirectoryLock | null;
  readonly log: StoreLog;
  readonly clock: Clock;
}

/** Everything that outlives a run. */
export class Store {
  readonly recording: SqlRecordingStore;
  /** The recording once more, in the order in which it was written: for whoever wants all of it. */
  readonly stream: SqlRecordedStream;
  /** Who tried what, and what came of it; kept for ever. */
  readonly audit: SqlAuditLog;
  /** What other systems show at the door. */
  readonly apiKeys: ApiKeyTable;
  /** Who is signed in. */
  readonly sessions: SessionTable;
  /** Who is told of transitions. */
  readonly webhooks: WebhookTable;
  /** Every message to them. */
  readonly deliveries: DeliveryTable;
  /** What Floorwatch does by itself for people, and has done. */
  readonly automation: AutomationStore;
  /** Changes of presence that go on without whoever asked for them. */
  readonly bulks: BulkTable;
  readonly holds: HoldTable;
  readonly waits: WaitTable;
  /** Who changes whose presence, and how far that is. */
  readonly changes: ChangeTable;
  readonly jobs: Jobs;
  readonly #database: Database;
  readonly #lock: DirectoryLock | null;
  readonly #channels: { release(): Promise<void> }[] = [];
  #closing: Promise<void> | null = null;

  constructor({ database, lock, log, clock }: StoreParts) {
    this.#database = database;
    this.#lock = lock;
    this.recording = new SqlRecordingStore(database, (stream) => {
      this.stream.noteArrival(stream);
    });
    this.stream = new SqlRecordedStream({ database, clock, recording: this.recording });
    this.audit = new SqlAuditLog(database);
    this.apiKeys = new ApiKeyTable(database);
    this.sessions = new SessionTable(database);
    this.webhooks = new WebhookTable(database);
    this.deliveries = new DeliveryTable(database);
    this.automation = new AutomationStore(database);
    this.bulks = new BulkTable(database);
    this.holds = new HoldTable(database);
    this.waits = new WaitTable(database);
    this.changes = new ChangeTable(database);
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
    this.stream.close();
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
  const { databaseUrl, clock, log, startsAfresh = false } = options;
  const dataDir = options.dataDir === null ? null : resolve(options.dataDir);
  const lock = dataDir === null ? null : await DirectoryLock.take({ directory: dataDir, clock });
  let engine: Engine | null = null;
  try {
    if (startsAfresh) await lock?.clearDirectory({ but: DATABASE_FOLDER });
    engine = await openEngine({ databaseUrl, dataDir, lock, clock, log, applicationName: 'floorwatch', startsAfresh });
    const database = new Database({ engine, clock, log });
    await database.prepare();
    return new Store({ database, lock, log, clock });
  } catch (error) {
    await engine?.close();
    await lock?.release();
    throw error;
  }
};
