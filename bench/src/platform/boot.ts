import type { Bench, BenchContext } from '../bench-context.ts';
import { startFloorwatch } from '../processes/floorwatch.ts';
import { inform, judge, quantity, type BenchReport } from '../report/finding.ts';

/** What the platform allows a token in a minute (API §3.4). */
const BUDGET_CALLS = 300;

const run = async ({ isQuick, progress }: BenchContext): Promise<BenchReport> => {
  const agents = isQuick ? 1000 : 10_000;
  progress(`${String(agents)} agents`);
  const floorwatch = await startFloorwatch({ agents });
  try {
    const { calls } = await floorwatch.simulator.state();
    const callCount = Object.values(calls).reduce((sum, count) => sum + count, 0);
    const { listeningAfterMs, completeAfterMs } = floorwatch;
    return {
      findings: [
        judge({
          what: `boot, ${String(agents)} agents: calls to the platform until the board is complete`,
          goal: { value: callCount, limit: BUDGET_CALLS, bound: 'at most' },
          unit: 'calls',
        }),
        inform(
          `boot, ${String(agents)} agents: from start to complete board`,
          quantity(completeAfterMs / 1000, 's', 1),
        ),
      ],
      notes: [
        `The goal is the platform's budget of one minute. Until it listened ${quantity(listeningAfterMs / 1000, 's', 1)} passed, the start of the simulator included. Calls: ${Object.entries(
          calls,
        )
          .map(([operation, count]) => `${operation} ${String(count)}`)
          .join(', ')}.`,
      ],
    };
  } finally {
    await floorwatch.stop();
  }
};

export const boot: Bench = {
  name: 'boot',
  summary: 'calls and time until the board of 10,000 agents is complete',
  deadlineMs: 240_000,
  run,
};
