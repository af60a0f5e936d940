import type { AvailabilityWindow } from '@floorwatch/domain';
import { foldActivities } from '../oracle/window-verdict.ts';

/** Windows in which two runs of the same day tell different states; contacts and after-call work count as one. */
export const differencesOf = (
  one: readonly AvailabilityWindow[],
  other: readonly AvailabilityWindow[],
): readonly string[] => {
  const left = new Map(one.map((window) => [keyOf(window), describe(window)]));
  const right = new Map(other.map((window) => [keyOf(window), describe(window)]));
  return [...new Set([...left.keys(), ...right.keys()])]
    .filter((key) => left.get(key) !== right.get(key))
    .map((key) => `${key}: ${left.get(key) ?? 'no window'} with kills, ${right.get(key) ?? 'no window'} without`);
};

const keyOf = ({ agentId, from }: AvailabilityWindow): string => `${agentId} ${new Date(from).toISOString()}`;

const describe = ({ ms }: AvailabilityWindow): string => {
  const { sums, unknown } = foldActivities(ms);
  const { available, notReady, offline, onCall, wrapUp } = sums;
  return JSON.stringify({ available, notReady, offline, atWork: onCall + wrapUp, unknown });
};
