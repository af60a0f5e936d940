import type { Bench, BenchContext } from '../bench-context.ts';
import { compare, inform, judge, quantity, type BenchReport, type Finding } from '../report/finding.ts';
import { ENGINES, type EngineChoice } from '../store/store-place.ts';
import { measureHistoryTimes, type HistoryTimes } from './history-times.ts';
import { measureLivePath, type LivePathResult, type LivePathScale } from './live-path.ts';
import { measureStoreRates, type StoreRates } from './store-rates.ts';

/** Design §14. */
const GOALS = { embedded: 1000, postgres: 5000, monthOfOneMs: 100, dayOfManyMs: 200 } as const;

/** "Unchanged": what two windows of the same product differ by. */
const LATENCY_RATIO = 1.1;

const LIVE: LivePathScale = { agents: 2000, sockets: 200, changesPerSecond: 500, windowMs: 15_000, rounds: 3 };
const LIVE_QUICK: LivePathScale = { ...LIVE, agents: 500, sockets: 50, windowMs: 5000, rounds: 1 };

const WORDS: Readonly<Record<EngineChoice, string>> = { embedded: 'embedded', postgres: 'PostgreSQL' };

const run = async ({ isQuick, progress }: BenchContext): Promise<BenchReport> => {
  const findings: Finding[] = [];
  const notes: string[] = [];
  for (const engine of ENGINES) {
    progress(`${WORDS[engine]}: a day of ${isQuick ? '20' : '100'} agents into an empty store`);
    findings.push(...rateFindings(engine, await measureStoreRates(engine, isQuick ? 20 : 100)));
    progress(`${WORDS[engine]}: asking for history`);
    const times = await measureHistoryTimes({ engine, agents: isQuick ? 20 : 100, questions: isQuick ? 10 : 40 });
    findings.push(...historyFindings(engine, times));
    progress(`${WORDS[engine]}: the live path with recording and without`);
    const live = await measureLivePath(engine, isQuick ? LIVE_QUICK : LIVE);
    findings.push(...liveFindings(engine, live));
    notes.push(liveNote(engine, live));
  }
  return {
    findings,
    notes: [
      'Rates: the changes of a busy day (some 1,300 an agent) in the order in which they happened, 500 at a time as the recorder writes them, into an empty store; server and load share this machine. PostgreSQL runs without fsync, as the tests start it.',
      'History: the product’s process on a store that holds a month of 5 agents and the last day of the others; answers over HTTP, one question after the other, 95th percentile, once what the start found is recorded; the first answer about each agent is not counted.',
      ...notes,
    ],
  };
};

const rateFindings = (engine: EngineChoice, { transitionsPerSecond, windowsPerSecond }: StoreRates): Finding[] => [
  judge({
    what: `recording, ${WORDS[engine]}: changes written a second`,
    goal: { value: transitionsPerSecond, limit: GOALS[engine], bound: 'at least' },
    unit: 'changes/s',
  }),
  inform(`recording, ${WORDS[engine]}: windows written a second`, quantity(windowsPerSecond, 'windows/s')),
];

const historyFindings = (engine: EngineChoice, times: HistoryTimes): Finding[] => [
  judge({
    what: `history, ${WORDS[engine]}: 31 days of one agent per day (${String(times.transitionsOfMonth)} changes), p95`,
    goal: { value: times.monthOfOneMs, limit: GOALS.monthOfOneMs, bound: 'at most' },
    unit: 'ms',
  }),
  judge({
    what: `history, ${WORDS[engine]}: 31 days of one agent as segments, first page of 1,000, p95`,
    goal: { value: times.monthAsSegmentsMs, limit: GOALS.monthOfOneMs, bound: 'at most' },
    unit: 'ms',
  }),
  judge({
    what: `history, ${WORDS[engine]}: a day of 100 agents, per hour, p95`,
    goal: { value: times.dayOfManyMs, limit: GOALS.dayOfManyMs, bound: 'at most' },
    unit: 'ms',
  }),
];

const liveFindings = (engine: EngineChoice, { onMs, offMs, onMemoryMb, offMemoryMb }: LivePathResult): Finding[] => [
  compare({
    what: `platform event → browser socket, p99, with recording (${WORDS[engine]}) against without`,
    measured: quantity(onMs, 'ms'),
    peer: quantity(offMs, 'ms'),
    goal: { value: onMs / offMs, limit: LATENCY_RATIO, bound: 'at most' },
  }),
  inform(
    `memory of the BFF with recording (${WORDS[engine]}; an embedded database's included), and what it is without`,
    `${quantity(onMemoryMb, 'MB')}, ${quantity(offMemoryMb, 'MB')}`,
  ),
];

const liveNote = (engine: EngineChoice, { recordedPerSecond, waiting }: LivePathResult): string =>
  `${WORDS[engine]}: while the live path was measured ${quantity(recordedPerSecond, 'changes/s')} were recorded, and ${String(waiting)} waited at the end. Both products run all the time, each with its own floor; while one is measured the other’s floor goes at its own pace.`;

export const recording: Bench = {
  name: 'recording',
  summary: 'recording rates, history times, and the live path with recording and without, on both engines',
  deadlineMs: 900_000,
  run,
};
