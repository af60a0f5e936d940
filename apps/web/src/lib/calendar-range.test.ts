import { expect, test } from 'vitest';
import {
  instantsOf,
  problemOf,
  rangeAround,
  rangeAs,
  rangeWords,
  stepRange,
  type CalendarRange,
} from './calendar-range.ts';
import { rangeOf, readRangeSearch, searchOf } from './range-search.ts';

const BERLIN = 'Europe/Berlin';
const TODAY = '2026-08-12';
const hours = (range: CalendarRange): number => {
  const { from, to } = instantsOf(range, BERLIN);
  return (to - from) / 3_600_000;
};

const NIGHT: CalendarRange = { kind: 'custom', from: '2026-08-14T22:00', to: '2026-08-15T06:00' };

test('a week has seven days of the zone, whatever their length', () => {
  expect(hours({ kind: 'week', day: '2026-08-10' })).toBe(168);
  expect(hours({ kind: 'week', day: '2026-10-19' })).toBe(169);
  expect(hours({ kind: 'week', day: '2026-03-23' })).toBe(167);
});

test('one step on is the next range of the same kind', () => {
  expect(stepRange({ kind: 'day', day: '2026-02-28' }, 1)).toEqual({ kind: 'day', day: '2026-03-01' });
  expect(stepRange({ kind: 'week', day: '2026-08-10' }, -1)).toEqual({ kind: 'week', day: '2026-08-03' });
  expect(stepRange(NIGHT, 1)).toEqual({ kind: 'custom', from: '2026-08-15T06:00', to: '2026-08-15T14:00' });
});

test('another kind of range keeps the day', () => {
  expect(rangeAs('week', { kind: 'day', day: TODAY })).toEqual({ kind: 'week', day: '2026-08-10' });
  expect(rangeAs('day', NIGHT)).toEqual({ kind: 'day', day: '2026-08-14' });
  expect(rangeAs('custom', { kind: 'week', day: '2026-08-10' })).toEqual({
    kind: 'custom',
    from: '2026-08-10T00:00',
    to: '2026-08-17T00:00',
  });
});

test('back to today keeps the hours of a custom range', () => {
  expect(rangeAround(TODAY, NIGHT)).toEqual({ kind: 'custom', from: '2026-08-12T22:00', to: '2026-08-13T06:00' });
  expect(rangeAround(TODAY, { kind: 'week', day: '2026-01-05' })).toEqual({ kind: 'week', day: '2026-08-10' });
});

test('a range that cannot be shown says why', () => {
  expect(problemOf(NIGHT, BERLIN, 31)).toBeNull();
  expect(problemOf({ ...NIGHT, to: NIGHT.from }, BERLIN, 31)).toBe('The end must be later than the start.');
  const whole = { kind: 'custom', from: '2026-10-01T00:00', to: '2026-11-01T00:00' } as const;
  expect(problemOf(whole, BERLIN, 31)).toBeNull(); // 31 days and the hour that autumn repeats
  expect(problemOf({ ...whole, to: '2026-11-02T00:00' }, BERLIN, 31)).toBe('At most 31 days can be shown at once.');
});

test('the range is told in words', () => {
  expect(rangeWords({ kind: 'day', day: '2026-10-25' }, BERLIN)).toBe('Sun 25 Oct 2026');
  expect(rangeWords({ kind: 'week', day: '2026-08-10' }, BERLIN)).toBe('Mon 10 Aug 2026 – Sun 16 Aug 2026');
  expect(rangeWords(NIGHT, BERLIN)).toBe('Fri 14 Aug 2026, 22:00 – Sat 15 Aug 2026, 06:00');
  expect(rangeWords({ ...NIGHT, to: '2026-08-14T23:30' }, BERLIN)).toBe('Fri 14 Aug 2026, 22:00 – 23:30');
});

test.each<CalendarRange>([
  { kind: 'day', day: TODAY },
  { kind: 'day', day: '2026-01-05' },
  { kind: 'week', day: '2026-08-10' },
  { kind: 'week', day: '2026-01-05' },
  NIGHT,
])('what an address says of %j is read again', (range) => {
  const written = JSON.parse(JSON.stringify(searchOf(range, TODAY))) as Record<string, unknown>;
  expect(rangeOf(readRangeSearch(written, BERLIN), TODAY)).toEqual(range);
});

test('a bookmark of today is of today tomorrow, too', () => {
  expect(searchOf({ kind: 'day', day: TODAY }, TODAY).day).toBeUndefined();
  expect(rangeOf({}, '2026-08-13')).toEqual({ kind: 'day', day: '2026-08-13' });
});

test('what makes no sense in an address is left out', () => {
  expect(readRangeSearch({ range: 'year', day: '2026-02-30', zone: 'Mars/Olympus' }, BERLIN)).toEqual({ zone: BERLIN });
  expect(readRangeSearch({ range: 'custom', from: '2026-08-14T22:00', to: 'late' }, 'UTC')).toEqual({ zone: 'UTC' });
});
