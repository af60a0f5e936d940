import { compose, type Floorwatch } from '@floorwatch/bff/compose';
import { Secret } from '@floorwatch/genesys';
import type { Store } from '@floorwatch/store';
import { pino, type Logger } from 'pino';
import type { OracleFloor } from './oracle-floor.ts';

/** As the product is delivered. */
const SWEEP_MS = 300_000;
const REGISTRY_REFRESH_MS = 900_000;

/** A Floorwatch in this process, on the clock of its floor. */
export interface Watched {
  readonly floorwatch: Floorwatch;
  /** What it said that somebody should have dealt with. */
  readonly complaints: readonly string[];
  stop(): Promise<void>;
}

/** Lines of the log from this level on are about something nobody has dealt with. */
const ERROR_LEVEL = 50;

/** Starts to watch and to record. Chores are done by the floor's clock: a job queue lives on the machine's. */
export const watch = async (floor: OracleFloor, store: Store, dataDir: string): Promise<Watched> => {
  const { simulator, clock } = floor;
  const complaints: string[] = [];
  const floorwatch = await compose({
    log: logInto(complaints),
    release: 'oracle',
    clock,
    sweepMs: SWEEP_MS,
    registryRefreshMs: REGISTRY_REFRESH_MS,
    store: store.recording,
    recording: { jobs: null, dataDir },
    organisation: { name: 'oracle', isDemo: true },
    platform: {
      hosts: { loginUrl: simulator.url, apiUrl: simulator.url },
      clientId: simulator.clientId,
      clientSecret: new Secret(simulator.clientSecret),
    },
  });
  floorwatch.recording?.start();
  floorwatch.feed.start();
  return {
    floorwatch,
    complaints,
    stop: async () => {
      await floorwatch.app.close();
      await floorwatch.feed.stop();
      await floorwatch.recording?.stop();
    },
  };
};

const logInto = (complaints: string[]): Logger =>
  pino(
    { level: 'error' },
    {
      write: (line: string) => {
        const { level } = JSON.parse(line) as { level: number };
        if (level >= ERROR_LEVEL) complaints.push(line.trim());
      },
    },
  );
