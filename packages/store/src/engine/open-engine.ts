import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '@floorwatch/domain';
import type { DirectoryLock } from '../directory/directory-lock.ts';
import { StoreMisconfigured } from '../store-error.ts';
import type { StoreLog } from '../store-log.ts';
import { PgliteEngine, type PgliteOptions } from './pglite-engine.ts';
import { PostgresEngine } from './postgres-engine.ts';
import { withSession, type Engine } from './session.ts';

/** The embedded database's own folder within the data directory. */
export const DATABASE_FOLDER = 'database';

const FORGET_ALL = 'drop schema if exists floorwatch cascade; drop schema if exists floorwatch_jobs cascade';

interface EngineOptions {
  readonly databaseUrl: string | null;
  /** The data directory, as a full path, and its lock. */
  readonly dataDir: string | null;
  readonly lock: DirectoryLock | null;
  readonly clock: Clock;
  readonly log: StoreLog;
  readonly applicationName: string;
  readonly startsAfresh: boolean;
}

/** The embedded database of a locked data directory. */
export const openEmbedded = ({
  dataDir,
  lock,
  ...options
}: Pick<PgliteOptions, 'clock' | 'log'> & {
  readonly dataDir: string;
  readonly lock: DirectoryLock;
}): Promise<Engine> =>
  PgliteEngine.open({
    ...options,
    directory: join(dataDir, DATABASE_FOLDER),
    register: (database) => lock.registerDatabase(database),
  });

/** Emptying a database is several times faster than setting one up; one that cannot be opened is set up. */
const openEmptied = async (options: Parameters<typeof openEmbedded>[0]): Promise<Engine> => {
  const engine = await openEmbedded(options).catch(() => null);
  try {
    if (engine !== null) {
      await withSession(engine, (session) => session.exec(FORGET_ALL));
      return engine;
    }
  } catch {
    await engine?.close();
  }
  await rm(join(options.dataDir, DATABASE_FOLDER), { recursive: true, force: true });
  return openEmbedded(options);
};

/** @throws StoreMisconfigured where the settings cannot work */
export const openEngine = async (options: EngineOptions): Promise<Engine> => {
  const { databaseUrl, dataDir, lock, clock, log, applicationName, startsAfresh } = options;
  if (databaseUrl !== null) return new PostgresEngine({ databaseUrl, log, applicationName });
  if (dataDir === null || lock === null) throw new StoreMisconfigured('the store needs DATABASE_URL or DATA_DIR');
  return (startsAfresh ? openEmptied : openEmbedded)({ dataDir, lock, clock, log });
};
