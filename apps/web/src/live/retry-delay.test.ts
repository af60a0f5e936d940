import fc from 'fast-check';
import { expect, test } from 'vitest';
import { retryDelayMs } from './retry-delay.ts';

test('grows from one second to thirty, half of it jitter', () => {
  const longest = (attempts: number, brokenForMs: number) => retryDelayMs({ attempts, brokenForMs, random: 1 });
  expect([1, 2, 3, 4].map((attempts) => longest(attempts, 0))).toEqual([1000, 2000, 3000, 3000]);
  expect(longest(30, 60_000)).toBe(30_000);
  expect(retryDelayMs({ attempts: 30, brokenForMs: 60_000, random: 0 })).toBe(15_000);
});

test('stays within half a second and thirty seconds, and within three in the first minute', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 10_000 }),
      fc.nat(10_000_000),
      fc.double({ min: 0, max: 0.999, noNaN: true }),
      (attempts, brokenForMs, random) => {
        const delayMs = retryDelayMs({ attempts, brokenForMs, random });
        expect(delayMs).toBeGreaterThanOrEqual(500);
        expect(delayMs).toBeLessThanOrEqual(brokenForMs < 60_000 ? 3000 : 30_000);
      },
    ),
  );
});
