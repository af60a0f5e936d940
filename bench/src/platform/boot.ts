import { setTimeout as sleep } from 'node:timers/promises';
import type { Bench, BenchContext } from '../bench-context.ts';
import { startFloorwatch, type Floorwatch } from '../processes/floorwatch.ts';
import { until } from '../processes/until.ts';
import { inform, judge, quantity, type BenchReport } from '../report/finding.ts';

/** What the platform allows a token in a minute (API §3.4). */
const BUDGET_CALLS = 300;

/** What a floor of 10,000 may take of it once it is loaded. */
const STEADY_CALLS_PER_MINUTE = 30;

/** 10,000 agents at 800 a channel. */
const MOST_CHANNELS = 13;

/** The members of the queues are read last; they have to wait for the second and third minute of the budget. */
const SETTLED_BY_MS = 200_000;

const callsTo = async (floorwatch: Floorwatch): Promise<number> => {
  const { calls } = await floorwatch.simulator.state();
  return Object.values(calls).reduce((sum, count) => sum + count, 0);
};

/** Waits until everybody's queues are known, which are read last. */
const untilSettled = (url: string): Promise<true> =>
  until('the queues of every agent', SETTLED_BY_MS, async () => {
    const text = await (await fetch(`${url}/api/agents`)).text();
    return text.includes('"queueIds":null') ? null : true;
  });

/** Calls a minute, measured over `minutes`. */
const measureSteadyState = async (floorwatch: Floorwatch, minutes: number): Promise<number> => {
  const before = await callsTo(floorwatch);
  await sleep(minutes * 60_000);
  return ((await callsTo(floorwatch)) - before) / minutes;
};

const run = async ({ isQuick, progress }: BenchContext): Promise<BenchReport> => {
  const agents = isQuick ? 1000 : 10_000;
  progress(`${String(agents)} agents`);
  const floorwatch = await startFloorwatch({ agents });
  try {
    const { calls } = await floorwatch.simulator.state();
    const callCount = Object.values(calls).reduce((sum, count) => sum + count, 0);
    const { listeningAfterMs, completeAfterMs } = floorwatch;
    progress('waiting for the queues to be read');
    await untilSettled(floorwatch.url);
    const minutes = isQuick ? 1 : 3;
    progress(`counting calls for ${String(minutes)} minutes`);
    const steadyCalls = await measureSteadyState(floorwatch, minutes);
    const { channels } = await floorwatch.simulator.state();
    return {
      findings: [
        judge({
          what: `boot, ${String(agents)} agents: calls to the platform until the board is complete`,
          goal: { value: callCount, limit: BUDGET_CALLS, bound: 'at most' },
          unit: 'calls',
        }),
        judge({
          what: `steady state, ${String(agents)} agents: calls to the platform a minute`,
          goal: { value: Math.round(steadyCalls), limit: STEADY_CALLS_PER_MINUTE, bound: 'at most' },
          unit: 'calls',
        }),
        judge({
          what: `steady state, ${String(agents)} agents: notification channels`,
          goal: { value: channels.length, limit: MOST_CHANNELS, bound: 'at most' },
          unit: 'channels',
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
  summary: 'calls and time until the board of 10,000 agents is complete, and calls a minute from then on',
  deadlineMs: 600_000,
  run,
};
