import type { Clock } from '@floorwatch/domain';

const SLEEP_MS = 5000;

/**
 * Notices that the computer slept: the time of day went on while the page's own clock stood still. What was live
 * before is as old as the sleep was long, and a socket may be dead without knowing it. A clock that is set forward
 * looks the same; a new connection does no harm then.
 * @returns asks, at each call, whether there was a sleep since the last one
 */
export const createSleepWatch = (clock: Clock, timeOfDay: () => number): (() => boolean) => {
  let lead = timeOfDay() - clock.now();
  return () => {
    const before = lead;
    lead = timeOfDay() - clock.now();
    return lead - before >= SLEEP_MS;
  };
};
