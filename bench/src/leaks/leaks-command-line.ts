import { readNumber, readOptions } from '../options.ts';

/** How long to look, and at what. */
export interface LeaksWish {
  readonly minutes: number;
  readonly agents: number;
  /** The floor's seconds in one of Floorwatch's, whose clock runs twenty times as fast as ours. */
  readonly speed: number;
  readonly seed: number;
}

export const LEAKS_USAGE =
  'Usage: pnpm leaks [--minutes M] [--agents K] [--speed S] [--seed N]\n' +
  '  --minutes  how long, 0.1 to 600 (5)\n' +
  '  --agents   size of the organisation, 40 to 2000 (300)\n' +
  '  --speed    seconds of the floor in one of Floorwatch’s, whose clock runs 20 times as fast as ours, 0 to 60 (4)\n' +
  '  --seed     who moves, and when (1)';

/** @throws CommandLineError naming the option that is wrong */
export const readLeaksWish = (words: readonly string[]): LeaksWish => {
  const values = readOptions(words, ['minutes', 'agents', 'speed', 'seed']);
  return {
    minutes: readNumber('minutes', values['minutes'] ?? '5', { min: 0.1, max: 600, isWhole: false }),
    agents: readNumber('agents', values['agents'] ?? '300', { min: 40, max: 2000, isWhole: true }),
    speed: readNumber('speed', values['speed'] ?? '4', { min: 0, max: 60, isWhole: false }),
    seed: readNumber('seed', values['seed'] ?? '1', { min: 0, max: 2 ** 31 - 1, isWhole: true }),
  };
};
