import { expect, test } from 'vitest';
import { grainFor, grainsFor, pageSizeFor } from './bar-grain.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

test.each([
  ['an hour', HOUR, '5m'],
  ['a night shift', 8 * HOUR, '15m'],
  ['a day', DAY, '1h'],
  ['the day with 25 hours', 25 * HOUR, '1h'],
  ['a week', 7 * DAY, '1d'],
  ['a month', 31 * DAY, '1d'],
])('%s is cut as it reads best', (_, ms, grain) => {
  expect(grainFor(ms, undefined)).toBe(grain);
});

test('what was asked for is taken where its bars can be told apart', () => {
  expect(grainFor(DAY, '15m')).toBe('15m');
  expect(grainFor(7 * DAY, '15m')).toBe('1d');
  expect(grainsFor(25 * HOUR)).toEqual(['15m', '30m', '1h', '1d']);
});

test('a range shorter than any interval can still be cut', () => {
  expect(grainsFor(60_000)).toEqual(['5m']);
});

test('a page has fewer agents the more bars each of them has', () => {
  expect(pageSizeFor(DAY, '1h')).toBe(200);
  expect(pageSizeFor(DAY, '15m')).toBe(52);
  expect(pageSizeFor(31 * DAY, '5m')).toBe(20);
});
