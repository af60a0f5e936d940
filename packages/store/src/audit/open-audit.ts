import { access } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { ChainCheck, ChainHead } from '@floorwatch/domain';
import { Kysely } from 'kysely';
import { DirectoryLock } from '../directory/directory-lock.ts';
import { DATABASE_FOLDER, openEmbedded } from '../engine/open-engine.ts';
import { PostgresEngine } from '../engine/postgres-engine.ts';
import { sessionDialect } from '../engine/session-dialect.ts';
import type { Engine } from '../engine/session.ts';
import type { Tables } from '../schema/tables.ts';
import { StoreMisconfigured } from '../store-error.ts';
import type { StoreOptions } from '../store.ts';
import { AuditTable } from './audit-table.ts';
import { verifyAudit } from './verify-audit.ts';

/** The audit of a database to which nothing is written, not even the tables of this release: reading rights are enough. */
export interface ReadableAudit {
  /** Where it is, for a person. */
  readonly place: string;
  /**
   * @see AuditLog.verify
   * @throws StoreUnavailable, or StoreMisconfigured where there is no audit
   */
  verify(noted?: readonly ChainHead[]): Promise<ChainCheck>;
  close(): Promise<void>;
}

type Opened = { readonly engine: Engine; readonly lock: DirectoryLock | null };

/**
 * Opens the audit for reading: that of a server beside the Floorwatch that writes to it, the embedded one only while no
 * other process works in the directory.
 * @throws StoreMisconfigured, DataDirectoryInUse, StoreUnavailable
 */
export const openAudit = async (options: StoreOptions): Promise<ReadableAudit> => {
  const { engine, lock } = await open(options);
  const table = new AuditTable(new Kysely<Tables>({ dialect: sessionDialect(engine) }));
  return {
    place: engine.place,
    verify: (noted) =>
      verifyAudit((from, limit) => table.readOn(from, limit), noted).catch((error: unknown) => {
        throw isTableMissing(error)
          ? new StoreMisconfigured(`${engine.place} has no audit: no Floorwatch that keeps one has run on it`)
          : error;
      }),
    close: async () => {
      await engine.close();
      await lock?.release();
    },
  };
};

const open = async ({ databaseUrl, dataDir, clock, log }: StoreOptions): Promise<Opened> => {
  if (databaseUrl !== null)
    return {
      engine: new PostgresEngine({ databaseUrl, log, applicationName: 'floorwatch-audit' }),
      lock: null,
    };
  if (dataDir === null) throw new StoreMisconfigured('the audit needs DATABASE_URL or DATA_DIR');
  const directory = resolve(dataDir);
  const isThere = await access(join(directory, DATABASE_FOLDER)).then(
    () => true,
    () => false,
  );
  if (!isThere) throw new StoreMisconfigured(`There is no database in ${directory}: check DATA_DIR and DATABASE_URL`);
  const lock = await DirectoryLock.take({ directory, clock });
  try {
    return { engine: await openEmbedded({ dataDir: directory, lock, clock, log }), lock };
  } catch (error) {
    await lock.release();
    throw error;
  }
};

const isTableMissing = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && (error.code === '42P01' || error.code === '3F000');
