import { readNumber, readOptions } from '../options.ts';
import type { ContestWish } from './run-contest.ts';

export const CONTEST_USAGE =
  'Usage: pnpm contest [--rounds N] [--agents K] [--lanes L] [--seed N]\n' +
  '  --rounds   how often two people change the same agent at once, 1 to 100000 (1000)\n' +
  '  --agents   size of the organisation, 20 to 2000 (60)\n' +
  '  --lanes    rounds at the same time, 1 to 10 (4)\n' +
  '  --seed     who presses when; the same seed draws the same (1)';

/** @throws CommandLineError naming the option that is wrong */
export const readContestWish = (words: readonly string[]): Omit<ContestWish, 'progress'> => {
  const values = readOptions(words, ['rounds', 'agents', 'lanes', 'seed']);
  return {
    rounds: readNumber('rounds', values['rounds'] ?? '1000', { min: 1, max: 100_000, isWhole: true }),
    agents: readNumber('agents', values['agents'] ?? '60', { min: 20, max: 2000, isWhole: true }),
    lanes: readNumber('lanes', values['lanes'] ?? '4', { min: 1, max: 10, isWhole: true }),
    seed: readNumber('seed', values['seed'] ?? '1', { min: 0, max: 2 ** 31 - 1, isWhole: true }),
  };
};
