import { expect, test } from 'vitest';
import { readChaosWish } from './chaos-command-line.ts';

test('a seed and the defaults', () => {
  expect(readChaosWish(['--seed', '7'])).toEqual({ seeds: [7], minutes: 1, agents: 200 });
});

test('several seeds in a row, shorter and smaller', () => {
  const words = ['--', '--seed', '5', '--seeds', '3', '--minutes', '0.3', '--agents', '60'];
  expect(readChaosWish(words)).toEqual({ seeds: [5, 6, 7], minutes: 0.3, agents: 60 });
});

test.each([
  [['--seed', 'x'], /--seed must be a whole number/],
  [['--minutes', '0'], /--minutes must be a number from 0.1 to 60/],
  [['--agents', '1.5'], /--agents must be a whole number/],
  [['--faults', 'all'], /--faults/],
])('%j is refused by name', (words, message) => {
  expect(() => readChaosWish(words)).toThrow(message);
});
