import fc from 'fast-check';
import { FakeClock } from '@floorwatch/domain/testing';
import { expect, test } from 'vitest';
import { PlatformClock } from './platform-clock.ts';

const HOUR_MS = 3_600_000;

test('both clocks are taken as equal until the platform has said anything', () => {
  const clock = new FakeClock();
  expect(new PlatformClock(clock).now()).toBe(clock.now());
});

test('the estimate is never ahead of the platform and never behind by more than the smallest delay seen', async () => {
  const delays = fc.array(fc.record({ gapMs: fc.nat(5000), delayMs: fc.nat(3000) }), { minLength: 1, maxLength: 40 });
  const skews = fc.integer({ min: -HOUR_MS, max: HOUR_MS });
  await fc.assert(
    fc.asyncProperty(skews, delays, async (skewMs, samples) => {
      const clock = new FakeClock();
      const platformClock = new PlatformClock(clock);
      const seen: { at: number; delayMs: number }[] = [];
      for (const { gapMs, delayMs } of samples) {
        await clock.advance(gapMs);
        platformClock.observe(clock.now() + skewMs - delayMs);
        seen.push({ at: clock.now(), delayMs });
      }
      const behindMs = clock.now() + skewMs - platformClock.now();
      const recent = seen.filter(({ at }) => at >= clock.now() - 60_000).map(({ delayMs }) => delayMs);
      expect(behindMs).toBe(Math.min(...recent));
    }),
    { numRuns: 60 },
  );
});

test('a corrected clock of the platform is followed after a minute', async () => {
  const clock = new FakeClock();
  const platformClock = new PlatformClock(clock);
  platformClock.observe(clock.now() + HOUR_MS);
  await clock.advance(30_000);
  platformClock.observe(clock.now());
  expect(platformClock.now()).toBe(clock.now() + HOUR_MS);
  await clock.advance(31_000);
  platformClock.observe(clock.now());
  expect(platformClock.now()).toBe(clock.now());
});

test('a quiet minute does not forget the last estimate', async () => {
  const clock = new FakeClock();
  const platformClock = new PlatformClock(clock);
  platformClock.observe(clock.now() - HOUR_MS);
  await clock.advance(10 * 60_000);
  expect(platformClock.now()).toBe(clock.now() - HOUR_MS);
});
