import { readChoice, readNumber, readOptions } from '../options.ts';
import { ENGINES, type EngineChoice } from '../store/store-place.ts';

/** What to live through. */
export interface KillsWish {
  readonly agents: number;
  readonly kills: number;
  readonly minutesBetween: number;
  readonly seed: number;
  readonly engines: readonly EngineChoice[];
}

export const KILLS_USAGE =
  'Usage: pnpm kills [--kills N] [--agents K] [--minutes M] [--seed N] [--engine ENGINE]\n' +
  '  --kills    how often the product is killed, 1 to 200 (20)\n' +
  '  --agents   size of the organisation, 10 to 2000 (100)\n' +
  '  --minutes  of the floor’s time between two kills, about, 1 to 600 (30)\n' +
  '  --seed     which day, and when; the same seed gives the same (1)\n' +
  '  --engine   embedded, postgres or both (both)';

/** @throws CommandLineError naming the option that is wrong */
export const readKillsWish = (words: readonly string[]): KillsWish => {
  const values = readOptions(words, ['agents', 'kills', 'minutes', 'seed', 'engine']);
  const engine = readChoice('engine', values['engine'] ?? 'both', [...ENGINES, 'both']);
  return {
    agents: readNumber('agents', values['agents'] ?? '100', { min: 10, max: 2000, isWhole: true }),
    kills: readNumber('kills', values['kills'] ?? '20', { min: 1, max: 200, isWhole: true }),
    minutesBetween: readNumber('minutes', values['minutes'] ?? '30', { min: 1, max: 600, isWhole: false }),
    seed: readNumber('seed', values['seed'] ?? '1', { min: 0, max: 2 ** 31 - 1, isWhole: true }),
    engines: engine === 'both' ? ENGINES : [engine],
  };
};
