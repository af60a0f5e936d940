import { systemClock } from './system-clock.ts';

// Loaded before the BFF's main, as `hasty-time.fake.ts?times=10&from=0`: the time of that process runs so many times as fast from
// then on, as `hastyClock` of the test does.
const real = { ...systemClock };
const asked = new URL(import.meta.url).searchParams;
const times = Number(asked.get('times'));
const from = Number(asked.get('from'));

Object.assign(systemClock, {
  now: () => from + (real.now() - from) * times,
  sleep: (ms: number, signal?: AbortSignal) => real.sleep(ms / times, signal),
  every: (ms: number, tick: () => void) => real.every(ms / times, tick),
  after: (ms: number, action: () => void) => real.after(ms / times, action),
});
