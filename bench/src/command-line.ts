import type { Bench } from './bench-context.ts';

/** The person asked for something there is not. */
export class CommandLineError extends Error {}

export interface Wish {
  readonly benches: readonly Bench[];
  readonly isQuick: boolean;
}

/**
 * Reads what to run: names of benchmarks (all of them without a name), `--quick` for smaller figures.
 * @throws CommandLineError for a name or option that does not exist
 */
export const readCommandLine = (words: readonly string[], known: readonly Bench[]): Wish => {
  const options = words.filter((word) => word.startsWith('-') && word !== '--');
  const names = words.filter((word) => !word.startsWith('-'));
  const strange =
    options.find((option) => option !== '--quick') ?? names.find((name) => !known.some((bench) => bench.name === name));
  if (strange !== undefined) throw new CommandLineError(`There is no ${strange}`);
  const benches = names.length === 0 ? known : known.filter(({ name }) => names.includes(name));
  return { benches, isQuick: options.includes('--quick') };
};

export const usage = (known: readonly Bench[]): string =>
  [
    'Usage: pnpm bench [name ...] [--quick]',
    ...known.map(({ name, summary }) => `  ${name.padEnd(15)} ${summary}`),
  ].join('\n');
