import { describe, expect, it } from 'vitest';
import type { Bench } from './bench-context.ts';
import { CommandLineError, readCommandLine, usage } from './command-line.ts';

const bench = (name: string): Bench => ({
  name,
  summary: `what ${name} measures`,
  deadlineMs: 1,
  run: () => Promise.resolve({ findings: [], notes: [] }),
});

const KNOWN = [bench('fan-out'), bench('browser')];

describe('command line', () => {
  it('runs everything in full when nothing is asked for', () => {
    expect(readCommandLine([], KNOWN)).toEqual({ benches: KNOWN, isQuick: false });
  });

  it('runs what is named, in the order of the list, and smaller when asked', () => {
    const { benches, isQuick } = readCommandLine(['browser', '--quick', 'fan-out'], KNOWN);
    expect([benches.map(({ name }) => name), isQuick]).toEqual([['fan-out', 'browser'], true]);
  });

  it.each([['fanout'], ['--fast']])('refuses %s, which does not exist', (word) => {
    expect(() => readCommandLine([word], KNOWN)).toThrow(new CommandLineError(`There is no ${word}`));
  });

  it('explains every benchmark', () => {
    expect(usage(KNOWN)).toMatch(
      /pnpm bench.*\n {2}fan-out +what fan-out measures\n {2}browser +what browser measures/,
    );
  });
});
