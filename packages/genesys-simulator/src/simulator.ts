import type { ScenarioEngine } from './floor/scenario-engine.ts';
import { DEMO_CLIENT, DEMO_SIGN_IN_CLIENT } from './oauth/oauth-client.ts';
import { buildServer } from './server/build-server.ts';
import { Platform, type PlatformSettings } from './server/platform.ts';
import { DEFAULT_REQUESTS_PER_MINUTE } from './server/rate-window.ts';
import { DEFAULT_TOKEN_LIFETIME_SECONDS } from './server/tokens.ts';
import type { World } from './server/world.ts';
import { systemClock, type RealClock } from './time/system-clock.ts';

export interface SimulatorOptions extends Partial<PlatformSettings> {
  /** Loopback port; 0, the default, takes a free one. */
  readonly port?: number;
  /** What rate limits, lifetimes and heartbeats run on. */
  readonly realClock?: RealClock;
}

export interface RunningSimulator {
  /** `http://127.0.0.1:port`: login, API, sockets and `/control` on one origin. */
  readonly url: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** The client that people sign in through. */
  readonly signInClient: { readonly id: string; readonly secret: string };
  readonly organisation: { readonly id: string; readonly name: string };
  /** The floor of the present organisation, for tests in the same process. */
  readonly engine: ScenarioEngine;
  /** The present organisation with everything that belongs to it, for tests in the same process. */
  readonly world: World;
  /** Waits until every client has taken all events sent so far and every request has its answer, but no longer than a moment. */
  readonly settle: () => Promise<void>;
  readonly close: () => Promise<void>;
}

const DEFAULT_SETTINGS: PlatformSettings = {
  seed: 'floorwatch',
  agents: 500,
  speed: 1,
  startsAt: null,
  tokenLifetimeSeconds: DEFAULT_TOKEN_LIFETIME_SECONDS,
  requestsPerMinute: DEFAULT_REQUESTS_PER_MINUTE,
};

/** There is no sign-in to the control API, so it is offered to this machine only. */
const LOOPBACK = '127.0.0.1';

/**
 * Starts a simulated Genesys Cloud organisation.
 * @throws the listen error (`EADDRINUSE`) when the port is taken
 */
export const startSimulator = async (options: SimulatorOptions = {}): Promise<RunningSimulator> => {
  const { port = 0, realClock = systemClock, ...settings } = options;
  const platform = new Platform({ ...DEFAULT_SETTINGS, ...settings }, realClock);
  const app = await buildServer(platform);
  const close = async (): Promise<void> => {
    platform.close();
    await app.close();
  };
  try {
    platform.origin = await app.listen({ port, host: LOOPBACK });
  } catch (error) {
    await close();
    throw error;
  }
  const { id, name } = platform.world.organisation;
  return {
    url: platform.origin,
    clientId: DEMO_CLIENT.id,
    clientSecret: DEMO_CLIENT.secret,
    signInClient: { id: DEMO_SIGN_IN_CLIENT.id, secret: DEMO_SIGN_IN_CLIENT.secret },
    organisation: { id, name },
    get engine() {
      return platform.world.engine;
    },
    get world() {
      return platform.world;
    },
    settle: () => platform.settle(),
    close,
  };
};
