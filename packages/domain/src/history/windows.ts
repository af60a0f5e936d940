import { ACTIVITIES, type Activity } from '../activity/activity.ts';
import type { AgentId } from '../agent/ids.ts';
import { WINDOW_MS, type AvailabilityWindow } from './availability-window.ts';
import { overlapOf, type Interval } from './interval.ts';
import { activitySegments, type RecordedPast } from './lanes.ts';
import type { ActivitySegment } from './segment.ts';
import { activityChanges, VOLATILE_LOOK_BACK_MS, volatileSpells } from './volatile-spells.ts';

/** How long before its start a window still depends on what happened, ms: read that much more of the past. */
export const WINDOW_LOOK_BACK_MS = VOLATILE_LOOK_BACK_MS;

/** Start of the window an instant is in, ms. */
export const windowStart = (at: number): number => Math.floor(at / WINDOW_MS) * WINDOW_MS;

/** End of the window that the time before an instant is in, ms. */
export const windowEnd = (at: number): number => windowStart(at - 1) + WINDOW_MS;

/**
 * The windows that lie wholly within the range, each with every activity's milliseconds.
 * @param past complete from `range.from - WINDOW_LOOK_BACK_MS` on, with what held then
 */
export const windowsOf = (agentId: AgentId, past: RecordedPast, range: Interval): AvailabilityWindow[] => {
  const from = windowStart(range.from + WINDOW_MS - 1);
  const to = windowStart(range.to);
  if (from >= to) return [];
  const segments = activitySegments(past, { from: from - WINDOW_LOOK_BACK_MS, to });
  const sums = Array.from({ length: (to - from) / WINDOW_MS }, () => ({ ms: noTime(), transitions: 0 }));
  const sumAt = (at: number) => sums[(windowStart(at) - from) / WINDOW_MS];
  for (const part of partsByWindow(segments, { from, to })) {
    const sum = sumAt(part.from);
    if (sum !== undefined) sum.ms[part.activity] += part.to - part.from;
  }
  for (const at of activityChanges(segments)) {
    const sum = sumAt(at);
    if (sum !== undefined) sum.transitions += 1;
  }
  const spells = volatileSpells(segments);
  return sums.map((sum, index) => {
    const start = from + index * WINDOW_MS;
    const window = { from: start, to: start + WINDOW_MS };
    return { agentId, from: start, ...sum, isVolatile: spells.some((spell) => overlapOf(spell, window) !== null) };
  });
};

/** No time in any activity yet. */
const noTime = (): Record<Activity, number> =>
  Object.fromEntries(ACTIVITIES.map((activity) => [activity, 0])) as Record<Activity, number>;

/** Segments cut at the boundaries of windows, and at the ends of the range. */
function* partsByWindow(
  segments: readonly ActivitySegment[],
  range: Interval,
): Generator<Interval & { readonly activity: Activity }> {
  for (const segment of segments) {
    const part = overlapOf(segment, range);
    if (part === null) continue;
    for (let { from } = part; from < part.to;) {
      const to = Math.min(part.to, windowStart(from) + WINDOW_MS);
      yield { from, to, activity: segment.value };
      from = to;
    }
  }
}
