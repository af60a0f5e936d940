import type { Activity, AvailabilityWindow, Interval } from '@floorwatch/domain';
import { WINDOW_MS } from '@floorwatch/domain';
import type { TrueLanes } from './true-lanes.ts';
import { emptySums, sumBetween, TRUE_STATES, type Sums, type TrueState } from './true-states.ts';

/** By the words of the specification (design §4), not by the product's table. */
const STATE_OF: Readonly<Record<Exclude<Activity, 'unknown'>, TrueState>> = {
  ready: 'available',
  interacting: 'onCall',
  communicating: 'onCall',
  afterCallWork: 'wrapUp',
  offline: 'offline',
  notResponding: 'notReady',
  available: 'notReady',
  busy: 'notReady',
  break: 'notReady',
  meal: 'notReady',
  meeting: 'notReady',
  training: 'notReady',
  away: 'notReady',
  idle: 'notReady',
};

export const foldActivities = (ms: AvailabilityWindow['ms']): { readonly sums: Sums; readonly unknown: number } => {
  const sums = emptySums();
  for (const [activity, state] of Object.entries(STATE_OF) as [Exclude<Activity, 'unknown'>, TrueState][])
    sums[state] += ms[activity];
  return { sums, unknown: ms.unknown };
};

export interface WindowEvidence {
  readonly userId: string;
  readonly lanes: TrueLanes;
  /** Whole windows; the range that is judged. */
  readonly range: Interval;
  readonly windows: readonly AvailabilityWindow[];
  /** Stretches in which nobody can say when after-call work began: its event carries no instant and was late or lost. */
  readonly blurred: readonly Interval[];
  /** How far the clock moves at once, ms: work is dated by it. */
  readonly stepMs: number;
}

/**
 * Holds recorded windows against the truth, ms by ms. After-call work and contacts are one status to routing, which is
 * dated by the platform: their sum is exact. When the one became the other the platform does not say; it is dated by
 * its clock when we are told, so each such turn may be off by one step of the clock.
 */
export const judgeWindows = (evidence: WindowEvidence): string[] => {
  const { userId, lanes, range, windows } = evidence;
  const boundaries = boundariesOf(range);
  const truth = sumBetween(lanes, boundaries);
  const recorded = new Map(windows.map((window) => [window.from, window]));
  const problems = windows.length === recorded.size ? [] : [`${userId}: the same window twice`];
  truth.forEach((expected, index) => {
    const from = boundaries[index] ?? 0;
    const window = recorded.get(from);
    const found = window === undefined ? ['is missing'] : judgeWindow(evidence, window, expected);
    problems.push(...found.map((text) => `${userId}: window ${new Date(from).toISOString()} ${text}`));
  });
  return problems;
};

const boundariesOf = ({ from, to }: Interval): number[] =>
  Array.from({ length: (to - from) / WINDOW_MS + 1 }, (_, index) => from + index * WINDOW_MS);

const judgeWindow = (evidence: WindowEvidence, window: AvailabilityWindow, expected: Sums): string[] => {
  const { sums, unknown } = foldActivities(window.ms);
  const problems: string[] = [];
  const total = TRUE_STATES.reduce((sum, state) => sum + sums[state], unknown);
  if (total !== WINDOW_MS) problems.push(`adds up to ${String(total)} ms`);
  if (unknown !== 0) problems.push(`has ${String(unknown)} ms unknown`);
  for (const state of ['available', 'notReady', 'offline'] as const)
    if (sums[state] !== expected[state])
      problems.push(`${state} ${String(sums[state])}, true ${String(expected[state])}`);
  if (sums.onCall + sums.wrapUp !== expected.onCall + expected.wrapUp)
    problems.push(`at work ${String(sums.onCall + sums.wrapUp)}, true ${String(expected.onCall + expected.wrapUp)}`);
  const offMs = Math.abs(sums.wrapUp - expected.wrapUp);
  if (offMs > toleranceOf(evidence, window.from))
    problems.push(`wrap-up ${String(sums.wrapUp)}, true ${String(expected.wrapUp)}`);
  return problems;
};

/** Whether a window has a part in any of the stretches. */
export const touches = ({ from }: Pick<AvailabilityWindow, 'from'>, stretches: readonly Interval[]): boolean =>
  stretches.some((stretch) => stretch.from < from + WINDOW_MS && from < stretch.to);

const toleranceOf = ({ lanes, blurred, stepMs }: WindowEvidence, from: number): number => {
  const to = from + WINDOW_MS;
  if (touches({ from }, blurred)) return WINDOW_MS;
  const turns = lanes.work.filter(({ at }) => at >= from - stepMs && at < to).length;
  return turns * stepMs;
};
