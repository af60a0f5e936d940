import { expect, test } from 'vitest';
import { formatAge, formatElapsed } from './elapsed.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

test.each([
  [0, '0:00'],
  [999, '0:00'],
  [61_000, '1:01'],
  [59 * MINUTE + 59_999, '59:59'],
  [HOUR, '1:00 h'],
  [HOUR + 9 * MINUTE + 59_000, '1:09 h'],
  [26 * HOUR + 5 * MINUTE, '26:05 h'],
  [100 * HOUR, '4 d'],
])('%i ms are shown as %s', (ms, shown) => {
  expect(formatElapsed(ms)).toBe(shown);
});

test('a start in the future is shown as zero, never as a negative time or a day', () => {
  expect(formatElapsed(-1)).toBe('0:00');
  expect(formatAge(-50)).toBe('0 s');
});

test.each([
  [900, '0 s'],
  [14_200, '14 s'],
  [119_999, '119 s'],
  [120_000, '2:00'],
])('an age of %i ms is shown as %s', (ms, shown) => {
  expect(formatAge(ms)).toBe(shown);
});
