import { setTimeout as sleep } from 'node:timers/promises';
import type { Bench, BenchContext } from '../bench-context.ts';
import { startFloorwatch } from '../processes/floorwatch.ts';
import { readFloorwatchMemory } from '../processes/process-usage.ts';
import { inform, judge, quantity, type BenchReport } from '../report/finding.ts';
import { median } from '../report/statistics.ts';

const AGENTS = 1000;
/** The fastest the simulated floor can live. */
const SPEED = 60;
const SAMPLE_EVERY_MS = 500;
/** Growth that is the ebb and flow of garbage collection, in percent. */
const FLAT_PERCENT = 5;

const run = async ({ isQuick, progress }: BenchContext): Promise<BenchReport> => {
  const spanMs = isQuick ? 20_000 : 180_000;
  const floorwatch = await startFloorwatch({ agents: AGENTS, speed: SPEED });
  try {
    progress(`${hours(spanMs)} of the floor's time`);
    const samples: number[] = [];
    for (const endAt = performance.now() + spanMs; performance.now() < endAt; await sleep(SAMPLE_EVERY_MS))
      samples.push((await readFloorwatchMemory(floorwatch.bff.pid)) / 1e6);
    return reportOf(samples, hours(spanMs));
  } finally {
    await floorwatch.stop();
  }
};

const hours = (spanMs: number): string => `${((spanMs * SPEED) / 3_600_000).toFixed(1)} simulated hours`;

/** The first quarter is start-up; what matters is whether the last one is higher than the second. */
const reportOf = (samples: readonly number[], span: string): BenchReport => {
  const quarter = Math.ceil(samples.length / 4);
  const early = median(samples.slice(quarter, 2 * quarter));
  const late = median(samples.slice(-quarter));
  return {
    findings: [
      judge({
        what: `memory of BFF and embedded database, growth over ${span}, ${String(AGENTS)} agents (scaled down from 24 hours)`,
        goal: { value: (late / early - 1) * 100, limit: FLAT_PERCENT, bound: 'at most' },
        unit: '%',
        digits: 1,
      }),
      inform(
        `memory of BFF and embedded database with ${String(AGENTS)} agents at ${String(SPEED)} times the pace`,
        quantity(late, 'MB'),
      ),
    ],
    notes: [
      `The floor lives ${String(SPEED)} times as fast as real. Resident memory of the two processes: median of the second quarter of the span ${quantity(early, 'MB')}, of the last ${quantity(late, 'MB')}, highest ${quantity(Math.max(...samples), 'MB')}.`,
    ],
  };
};

export const memory: Bench = {
  name: 'memory',
  summary: 'whether the memory of BFF and database stays flat over hours of the floor',
  deadlineMs: 300_000,
  run,
};
