import { ACTIVITIES, type Activity } from '../activity/activity.ts';
import { METRIC_STATE, METRIC_STATES, type MetricState } from '../activity/metric-state.ts';
import type { Accessibility, AccessibilityMapping } from './accessibility.ts';
import type { ActivityMs } from './availability-window.ts';

/** Time of one agent, or of many, added up. */
export interface TimeSum {
  readonly ms: ActivityMs;
  /** The same without volatile windows: what shares are made of. */
  readonly steadyMs: ActivityMs;
  /** Changes of activity. */
  readonly transitions: number;
  /** Some of it was left out of `steadyMs`. */
  readonly isVolatile: boolean;
}

/** What people read of a sum. Shares are from 0 to 1, null where there is nothing to divide by. */
export interface Figures {
  /** Milliseconds per metric state; they add up to `elapsedMs`. */
  readonly stateMs: Readonly<Record<MetricState, number>>;
  readonly activityMs: ActivityMs;
  readonly elapsedMs: number;
  readonly transitions: number;
  /** Ready, of the time staffed: all that is known but offline. */
  readonly readyShare: number | null;
  /** What counts as accessible, of what counts at all. */
  readonly accessibleShare: number | null;
  /** On a contact or in after-call work, of the time ready or at work. */
  readonly occupancy: number | null;
  readonly isVolatile: boolean;
}

export const NO_MS: ActivityMs = Object.fromEntries(ACTIVITIES.map((activity) => [activity, 0])) as Record<
  Activity,
  number
>;

export const NO_TIME: TimeSum = { ms: NO_MS, steadyMs: NO_MS, transitions: 0, isVolatile: false };

/** Activity by activity. */
export const addMs = (a: ActivityMs, b: ActivityMs): ActivityMs => {
  const sum: Record<Activity, number> = { ...a };
  for (const activity of ACTIVITIES) sum[activity] += b[activity];
  return sum;
};

export const addTimes = (a: TimeSum, b: TimeSum): TimeSum => ({
  ms: addMs(a.ms, b.ms),
  steadyMs: addMs(a.steadyMs, b.steadyMs),
  transitions: a.transitions + b.transitions,
  isVolatile: a.isVolatile || b.isVolatile,
});

export const totalMs = (ms: ActivityMs): number => ACTIVITIES.reduce((sum, activity) => sum + ms[activity], 0);

export const figuresOf = (sum: TimeSum, mapping: AccessibilityMapping): Figures => {
  const steady = byState(sum.steadyMs);
  const atWork = steady.onCall + steady.wrapUp;
  const counts = byAccessibility(sum.steadyMs, mapping);
  return {
    stateMs: byState(sum.ms),
    activityMs: sum.ms,
    elapsedMs: totalMs(sum.ms),
    transitions: sum.transitions,
    readyShare: shareOf(steady.available, steady.available + atWork + steady.notReady),
    accessibleShare: shareOf(counts.accessible, counts.accessible + counts.inaccessible),
    occupancy: shareOf(atWork, steady.available + atWork),
    isVolatile: sum.isVolatile,
  };
};

const NO_STATE_MS = Object.fromEntries(METRIC_STATES.map((state) => [state, 0])) as Record<MetricState, number>;

const byState = (ms: ActivityMs): Record<MetricState, number> => {
  const states = { ...NO_STATE_MS };
  for (const activity of ACTIVITIES) states[METRIC_STATE[activity]] += ms[activity];
  return states;
};

const byAccessibility = (ms: ActivityMs, mapping: AccessibilityMapping): Record<Accessibility, number> => {
  const counts = { accessible: 0, inaccessible: 0, ignored: 0 };
  for (const activity of ACTIVITIES) counts[mapping[activity]] += ms[activity];
  return counts;
};

const shareOf = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole);

/** The middle one; of an even number the mean of the two in the middle. Null of none. */
export const medianOf = (values: readonly number[]): number | null => {
  const sorted = values.toSorted((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)];
  const lower = sorted[Math.ceil(sorted.length / 2) - 1];
  return upper === undefined || lower === undefined ? null : (lower + upper) / 2;
};
