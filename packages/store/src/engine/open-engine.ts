import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '@floorwatch/domain';
import { StoreMisconfigured } from '../store-error.ts';
import type { StoreLog } from '../store-log.ts';
import { PgliteEngine } from './pglite-engine.ts';
import { PostgresEngine } from './postgres-engine.ts';
import { withSession, type Engine } from './session.ts';

/** The embedded database's own folder within the data directory. */
export const DATABASE_FOLDER = 'database';

const FORGET_ALL = 'drop schema if exists floorwatch cascade; drop schema if exists floorwatch_jobs cascade';

interface EngineOptions {
  readonly databaseUrl: string | null;
  /** The data directory, as a full path. */
  readonly dataDir: string | null;
  readonly clock: Clock;
  readonly log: StoreLog;
  readonly applicationName: string;
  readonly startsAfresh: boolean;
}

/** Emptying a database is several times faster than setting one up; one that cannot be opened is set up. */
const openEmptied = async (directory: string, { clock, log }: EngineOptions): Promise<Engine> => {
  const engine = await PgliteEngine.open({ directory, clock, log }).catch(() => null);
  try {
    if (engine !== null) {
      await withSession(engine, (session) => session.exec(FORGET_ALL));
      return engine;
    }
  } catch {
    await engine?.close();
  }
  await rm(directory, { recursive: true, force: true });
  return PgliteEngine.open({ directory, clock, log });
};

/** @throws StoreMisconfigured where the settings cannot work */
export const openEngine = async (options: EngineOptions): Promise<Engine> => {
  const { databaseUrl, dataDir, clock, log, applicationName, startsAfresh } = options;
  if (databaseUrl !== null) return new PostgresEngine({ databaseUrl, log, applicationName });
  if (dataDir === null) throw new StoreMisconfigured('the store needs DATABASE_URL or DATA_DIR');
  const directory = join(dataDir, DATABASE_FOLDER);
  return startsAfresh ? openEmptied(directory, options) : PgliteEngine.open({ directory, clock, log });
};
