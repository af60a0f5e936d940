import { parseArgs } from 'node:util';
import { CommandLineError } from './command-line.ts';

/** @throws CommandLineError for an option that is not one of these */
export const readOptions = (words: readonly string[], names: readonly string[]): Readonly<Record<string, string>> => {
  try {
    const options = Object.fromEntries(names.map((name) => [name, { type: 'string' } as const]));
    const { values } = parseArgs({ args: words.filter((word) => word !== '--'), options });
    return Object.fromEntries(
      Object.entries(values).filter((entry): entry is [string, string] => entry[1] !== undefined),
    );
  } catch (error) {
    throw new CommandLineError(error instanceof Error ? error.message : String(error));
  }
};

interface Range {
  readonly min: number;
  readonly max: number;
  readonly isWhole: boolean;
}

/** @throws CommandLineError that names the option and what it may be */
export const readNumber = (name: string, text: string, { min, max, isWhole }: Range): number => {
  const value = Number(text);
  if (text.trim() !== '' && value >= min && value <= max && (!isWhole || Number.isInteger(value))) return value;
  throw new CommandLineError(
    `--${name} must be a ${isWhole ? 'whole ' : ''}number from ${String(min)} to ${String(max)}`,
  );
};

/** @throws CommandLineError that names the option and what it may be */
export const readChoice = <Choice extends string>(name: string, text: string, choices: readonly Choice[]): Choice => {
  const choice = choices.find((one) => one === text);
  if (choice !== undefined) return choice;
  throw new CommandLineError(`--${name} must be one of ${choices.join(', ')}`);
};
