import { afterEach, expect, test } from 'vitest';
import { stopEverything } from '../processes/teardown.ts';
import { describeResult } from './chaos-report.ts';
import { runSeed } from './run-seed.ts';
import { describePhase, drawSchedule } from './schedule.ts';

const MINUTES = 0.2;
const AGENTS = 120;

afterEach(stopEverything);

test.each([1, 2, 3])('chaos with seed %i loses, doubles and invents nothing', { timeout: 240_000 }, async (seed) => {
  const result = await runSeed({ seed, minutes: MINUTES, agents: AGENTS, progress: () => undefined });
  const schedule = drawSchedule(seed, MINUTES).flatMap(describePhase).join('\n');
  const again = `pnpm chaos --seed ${String(seed)} --minutes ${String(MINUTES)} --agents ${String(AGENTS)}`;
  expect(result.problems, `${schedule}\n${describeResult(result)}\nagain: ${again}`).toEqual([]);
  expect(result.stream.happened).toBeGreaterThan(50);
  expect(result.quietPoints).toHaveLength(3);
});
