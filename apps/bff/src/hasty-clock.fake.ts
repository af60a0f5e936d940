import { systemClock } from './system-clock.ts';

/** The real time, running `times` as fast: minutes of a budget pass in seconds, for a BFF and a simulator that share it. */
export const hastyClock = (times: number, startedAt = systemClock.now()): typeof systemClock => {
  return {
    now: () => startedAt + (systemClock.now() - startedAt) * times,
    sleep: (ms, signal) => systemClock.sleep(ms / times, signal),
    every: (ms, tick) => systemClock.every(ms / times, tick),
    after: (ms, action) => systemClock.after(ms / times, action),
  };
};
