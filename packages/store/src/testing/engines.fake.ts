import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FakeClock } from '@floorwatch/domain/testing';
import { afterAll, beforeAll, describe } from 'vitest';
import type { EngineName } from '../engine/session.ts';
import { openStore, type Store, type StoreOptions } from '../store.ts';
import type { StoreLog } from '../store-log.ts';
import { makeTemplate, putEmptyDatabase } from './embedded-database.fake.ts';
import { startPostgres, type RunningPostgres } from './start-postgres.fake.ts';

/** Setting up a database for the first time takes seconds of a busy machine. */
export const SET_UP_MS = 60_000;

export interface KeptLog extends StoreLog {
  readonly lines: string[];
}

export const keepLog = (): KeptLog => {
  const lines: string[] = [];
  const note = (fields: Readonly<Record<string, unknown>>, message: string): void => {
    lines.push(`${JSON.stringify(fields)} ${message}`);
  };
  return { lines, info: note, warn: note, error: note };
};

/** A folder that is gone when the tests of the file are over. */
export const temporaryFolder = async (): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'floorwatch-store-'));
  folders.push(folder);
  return folder;
};

const folders: string[] = [];

export const removeFolders = async (): Promise<void> => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true });
};

/** A data directory with an empty embedded database. */
export const embeddedDirectory = async (): Promise<string> => {
  const dataDir = await temporaryFolder();
  await putEmptyDatabase(dataDir);
  return dataDir;
};

/** Where a store of a test is: what it takes to open it again. */
export type Place = Pick<StoreOptions, 'databaseUrl' | 'dataDir'>;

export interface TestBench {
  readonly engine: EngineName;
  /** An empty database. */
  place(): Promise<Place>;
  /** A store that is closed after the tests of this engine; on an empty database where no place is given. */
  open(place?: Place, options?: Partial<StoreOptions>): Promise<Store>;
}

const onEngine = (engine: EngineName, tests: (bench: TestBench) => void): void => {
  const opened: Store[] = [];
  let server: RunningPostgres | null = null;

  beforeAll(async () => {
    if (engine === 'postgresql') server = await startPostgres();
    else await makeTemplate();
  }, SET_UP_MS);

  afterAll(async () => {
    for (const store of opened) await store.close();
    await server?.remove();
    await removeFolders();
  }, SET_UP_MS);

  const place = async (): Promise<Place> =>
    server === null
      ? { databaseUrl: null, dataDir: await embeddedDirectory() }
      : { databaseUrl: await server.createDatabase(), dataDir: null };

  tests({
    engine,
    place,
    open: async (where, options = {}) => {
      const store = await openStore({
        clock: new FakeClock(),
        log: keepLog(),
        ...(where ?? (await place())),
        ...options,
      });
      opened.push(store);
      return store;
    },
  });
};

/** The same tests on PGlite and on a real PostgreSQL server. */
export const onBothEngines = (title: string, tests: (bench: TestBench) => void): void => {
  describe.each(['pglite', 'postgresql'] as const)(`${title} (%s)`, (engine) => {
    onEngine(engine, tests);
  });
};

/** Tests of what there is with a server only: several processes. */
export const onPostgres = (title: string, tests: (bench: TestBench) => void): void => {
  describe.each(['postgresql'] as const)(`${title} (%s)`, (engine) => {
    onEngine(engine, tests);
  });
};
