import fc from 'fast-check';
import { Registry } from 'prom-client';
import { expect, test } from 'vitest';
import { BOUNDS_MS, countBetween, Durations, percentilesBetween, quantileBetween } from './durations.ts';

const durations = (): Durations<'one' | 'other'> =>
  new Durations({ registry: new Registry(), name: 'took_seconds', help: 'How long it took.', label: 'of' });

test('a share of the durations since a moment, within the width of a bound', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.integer({ min: 0, max: 59_000 })),
      fc.array(fc.integer({ min: 0, max: 59_000 }), { minLength: 1 }),
      fc.constantFrom(0.5, 0.95, 0.99),
      async (earlier, later, share) => {
        const took = durations();
        for (const ms of earlier) took.observe('one', ms);
        const before = await took.tally('one');
        for (const ms of later) took.observe('one', ms);
        const after = await took.tally('one');
        expect(countBetween(before, after)).toBe(later.length);
        const exact = later.toSorted((a, b) => a - b)[Math.ceil(share * later.length) - 1] ?? 0;
        const above = BOUNDS_MS.find((bound) => bound >= exact) ?? 60_000;
        const below = BOUNDS_MS.findLast((bound) => bound < exact) ?? 0;
        const found = quantileBetween(before, after, share) ?? NaN;
        expect(found).toBeGreaterThanOrEqual(below);
        expect(found).toBeLessThanOrEqual(above);
      },
    ),
    { numRuns: 40 },
  );
});

test('nothing happened: nothing is said', async () => {
  const took = durations();
  took.observe('other', 10);
  const tally = await took.tally('one');
  expect(percentilesBetween(tally, await took.tally('one'))).toBeNull();
});

test('a clock that stepped back counts as no time', async () => {
  const took = durations();
  const before = await took.tally('one');
  took.observe('one', -5);
  expect(quantileBetween(before, await took.tally('one'), 0.99)).toBeLessThanOrEqual(1);
});
