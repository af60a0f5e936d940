import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PROTOCOL_VERSION } from '@floorwatch/contracts';
import { SimulatorControl } from '@floorwatch/genesys-simulator/client';
import type { EventLoopProbe } from './event-loop-probe.ts';
import { findFreePort } from './free-port.ts';
import { Remote } from './remote.ts';
import { readStartCommand } from '../../../.config/start-command.ts';
import { untilStopped } from './teardown.ts';
import { until } from './until.ts';

const BFF = new URL('../../../apps/bff/src/main.ts', import.meta.url);
const PROBE = new URL('event-loop-probe.ts', import.meta.url);

const START_DEADLINE_MS = 60_000;
const BOARD_DEADLINE_MS = 120_000;

export interface FloorwatchOptions {
  readonly agents: number;
  /** Virtual seconds per real second; 1 where latency is measured, so that the two clocks are the same. */
  readonly speed?: number;
  /** On top of those it is delivered with; for profiles, for instance. */
  readonly nodeOptions?: readonly string[];
  /** More settings for the BFF, over those of a bench. */
  readonly env?: Readonly<Record<string, string>>;
}

/** The product as it is delivered: the BFF's process, with the simulator it started beside itself. */
export interface Floorwatch {
  readonly url: string;
  readonly socketUrl: string;
  readonly bff: Remote<EventLoopProbe>;
  readonly simulator: SimulatorControl;
  readonly simulatorUrl: string;
  /** From the start of the process until it listened, and until the board was complete, ms. */
  readonly listeningAfterMs: number;
  readonly completeAfterMs: number;
  stop(): Promise<void>;
}

/** Starts the product and waits for a complete board. */
export const startFloorwatch = async ({
  agents,
  speed = 1,
  nodeOptions = [],
  env = {},
}: FloorwatchOptions): Promise<Floorwatch> => {
  const start = readStartCommand();
  const simulatorPort = await findFreePort();
  const dataDir = await mkdtemp(join(tmpdir(), 'floorwatch-bench-'));
  const startedAt = performance.now();
  const bff = new Remote<EventLoopProbe>({
    module: BFF,
    env: {
      NODE_OPTIONS: [...start.nodeOptions, ...nodeOptions, `--import=${PROBE.href}`].join(' '), // not handed on to the simulator
      NODE_COMPILE_CACHE: start.compileCache,
      NODE_ENV: 'production',
      PORT: '0',
      DATA_DIR: dataDir,
      BACKFILL_HOURS: '0', // fetching yesterday is the work of the first minutes, and would be measured for all that follow
      LOG_LEVEL: 'warn',
      SIGN_IN: 'off', // the load comes from programs
      GENESYS_CLOUD_REGION: '',
      GENESYS_CLOUD_CLIENT_ID: '',
      GENESYS_CLOUD_CLIENT_SECRET: '',
      SIMULATOR_PORT: String(simulatorPort),
      SIMULATOR_AGENTS: String(agents),
      SIMULATOR_SPEED: String(speed),
      SIMULATOR_SEED: 'bench',
      ...env,
    },
  });
  const stop = untilStopped(async () => {
    await bff.stop();
    await rm(dataDir, { recursive: true });
  });
  try {
    const url = await until('the BFF to listen', START_DEADLINE_MS, () => addressIn(bff));
    const listeningAfterMs = performance.now() - startedAt;
    await until('a complete board', BOARD_DEADLINE_MS, () => isReady(url));
    const completeAfterMs = performance.now() - startedAt;
    const simulatorUrl = `http://127.0.0.1:${String(simulatorPort)}`;
    const socketUrl = `${url.replace(/^http/, 'ws')}/api/live?protocol=${String(PROTOCOL_VERSION)}`;
    const simulator = new SimulatorControl(simulatorUrl);
    return { url, socketUrl, bff, simulator, simulatorUrl, listeningAfterMs, completeAfterMs, stop };
  } catch (error) {
    await stop();
    throw new Error(`Floorwatch did not get ready; it said last:\n${bff.output.slice(-2000)}`, { cause: error });
  }
};

const addressIn = (bff: Remote<EventLoopProbe>): string | null => {
  if (!bff.isRunning) throw new Error('the BFF ended');
  return /Floorwatch watches .*?: (http:\S+)/.exec(bff.output)?.[1] ?? null;
};

const isReady = async (url: string): Promise<true | null> => {
  const reply = await fetch(`${url}/readyz`);
  await reply.arrayBuffer();
  return reply.ok ? true : null;
};
