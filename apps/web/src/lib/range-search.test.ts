import { expect, test } from 'vitest';
import { readRangeSearch } from './range-search.ts';

test.each([
  ['times', ['2026-08-14T22:00', '2026-08-15T06:00'], ['2026-08-14T22:00', '2026-08-15T06:00']],
  ['days, both of them whole', ['2026-08-14', '2026-08-15'], ['2026-08-14T00:00', '2026-08-16T00:00']],
  ['one day', ['2026-08-31', '2026-08-31'], ['2026-08-31T00:00', '2026-09-01T00:00']],
  ['a time and a day', ['2026-08-14T22:00', '2026-08-15'], ['2026-08-14T22:00', '2026-08-16T00:00']],
])('an address may name a custom range by %s', (_, [from, to], [begin, end]) => {
  expect(readRangeSearch({ range: 'custom', from, to }, 'UTC')).toEqual({
    zone: 'UTC',
    range: 'custom',
    from: begin,
    to: end,
  });
});

test.each([
  ['2026-02-30', '2026-03-01'],
  ['2026-08-14T25:00', '2026-08-15'],
  ['yesterday', 'today'],
  ['2026-08-14', undefined],
])('from %j to %j is no range, so it is the day that is today', (from, to) => {
  expect(readRangeSearch({ range: 'custom', from, to }, 'UTC')).toEqual({ zone: 'UTC' });
});
