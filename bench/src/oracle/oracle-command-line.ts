import { CommandLineError } from '../command-line.ts';
import { readChoice, readNumber, readOptions } from '../options.ts';
import { ENGINES, type EngineChoice } from '../store/store-place.ts';

/** What to live through. */
export interface OracleWish {
  readonly agents: number;
  readonly days: number;
  readonly seed: number;
  /** ms */
  readonly startsAt: number;
  readonly stepMs: number;
  readonly engine: EngineChoice;
}

/** An hour and a half before a midnight in Berlin, so that whole days follow: of 23 h and a month's end, or of 25 h. */
const STARTS: Readonly<Record<string, string>> = {
  spring: '2026-03-28T21:30:00.000Z',
  autumn: '2026-10-24T20:30:00.000Z',
};

export const ORACLE_USAGE =
  'Usage: pnpm oracle [--agents K] [--days D] [--seed N] [--start WHEN] [--step SECONDS] [--engine ENGINE]\n' +
  '  --agents  size of the organisation, 10 to 2000 (500)\n' +
  '  --days    of the floor’s time, 0.1 to 10 (3)\n' +
  '  --seed    which day and which troubles; the same seed gives the same ones (1)\n' +
  '  --start   spring (a day of 23 h, then a month’s end), autumn (a day of 25 h), or an instant (spring)\n' +
  '  --step    how far the clock moves at once, seconds, 1 to 30 (1)\n' +
  '  --engine  embedded or postgres (postgres)';

/** @throws CommandLineError naming the option that is wrong */
export const readOracleWish = (words: readonly string[]): OracleWish => {
  const values = readOptions(words, ['agents', 'days', 'seed', 'start', 'step', 'engine']);
  return {
    agents: readNumber('agents', values['agents'] ?? '500', { min: 10, max: 2000, isWhole: true }),
    days: readNumber('days', values['days'] ?? '3', { min: 0.1, max: 10, isWhole: false }),
    seed: readNumber('seed', values['seed'] ?? '1', { min: 0, max: 2 ** 31 - 1, isWhole: true }),
    startsAt: readStart(values['start'] ?? 'spring'),
    stepMs: 1000 * readNumber('step', values['step'] ?? '1', { min: 1, max: 30, isWhole: true }),
    engine: readChoice('engine', values['engine'] ?? 'postgres', ENGINES),
  };
};

const readStart = (text: string): number => {
  const startsAt = Date.parse(STARTS[text] ?? text);
  if (!Number.isNaN(startsAt)) return startsAt;
  throw new CommandLineError('--start must be spring, autumn, or an instant such as 2026-03-28T21:30:00Z');
};
