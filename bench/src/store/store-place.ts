import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '@floorwatch/bff/system-clock';
import { openStore, type Store } from '@floorwatch/store';
import { startPostgres, type RunningPostgres } from '@floorwatch/store/testing';
import { untilStopped } from '../processes/teardown.ts';

export const ENGINES = ['embedded', 'postgres'] as const;

export type EngineChoice = (typeof ENGINES)[number];

/** Nothing a store says is lost: what it throws is. */
const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** Where one Floorwatch of a test or a bench keeps its recording: a folder of its own, or a server with one database. */
export interface StorePlace {
  readonly engine: EngineChoice;
  readonly dataDir: string;
  /** The settings of a Floorwatch that keeps its recording here. */
  readonly env: Readonly<Record<string, string>>;
  /** The server; null where the database is embedded. */
  readonly server: RunningPostgres | null;
  open(): Promise<Store>;
  remove(): Promise<void>;
}

export const makePlace = async (engine: EngineChoice): Promise<StorePlace> => {
  const dataDir = await mkdtemp(join(tmpdir(), 'floorwatch-bench-'));
  const server = engine === 'postgres' ? await startPostgres() : null;
  const databaseUrl = (await server?.createDatabase()) ?? null;
  return {
    engine,
    dataDir,
    server,
    env: { DATA_DIR: dataDir, ...(databaseUrl !== null && { DATABASE_URL: databaseUrl }) },
    // Whether a database is there is a matter of the machine's time, however fast the floor lives.
    open: () => openStore({ databaseUrl, dataDir, clock: systemClock, log: quiet }),
    remove: untilStopped(async () => {
      await server?.remove();
      await rm(dataDir, { recursive: true, force: true });
    }),
  };
};
