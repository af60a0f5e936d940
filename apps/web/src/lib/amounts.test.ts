import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatDuration, formatShare, speakDuration, wholeSeconds } from './amounts.ts';

test.each([
  [0, '0:00:00', '0 s'],
  [429.4, '0:07:09', '7 min 9 s'],
  [86_399.5, '24:00:00', '24 h'],
  [590_400, '164:00:00', '164 h'],
])('%d s are shown as %s and spoken as %s', (seconds, shown, spoken) => {
  expect(formatDuration(seconds)).toBe(shown);
  expect(speakDuration(seconds)).toBe(spoken);
});

test('a share that has nothing to divide by is no zero', () => {
  expect(formatShare(0)).toBe('0.0 %');
  expect(formatShare(0.63249)).toBe('63.2 %');
  expect(formatShare(null)).toBe('–');
});

test('rounded parts add up to the rounded whole, and none is off by a second', () => {
  const millis = fc.integer({ min: 0, max: 100_000_000 });
  fc.assert(
    fc.property(fc.array(millis, { minLength: 1, maxLength: 15 }), (parts) => {
      const seconds = parts.map((ms) => ms / 1000);
      const whole = wholeSeconds(seconds);
      const total = Math.round(parts.reduce((sum, ms) => sum + ms, 0) / 1000);
      expect(whole.reduce((sum, value) => sum + value, 0)).toBe(total);
      for (const [index, value] of whole.entries()) expect(Math.abs(value - (seconds[index] ?? 0))).toBeLessThan(1);
    }),
  );
});
