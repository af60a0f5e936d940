import fc from 'fast-check';
import { expect, test } from 'vitest';
import { backOffMs, MIN_WAIT_MS } from './back-off.ts';

const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

test('a wait lies between 0.1 s and 1, 2, 4 … 30 s, however often it failed', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 10_000 }), random, (attempt, chance) => {
      const waitMs = backOffMs(attempt, () => chance);
      expect(waitMs).toBeGreaterThanOrEqual(MIN_WAIT_MS);
      expect(waitMs).toBeLessThan(Math.min(30_000, 1000 * 2 ** (attempt - 1)));
    }),
  );
});

test('the jitter reaches over the whole width', () => {
  expect(backOffMs(6, () => 0)).toBe(MIN_WAIT_MS);
  expect(backOffMs(6, () => 0.999_99)).toBeGreaterThan(29_990);
});
