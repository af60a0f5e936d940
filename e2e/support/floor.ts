import { SimulatorControl } from '@floorwatch/genesys-simulator/client';
import { makeSetUpDataDir, removeDataDir } from './data-dir.ts';
import { addressOf, startFloorwatch, startPlatform } from './floorwatch.ts';
import type { Program } from './program.ts';
import { until } from './until.ts';

export interface FloorSettings {
  readonly agents: number;
  /** Virtual seconds per real second; 0 is a floor that stands still but for what a story does to it. */
  readonly speed: number;
  /** When it opens by its own clock, ISO; now where it is left out. */
  readonly startsAt?: string;
  /** Whether people have to sign in; nobody where it is left out. */
  readonly signsIn?: boolean;
  /** More settings for Floorwatch. */
  readonly env?: Readonly<Record<string, string>>;
}

/** The platform's budget is another test's subject: here it would only make large floors wait. */
const AMPLE = 100_000;

export interface Listening {
  readonly url: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** The client that people sign in through. */
  readonly signInClient: { readonly id: string; readonly secret: string };
}

/** A simulated organisation and a Floorwatch that watches it: two processes that fall and rise separately. */
export class Floor {
  readonly #settings: FloorSettings;
  /** What Floorwatch keeps, over its restarts. */
  readonly #dataDir: string;
  #platform: Program;
  #listening: Listening;
  #floorwatch: Program;
  #url: string;

  private constructor(
    settings: FloorSettings,
    started: { dataDir: string; platform: Program; listening: Listening; floorwatch: Program; url: string },
  ) {
    this.#settings = settings;
    this.#dataDir = started.dataDir;
    this.#platform = started.platform;
    this.#listening = started.listening;
    this.#floorwatch = started.floorwatch;
    this.#url = started.url;
  }

  /** Opens the floor and waits until everybody is on the board and every event arrives. */
  static async open(settings: FloorSettings): Promise<Floor> {
    const floor = await Floor.start(settings);
    try {
      await floor.isLive();
    } catch (error) {
      throw new Error(`The floor did not open. Floorwatch said:\n${await floor.close()}`, { cause: error });
    }
    return floor;
  }

  /**
   * Starts both programs and waits for neither to have done anything.
   * @param prepare what is done to the organisation before Floorwatch sees it
   */
  static async start(
    settings: FloorSettings,
    prepare?: (simulator: SimulatorControl) => Promise<unknown>,
  ): Promise<Floor> {
    const platform = startPlatform(platformEnv(settings, '0'));
    const listening = await listeningOf(platform);
    const simulator = new SimulatorControl(listening.url);
    await simulator.setRequestsPerMinute(AMPLE);
    await prepare?.(simulator);
    const dataDir = makeSetUpDataDir();
    const floorwatch = startFloorwatch({ ...settingsFor(listening, settings), DATA_DIR: dataDir });
    return new Floor(settings, { dataDir, platform, listening, floorwatch, url: await addressOf(floorwatch) });
  }

  /** Address of the wall. */
  get url(): string {
    return this.#url;
  }

  /** What a test does to the organisation. */
  get simulator(): SimulatorControl {
    return new SimulatorControl(this.#listening.url);
  }

  get floorwatch(): Program {
    return this.#floorwatch;
  }

  /** Floorwatch falls over without a word. */
  async killFloorwatch(): Promise<void> {
    await this.#floorwatch.kill();
  }

  /** Floorwatch comes back at its old address. */
  async startFloorwatch(): Promise<void> {
    const own = { DATA_DIR: this.#dataDir, ...this.#settings.env, PORT: new URL(this.#url).port };
    this.#floorwatch = startFloorwatch({ ...settingsFor(this.#listening, this.#settings), ...own });
    this.#url = await addressOf(this.#floorwatch);
  }

  /** The platform falls over without a word. */
  async killPlatform(): Promise<void> {
    await this.#platform.kill();
  }

  /** The same organisation opens again at its old address; tokens and channels are gone. */
  async startPlatform(): Promise<void> {
    this.#platform = startPlatform(platformEnv(this.#settings, new URL(this.#listening.url).port));
    this.#listening = await listeningOf(this.#platform);
  }

  /** Waits until Floorwatch says that every agent's events arrive. */
  async isLive(): Promise<void> {
    await until('Floorwatch is live', async () => {
      const answer = await fetch(new URL('/readyz', this.#url)).catch(() => null);
      const body: unknown = await answer?.json();
      return JSON.stringify(body)?.includes('"state":"live"') ?? false;
    });
  }

  /** Waits until it is known who has joined which queue: that is read last. */
  async knowsQueues(): Promise<void> {
    await until('the queues are known', async () => {
      const text = await (await fetch(new URL('/api/agents', this.#url))).text();
      return text.includes('"queueIds":') && !text.includes('"queueIds":null');
    });
  }

  /** Both programs end; what they said is returned for the report. */
  async close(): Promise<string> {
    await this.#floorwatch.stop();
    await this.#platform.stop();
    removeDataDir(this.#dataDir);
    return this.#floorwatch.output;
  }
}

const platformEnv = ({ agents, speed, startsAt }: FloorSettings, port: string): Record<string, string> => ({
  SIMULATOR_PORT: port,
  SIMULATOR_AGENTS: String(agents),
  SIMULATOR_SPEED: String(speed),
  ...(startsAt !== undefined && { SIMULATOR_START: startsAt }),
});

/** Waits until the organisation can be reached, and reads with which credentials. */
export const listeningOf = async (platform: Program): Promise<Listening> => {
  const [line] = await platform.says(/^\{"event":"listening".*\}$/m);
  return JSON.parse(line) as Listening;
};

/** Lets Floorwatch see the simulated organisation as it would see a real one. */
export const credentials = ({ url, clientId, clientSecret }: Listening): Record<string, string> => ({
  GENESYS_CLOUD_REGION: url,
  GENESYS_CLOUD_CLIENT_ID: clientId,
  GENESYS_CLOUD_CLIENT_SECRET: clientSecret,
});

const settingsFor = (listening: Listening, { signsIn = false, env }: FloorSettings): Record<string, string> => ({
  ...credentials(listening),
  ...(signsIn && {
    SIGN_IN: 'on',
    GENESYS_CLOUD_SIGN_IN_CLIENT_ID: listening.signInClient.id,
    GENESYS_CLOUD_SIGN_IN_CLIENT_SECRET: listening.signInClient.secret,
  }),
  ...env,
});
