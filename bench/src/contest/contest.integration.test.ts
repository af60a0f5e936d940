import { afterEach, expect, it } from 'vitest';
import { stopEverything } from '../processes/teardown.ts';
import { runContest } from './run-contest.ts';

afterEach(stopEverything);

it(
  'of two people who change the same agent at once, under faults, one wins, the other is told, and nobody is overwritten unseen',
  { timeout: 180_000 },
  async () => {
    const verdict = await runContest({ rounds: 60, agents: 30, seed: 7, lanes: 4, progress: () => undefined });
    expect(verdict.problems).toEqual([]);
    expect(verdict.twoWinners).toBe(0);
    expect(verdict.oneWinner).toBeGreaterThan(40);
    expect(verdict.told).toBeGreaterThan(40);
    expect(verdict.auditedAsAccepted).toBe(verdict.platformWrites);
    expect(verdict.ownChanges).toBeGreaterThan(10);
  },
);
