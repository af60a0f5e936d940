import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import type { Bench, BenchContext } from '../bench-context.ts';
import { setPace } from '../live/pace.ts';
import { startFloorwatch, type Floorwatch } from '../processes/floorwatch.ts';
import { inform, judge, quantity, type BenchReport, type Finding } from '../report/finding.ts';
import { openBrowser, type OpenBrowser } from './chromium.ts';
import { watchPage, type PageLoad } from './frame-rate.ts';
import { openPlainList, openWall } from './pages.ts';

interface Floor {
  readonly agents: number;
  readonly changesPerSecond: number;
}

interface BrowserScale {
  readonly floor: Floor;
  /** A floor on which the plain list still moves. */
  readonly smallFloor: Floor;
  readonly spanMs: number;
}

const FULL: BrowserScale = {
  floor: { agents: 10_000, changesPerSecond: 500 },
  smallFloor: { agents: 5000, changesPerSecond: 200 },
  spanMs: 15_000,
};

const QUICK: BrowserScale = {
  floor: { agents: 2000, changesPerSecond: 200 },
  smallFloor: { agents: 1000, changesPerSecond: 100 },
  spanMs: 5000,
};

/** Design §14. */
const GOALS = { framesPerSecond: 58, p99FrameMs: 34, busyPercent: 35, domNodes: 6000 } as const;

/** After loading: code is compiled, images are drawn. */
const SETTLE_MS = 3000;

const run = async ({ isQuick, progress }: BenchContext): Promise<BenchReport> => {
  const { floor, smallFloor, spanMs } = isQuick ? QUICK : FULL;
  const browser = await openBrowser();
  const watch = async (open: () => Promise<Page>): Promise<PageLoad> => {
    const page = await open();
    await sleep(SETTLE_MS);
    const load = await watchPage(page, spanMs);
    await page.context().close();
    return load;
  };
  try {
    const [wall, plainList] = await onFloor(floor, async (floorwatch) => {
      progress(`the wall: ${sizeOf(floor)}`);
      const ours = await watch(() => openWall(browser, floorwatch, floor));
      progress(`the plain list: ${sizeOf(floor)}`);
      return [ours, await watch(() => openPlainList(browser, floorwatch, floor.agents))] as const;
    });
    const smallPlainList = await onFloor(smallFloor, async (floorwatch) => {
      progress(`the plain list: ${sizeOf(smallFloor)}`);
      return watch(() => openPlainList(browser, floorwatch, smallFloor.agents));
    });
    return {
      findings: findingsOf(sizeOf(floor), wall, plainList),
      notes: notesOf({ browser, spanMs, wall, plainList, small: `${sizeOf(smallFloor)}: ${describe(smallPlainList)}` }),
    };
  } finally {
    await browser.close();
  }
};

const onFloor = async <Result>(
  { agents, changesPerSecond }: Floor,
  work: (floorwatch: Floorwatch) => Promise<Result>,
): Promise<Result> => {
  const floorwatch = await startFloorwatch({ agents });
  try {
    await setPace(floorwatch, changesPerSecond);
    return await work(floorwatch);
  } finally {
    await floorwatch.stop();
  }
};

const sizeOf = ({ agents, changesPerSecond }: Floor): string =>
  `${String(agents)} agents × ${String(changesPerSecond)} changes/s`;

const findingsOf = (size: string, wall: PageLoad, peer: PageLoad): Finding[] => [
  judge({
    what: `browser, ${size}: frames a second`,
    goal: { value: wall.framesPerSecond, limit: GOALS.framesPerSecond, bound: 'at least' },
    peer: peer.framesPerSecond,
    unit: 'fps',
    digits: 1,
  }),
  judge({
    what: `browser, ${size}: p99 frame`,
    goal: { value: wall.p99FrameMs, limit: GOALS.p99FrameMs, bound: 'at most' },
    peer: peer.p99FrameMs,
    unit: 'ms',
    digits: 1,
  }),
  judge({
    what: `browser, ${size}: main thread busy`,
    goal: { value: wall.busyShare * 100, limit: GOALS.busyPercent, bound: 'at most' },
    peer: peer.busyShare * 100,
    unit: '%',
  }),
  judge({
    what: `browser, ${size}: DOM nodes (elements and texts)`,
    goal: { value: wall.domNodes, limit: GOALS.domNodes, bound: 'at most' },
    peer: peer.domNodes,
    unit: 'nodes',
  }),
  inform(`browser, ${size}: JavaScript heap`, quantity(wall.heapMb, 'MB')),
];

interface NoteFacts {
  readonly browser: OpenBrowser;
  readonly spanMs: number;
  readonly wall: PageLoad;
  readonly plainList: PageLoad;
  readonly small: string;
}

const notesOf = ({ browser, spanMs, wall, plainList, small }: NoteFacts): string[] => [
  `Headless Chromium ${browser.version}, 1440 × 900, drawing without a graphics card; ${String(spanMs / 1000)} s after the page had settled. Frames are those of requestAnimationFrame; "busy" is Chromium's own TaskDuration.`,
  'The peer is one React list of all agents with a new state for each event. It hears the same socket; the rows of a frame are handed to it one by one over the beat they were gathered in.',
  `The wall: ${describe(wall)}.`,
  `The plain list: ${describe(plainList)}. On a smaller floor, ${small}.`,
];

const describe = (load: PageLoad): string =>
  `${load.framesPerSecond.toFixed(1)} fps, p99 frame ${load.p99FrameMs.toFixed(0)} ms, main thread ${percent(load.busyShare)} busy (script ${percent(load.scriptShare)}, styles and layout ${percent(load.layoutShare)}), ${String(load.domNodes)} nodes, heap ${load.heapMb.toFixed(0)} MB`;

const percent = (share: number): string => `${(share * 100).toFixed(0)} %`;

export const browserLoad: Bench = {
  name: 'browser',
  summary: 'frames, main thread and DOM of the wall under load, against a plain React list',
  deadlineMs: 300_000,
  run,
};
