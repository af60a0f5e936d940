import type { AvailabilityFigures, AvailabilityInterval } from '@floorwatch/contracts';
import {
  ACTIVITIES,
  figuresOf,
  NO_TIME,
  addTimes,
  type AccessibilityMapping,
  type ActivityMs,
  type TimeSum,
} from '@floorwatch/domain';
import { iso } from '../history/asked-range.ts';

/** Figures as the API tells them: seconds, exact to the millisecond. */
export const toFiguresReply = (sum: TimeSum, mapping: AccessibilityMapping): AvailabilityFigures => {
  const { stateMs, activityMs, elapsedMs, transitions, ...shares } = figuresOf(sum, mapping);
  return {
    availableSeconds: seconds(stateMs.available),
    notReadySeconds: seconds(stateMs.notReady),
    onCallSeconds: seconds(stateMs.onCall),
    wrapUpSeconds: seconds(stateMs.wrapUp),
    offlineSeconds: seconds(stateMs.offline),
    unknownSeconds: seconds(stateMs.unknown),
    activitySeconds: activitySeconds(activityMs),
    elapsedSeconds: seconds(elapsedMs),
    stateTransitions: transitions,
    ...shares,
  };
};

export const seconds = (ms: number): number => ms / 1000;

const activitySeconds = (ms: ActivityMs): AvailabilityFigures['activitySeconds'] =>
  Object.fromEntries(ACTIVITIES.filter((one) => ms[one] > 0).map((one) => [one, seconds(ms[one])]));

/** One interval for each sum; `boundaries` has one more than there are sums. The last one may still go on. */
export const toIntervals = (
  sums: readonly TimeSum[],
  boundaries: readonly number[],
  mapping: AccessibilityMapping,
): AvailabilityInterval[] =>
  sums.map((sum, index) => ({
    windowStart: iso(boundaries[index] ?? 0),
    windowEnd: iso(boundaries[index + 1] ?? 0),
    ...toFiguresReply(sum, mapping),
  }));

export const sumOf = (sums: Iterable<TimeSum>): TimeSum => {
  let total = NO_TIME;
  for (const sum of sums) total = addTimes(total, sum);
  return total;
};
