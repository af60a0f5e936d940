import { readNumber, readOptions } from '../options.ts';

/** What to run: seeds one after the other, each so many minutes long. */
export interface ChaosWish {
  readonly seeds: readonly number[];
  readonly minutes: number;
  readonly agents: number;
}

export const CHAOS_USAGE =
  'Usage: pnpm chaos --seed N [--seeds COUNT] [--minutes M] [--agents K]\n' +
  '  --seed     which schedule; the same seed gives the same one (1)\n' +
  '  --seeds    so many seeds in a row, from --seed on (1)\n' +
  '  --minutes  length of each run, 0.1 to 60 (1)\n' +
  '  --agents   size of the organisation, 10 to 5000 (200)';

/** @throws CommandLineError naming the option that is wrong */
export const readChaosWish = (words: readonly string[]): ChaosWish => {
  const values = readOptions(words, ['seed', 'seeds', 'minutes', 'agents']);
  const seed = readNumber('seed', values['seed'] ?? '1', { min: 0, max: 2 ** 31 - 1, isWhole: true });
  const count = readNumber('seeds', values['seeds'] ?? '1', { min: 1, max: 1000, isWhole: true });
  return {
    seeds: Array.from({ length: count }, (_, index) => seed + index),
    minutes: readNumber('minutes', values['minutes'] ?? '1', { min: 0.1, max: 60, isWhole: false }),
    agents: readNumber('agents', values['agents'] ?? '200', { min: 10, max: 5000, isWhole: true }),
  };
};
