import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDays, startOfDay } from '../../lib/zone-time.ts';
import { daysIn, partsOf } from './range-parts.ts';

const ZONE = 'Europe/Berlin';
const days = (from: string, to: string) => ({ from: startOfDay(from, ZONE), to: startOfDay(to, ZONE) });
const at = (day: string, hours: number): number => startOfDay(day, ZONE) + hours * 3_600_000;

test('a day is one part, whether it is over or goes on', () => {
  const day = days('2026-10-25', '2026-10-26');
  expect(partsOf(day, ZONE, at('2026-10-25', 9))).toEqual([{ ...day, days: 1 }]);
  expect(partsOf(day, ZONE, at('2026-11-25', 9))).toEqual([{ ...day, days: 1 }]);
});

test('days before today go by weeks, today by itself, and what is still to come not at all', () => {
  const parts = partsOf(days('2026-08-05', '2026-08-17'), ZONE, at('2026-08-15', 9)); // a Wednesday to a Sunday
  expect(parts.map((part) => part.days)).toEqual([1, 5, 5]);
  expect(parts[0]).toMatchObject(days('2026-08-15', '2026-08-16'));
  expect(parts[1]).toMatchObject(days('2026-08-10', '2026-08-15'));
  expect(daysIn(parts)).toBe(11);
});

test('parts follow each other without a gap, and cover what has begun', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 400 }),
      fc.integer({ min: 1, max: 31 }),
      fc.integer({ min: 0, max: 40 }),
      (start, length, lead) => {
        const first = addDays('2026-01-01', start);
        const range = { from: at(first, 3.5), to: at(addDays(first, length), 1) };
        const now = at(addDays(first, lead), 12);
        const parts = partsOf(range, ZONE, now).toReversed();
        for (const [index, part] of parts.entries()) expect(part.from).toBe(parts[index - 1]?.to ?? range.from);
        expect(parts.at(-1)?.to ?? range.to).toBeGreaterThanOrEqual(Math.min(now, range.to));
        expect(parts.length).toBeLessThanOrEqual(Math.ceil(length / 7) + 3);
      },
    ),
  );
});
