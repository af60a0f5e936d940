import type { Interval } from '@floorwatch/domain';
import type { Store } from '@floorwatch/store';
import type { StorePlace } from '../store/store-place.ts';
import { judgeDays, type DayVerdict } from './day-verdict.ts';
import { judgeRecording, type RecordingVerdict } from './judge-recording.ts';
import { OracleFloor } from './oracle-floor.ts';
import { OracleLife } from './oracle-life.ts';
import { drawTroubles } from './trouble.ts';
import { watch, type Watched } from './watched.ts';

const DAY_MS = 24 * 3_600_000;

export interface OracleOptions {
  readonly agents: number;
  readonly days: number;
  readonly seed: number;
  /** Virtual instant at which the floor opens, ms. */
  readonly startsAt: number;
  readonly stepMs: number;
  readonly place: StorePlace;
  /** Told now and then how far it is. */
  readonly progress: (line: string) => void;
}

export interface OracleResult {
  readonly recording: RecordingVerdict;
  readonly days: DayVerdict;
  /** How often each fault struck. */
  readonly struck: ReadonlyMap<string, number>;
  readonly range: Interval;
  /** How long it took to live through it, and to look at it afterwards, ms. */
  readonly livedMs: number;
  readonly judgedMs: number;
  /** Empty when everything recorded is the truth. */
  readonly problems: readonly string[];
}

/** Lives through days of an organisation with Floorwatch recording it, and holds what was recorded against the journal. */
export const runOracle = async (options: OracleOptions): Promise<OracleResult> => {
  const { agents, days, seed, startsAt, stepMs, place, progress } = options;
  const floor = await OracleFloor.open({ agents, seed: `oracle-${String(seed)}`, startsAt, stepMs });
  const store = await place.open();
  const watched = await watch(floor, store, place.dataDir);
  try {
    const troubles = drawTroubles(seed, days * DAY_MS);
    const life = new OracleLife({ floor, watched, troubles, progress });
    const livedFrom = performance.now();
    const range = await life.live(days * DAY_MS);
    const livedMs = performance.now() - livedFrom;
    const judgedFrom = performance.now();
    progress(`  ${String(troubles.length)} troubles later: comparing with the journal`);
    const verdicts = await judge({ floor, watched, store, range, blurred: life.blurred });
    const struck = new Map((await floor.control.faults()).map(({ name, struck: times }) => [name, times]));
    return { ...verdicts, struck, range, livedMs, judgedMs: performance.now() - judgedFrom };
  } finally {
    await watched.stop();
    await store.close();
    await floor.close();
  }
};

interface Lived {
  readonly floor: OracleFloor;
  readonly watched: Watched;
  readonly store: Store;
  readonly range: Interval;
  readonly blurred: readonly Interval[];
}

const judge = async ({ floor, watched, store, range, blurred }: Lived) => {
  const { truth, stepMs } = floor;
  const recording = await judgeRecording({ store: store.recording, truth, range, blurred, stepMs });
  const ask = async (address: string): Promise<unknown> => {
    const reply = await watched.floorwatch.app.inject(address);
    if (reply.statusCode !== 200) throw new Error(`${address} answered ${String(reply.statusCode)}: ${reply.body}`);
    return reply.json();
  };
  const days = await judgeDays({ ask, truth, range });
  return { recording, days, problems: [...recording.problems, ...days.problems, ...watched.complaints] };
};
