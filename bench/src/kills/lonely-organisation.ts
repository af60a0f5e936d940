import { SimulatorControl } from '@floorwatch/genesys-simulator/client';
import { Remote } from '../processes/remote.ts';
import { untilStopped } from '../processes/teardown.ts';
import { until } from '../processes/until.ts';

const SIMULATOR = new URL('../../../packages/genesys-simulator/src/main.ts', import.meta.url);

const START_DEADLINE_MS = 30_000;

export interface OrganisationWish {
  readonly agents: number;
  readonly seed: string;
  /** Virtual instant at which it opens, ms. */
  readonly startsAt: number;
}

/** A simulated organisation in a process of its own: it goes on whatever becomes of those who watch it. */
export interface LonelyOrganisation {
  readonly control: SimulatorControl;
  /** What a Floorwatch needs to watch it. */
  readonly credentials: Readonly<Record<string, string>>;
  stop(): Promise<void>;
}

/** The platform's budget is another test's subject. */
const AMPLE_REQUESTS = 100_000;

/** Opens an organisation that stands still: it is advanced step by step. */
export const openOrganisation = async ({ agents, seed, startsAt }: OrganisationWish): Promise<LonelyOrganisation> => {
  const simulator = new Remote({
    module: SIMULATOR,
    env: {
      SIMULATOR_PORT: '0',
      SIMULATOR_AGENTS: String(agents),
      SIMULATOR_SPEED: '0',
      SIMULATOR_SEED: seed,
      SIMULATOR_START: new Date(startsAt).toISOString(),
    },
  });
  const stop = untilStopped(() => simulator.stop());
  const { url, clientId, clientSecret } = await until('the organisation to open', START_DEADLINE_MS, () => {
    if (!simulator.isRunning) throw new Error(`the simulator ended: ${simulator.output}`);
    return listeningIn(simulator.output);
  });
  const control = new SimulatorControl(url);
  await control.setRequestsPerMinute(AMPLE_REQUESTS);
  return {
    control,
    stop,
    credentials: {
      GENESYS_CLOUD_REGION: url,
      GENESYS_CLOUD_CLIENT_ID: clientId,
      GENESYS_CLOUD_CLIENT_SECRET: clientSecret,
    },
  };
};

interface Listening {
  readonly url: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

const listeningIn = (output: string): Listening | null => {
  const [line] = /^\{"event":"listening".*\}$/m.exec(output) ?? [];
  return line === undefined ? null : (JSON.parse(line) as Listening);
};
