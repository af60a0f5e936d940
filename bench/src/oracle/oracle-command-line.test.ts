import { describe, expect, it } from 'vitest';
import { readOracleWish } from './oracle-command-line.ts';

describe('command line of the oracle', () => {
  it('without words asks for three days of 500 agents, through the day of 23 hours', () => {
    expect(readOracleWish([])).toEqual({
      agents: 500,
      days: 3,
      seed: 1,
      startsAt: Date.parse('2026-03-28T21:30:00.000Z'),
      stepMs: 1000,
      engine: 'postgres',
    });
  });

  it.each([
    [['--agents', '3'], '--agents must be a whole number from 10 to 2000'],
    [['--start', 'monday'], '--start must be spring, autumn, or an instant'],
    [['--engine', 'sqlite'], '--engine must be one of embedded, postgres'],
    [['--moon', 'full'], '--moon'],
  ])('says what is wrong with %j', (words, complaint) => {
    expect(() => readOracleWish(words)).toThrow(complaint);
  });
});
