import { startFloorwatch, type Floorwatch } from '../processes/floorwatch.ts';
import { readUsage } from '../processes/process-usage.ts';
import { Browser } from './browser.ts';
import { playPhase } from './play-phase.ts';
import { reachQuiet, type QuietVerdict } from './quiet-point.ts';
import { drawSchedule, type Phase } from './schedule.ts';
import { judgeStream, type Gap, type StreamVerdict } from './stream-verdict.ts';
import { complaintsIn } from './complaints.ts';

/**
 * More than ever seen: what grows without bound gets here. The embedded database takes some 300 MB of it, and what setting
 * it up took at the start comes back late.
 */
const MEMORY_LIMIT_BYTES = 1024 * 1024 * 1024;

/** The shortest rounds there are, so that a quiet point does not wait long for one. */
const RHYTHM = { SWEEP_SECONDS: '1', REGISTRY_REFRESH_SECONDS: '1', LOG_LEVEL: 'error' };

/** The platform's budget is a fault of its own here; otherwise it would only make short rounds wait. */
const AMPLE_REQUESTS = 100_000;

export interface ChaosOptions {
  readonly seed: number;
  readonly minutes: number;
  readonly agents: number;
  readonly progress: (line: string) => void;
}

/** What became of a run. */
export interface ChaosResult {
  readonly seed: number;
  /** Empty when all went well. */
  readonly problems: readonly string[];
  readonly quietPoints: readonly QuietVerdict[];
  readonly stream: StreamVerdict;
  /** How often each fault struck. */
  readonly struck: ReadonlyMap<string, number>;
  readonly memoryBytes: number;
}

/** One run: the product and its organisation in processes of their own, three browsers, and the schedule of this seed. */
export const runSeed = async (options: ChaosOptions): Promise<ChaosResult> => {
  const floorwatch = await startFloorwatch({
    agents: options.agents,
    env: { ...RHYTHM, SIMULATOR_SEED: `chaos-${String(options.seed)}` },
  });
  try {
    return await survive(floorwatch, options);
  } finally {
    await floorwatch.stop();
  }
};

const survive = async (floorwatch: Floorwatch, { seed, minutes, progress }: ChaosOptions): Promise<ChaosResult> => {
  const { simulator, bff } = floorwatch;
  await simulator.setRequestsPerMinute(AMPLE_REQUESTS);
  const [steady, leaving, dozing] = await Promise.all(
    ['the steady browser', 'the leaving browser', 'the dozing browser'].map((name) => Browser.open(name, floorwatch)),
  );
  if (steady === undefined || leaving === undefined || dozing === undefined) throw new Error('not all browsers came');
  const browsers = [steady, leaving, dozing];
  const quietPoints: QuietVerdict[] = [];
  const gaps: Gap[] = [];
  let memoryBytes = 0;
  const settle = async (): Promise<void> => {
    const verdict = await reachQuiet({ floorwatch, browsers });
    quietPoints.push(verdict);
    memoryBytes = Math.max(memoryBytes, (await readUsage(bff.pid)).memoryBytes);
    progress(
      `  quiet after ${(verdict.settledAfterMs / 1000).toFixed(1)} s${verdict.problems.length > 0 ? ', and wrong' : ''}`,
    );
  };
  await settle();
  const { seq: afterSeq, agents: opening } = await simulator.truth();
  for (const phase of drawSchedule(seed, minutes)) {
    progress(`  phase ${String(phase.index + 1)}`);
    const gap = await playPhase(simulator, phase, turnsOf(phase, leaving, dozing));
    await settle();
    if (gap !== null) gaps.push({ ...gap, to: Date.parse((await simulator.state()).virtualNow) });
    if ((quietPoints.at(-1)?.problems.length ?? 0) > 0) break; // what follows would only repeat it
  }
  const journal = await readJournal(floorwatch);
  const struck = new Map((await simulator.faults()).map(({ name, struck: times }) => [name, times]));
  const judge = (browser: Browser, isComplete: boolean) =>
    judgeStream({ journal, opening, afterSeq, gaps, isComplete, sightings: browser.sightings });
  const stream = judge(steady, true);
  const problems = [
    ...quietPoints.flatMap((point, index) => point.problems.map((text) => `quiet point ${String(index)}: ${text}`)),
    ...browsers.flatMap((browser) => streamProblems(browser, judge(browser, browser === steady))),
    ...(memoryBytes > MEMORY_LIMIT_BYTES ? [`the BFF took ${String(Math.round(memoryBytes / 1e6))} MB`] : []),
  ];
  for (const browser of browsers) browser.leave();
  await floorwatch.stop();
  return { seed, problems: [...problems, ...complaintsIn(bff)], quietPoints, stream, struck, memoryBytes };
};

/** One browser goes away and comes back, another one stops taking what it is sent for a while. */
const turnsOf = (_phase: Phase, leaving: Browser, dozing: Browser) => ({
  turnAway: () => {
    leaving.leave();
    dozing.doze();
  },
  turnBack: () => {
    leaving.comeBack();
    dozing.wakeUp();
  },
});

const streamProblems = ({ name, problems }: Browser, { missing, doubled, invented }: StreamVerdict): string[] => [
  ...problems.map((text) => `${name}: ${text}`),
  ...doubled.map((text) => `${name} was told twice or backwards: ${text}`),
  ...invented.map((text) => `${name} was told what did not happen: ${text}`),
  ...missing.map((text) => `${name} was never told: ${text}`),
];

const readJournal = async ({ simulator }: Floorwatch) => {
  const entries = [];
  for (;;) {
    const page = await simulator.journal({ after: entries.at(-1)?.seq ?? 0 });
    if (page.firstSeq > 1) throw new Error('the journal has forgotten the beginning: choose a shorter run');
    if (page.entries.length === 0) return entries;
    entries.push(...page.entries);
  }
};
