import type { SimulatorControl } from '@floorwatch/genesys-simulator/client';
import { Board } from '@floorwatch/domain';
import { fromDeltaBody } from '@floorwatch/contracts';
import { loadList } from '../live/position.ts';
import type { Floorwatch } from '../processes/floorwatch.ts';
import { until } from '../processes/until.ts';
import type { Browser } from './browser.ts';
import { differencesOf, factsOfRows, factsOfTruth, type Facts } from './facts.ts';

/** After the last fault: channels come back, gaps are re-read, a pause of the budget ends, everybody is swept. */
const QUIET_DEADLINE_MS = 60_000;

const SAMPLE_OF_DIFFERENCES = 3;

interface QuietPoint {
  readonly floorwatch: Floorwatch;
  readonly browsers: readonly Browser[];
}

/** What a quiet point found. */
export interface QuietVerdict {
  /** From the end of all faults until everybody showed the truth, ms. */
  readonly settledAfterMs: number;
  readonly agents: number;
  /** Empty when the board and every browser show the truth. */
  readonly problems: readonly string[];
}

/**
 * Stops the floor, ends every fault and waits until the board and all browsers show the truth and events flow again;
 * then lets everybody be read once more, and looks again: what is true must stay true.
 */
export const reachQuiet = async ({ floorwatch, browsers }: QuietPoint): Promise<QuietVerdict> => {
  const { simulator } = floorwatch;
  await simulator.freeze();
  await simulator.switchAllOff();
  const { agents } = await simulator.truth();
  const truth = factsOfTruth(agents);
  const startedAt = performance.now();
  const isTrue = async (): Promise<boolean> => (await differences(floorwatch, browsers, truth)).length === 0;
  const isSettled = await until('the truth on every board', QUIET_DEADLINE_MS, async () =>
    browsers.every(({ upstream }) => upstream?.state === 'live') && (await isTrue()) ? true : null,
  ).catch(() => false);
  const settledAfterMs = performance.now() - startedAt;
  if (isSettled) await everybodyReadAgain(simulator, agents.length);
  const problems = await differences(floorwatch, browsers, truth);
  const notLive = browsers.filter(({ upstream }) => upstream?.state !== 'live');
  return {
    settledAfterMs,
    agents: agents.length,
    problems: [
      ...problems,
      ...notLive.map(({ name, upstream }) => `${name} is told: ${upstream?.message ?? 'nothing'}`),
    ],
  };
};

/** Waits for a round of the sweep and one of the registry that began after now. */
const everybodyReadAgain = async (simulator: SimulatorControl, agents: number): Promise<void> => {
  const reads = async (): Promise<number> => (await simulator.state()).calls['getUsers'] ?? 0;
  const wanted = (await reads()) + 4 * Math.ceil(agents / 100);
  await until('another sweep', QUIET_DEADLINE_MS, async () => ((await reads()) >= wanted ? true : null));
};

const differences = async (floorwatch: Floorwatch, browsers: readonly Browser[], truth: Facts): Promise<string[]> => {
  const latecomer = await readBoard(floorwatch.url);
  const boards = [{ name: 'GET /api/agents', board: latecomer }, ...browsers];
  return boards.flatMap(({ name, board }) => {
    const found = differencesOf(truth, factsOfRows(board.rows()));
    const sample = found.slice(0, SAMPLE_OF_DIFFERENCES).map((text) => `${name}: ${text}`);
    return found.length > SAMPLE_OF_DIFFERENCES
      ? [...sample, `${name}: ${String(found.length)} agents in all`]
      : sample;
  });
};

const readBoard = async (url: string): Promise<Board> => {
  const { epoch, version, cards, rows } = await loadList(url);
  const board = new Board(epoch);
  const patch = fromDeltaBody({ from: 0, to: version, cards, rows, removed: [] }, () => null);
  if (patch === 'gap') throw new Error('the list names an agent without a card');
  board.applyPatch(patch);
  return board;
};
