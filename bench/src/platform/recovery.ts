import { setTimeout as sleep } from 'node:timers/promises';
import type { Board } from '@floorwatch/domain';
import type { AgentTruth, SimulatorControl } from '@floorwatch/genesys-simulator/client';
import type { Bench, BenchContext } from '../bench-context.ts';
import { Replica } from '../live/replica.ts';
import { startFloorwatch } from '../processes/floorwatch.ts';
import { until } from '../processes/until.ts';
import { judge, type BenchReport } from '../report/finding.ts';

/** Design §14. */
const AGENTS = 1000;
const GOAL_SECONDS = 5;
const OUTAGES = 3;

const RECOVERY_DEADLINE_MS = 90_000;

interface Outage {
  /** From the moment the platform was back until the browser held the exact state, s. */
  readonly recoverySeconds: number;
  /** Agents who were not as in truth when the platform came back. */
  readonly wrongAgents: number;
}

const run = async ({ isQuick, progress }: BenchContext): Promise<BenchReport> => {
  const outageMs = isQuick ? 10_000 : 60_000;
  const outages: Outage[] = [];
  const floorwatch = await startFloorwatch({ agents: AGENTS });
  const browser = await Replica.connect(floorwatch);
  try {
    for (let count = 1; count <= OUTAGES; count += 1) {
      progress(`outage ${String(count)} of ${String(OUTAGES)}: the platform is gone for ${String(outageMs / 1000)} s`);
      outages.push(await sufferOutage(floorwatch.simulator, browser, outageMs));
    }
    return reportOf(outages, outageMs);
  } finally {
    browser.close();
    await floorwatch.stop();
  }
};

const sufferOutage = async (simulator: SimulatorControl, browser: Replica, outageMs: number): Promise<Outage> => {
  await breakPlatform(simulator);
  await sleep(outageMs);
  await simulator.freeze(); // the truth stands still, so that there is one to be compared with
  const { agents } = await simulator.truth();
  const wrongAgents = countWrong(browser.board, agents);
  await simulator.switchAllOff();
  const backAt = performance.now();
  await until('the exact state in the browser', RECOVERY_DEADLINE_MS, () =>
    countWrong(browser.board, agents) === 0 ? true : null,
  );
  const recoverySeconds = (performance.now() - backAt) / 1000;
  await simulator.setSpeed(1);
  return { recoverySeconds, wrongAgents };
};

const breakPlatform = async (simulator: SimulatorControl): Promise<void> => {
  await simulator.switchOn('platform-5xx', { side: 'both' });
  await simulator.switchOn('sockets-refused');
  await simulator.switchOn('socket-cut');
};

/** Agents of whom the board says something else than what is true. */
const countWrong = (board: Board, truth: readonly AgentTruth[]): number => {
  const rows = new Map([...board.rows()].map((row) => [String(row.profile.id), row]));
  return truth.filter(({ userId, presence, routingStatus }) => {
    const state = rows.get(userId)?.state;
    return (
      state?.presence?.definitionId !== presence.definitionId ||
      state.presence.since.at !== Date.parse(presence.modifiedDate) ||
      state.routing?.since.at !== Date.parse(routingStatus.startTime)
    );
  }).length;
};

const reportOf = (outages: readonly Outage[], outageMs: number): BenchReport => ({
  findings: [
    judge({
      what: `recovery, exact state in a browser after an outage of ${String(outageMs / 1000)} s, ${String(AGENTS)} agents`,
      goal: {
        value: Math.max(...outages.map(({ recoverySeconds }) => recoverySeconds)),
        limit: GOAL_SECONDS,
        bound: 'at most',
      },
      unit: 's',
      digits: 1,
    }),
  ],
  notes: [
    `The slowest of ${String(OUTAGES)} outages, for the waits between tries are random: ${outages.map(({ recoverySeconds }) => recoverySeconds.toFixed(1)).join(', ')} s.`,
    `Login and API answer 503, sockets are cut and refused, the floor goes on: ${outages.map(({ wrongAgents }) => String(wrongAgents)).join(', ')} agents on the board were not as in truth when the platform came back. Then the floor is frozen, and the clock runs until every agent's presence and routing instants in a browser's replica equal the simulator's truth.`,
  ],
});

export const recovery: Bench = {
  name: 'recovery',
  summary: 'time to the exact state after the platform was gone for a minute',
  deadlineMs: 480_000,
  run,
};
