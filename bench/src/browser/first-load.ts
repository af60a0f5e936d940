import { gzipSync } from 'node:zlib';
import type { Response } from 'playwright-core';
import type { Bench, BenchContext } from '../bench-context.ts';
import { startFloorwatch, type Floorwatch } from '../processes/floorwatch.ts';
import { judge, type BenchReport } from '../report/finding.ts';
import { median } from '../report/statistics.ts';
import { openBrowser, type OpenBrowser } from './chromium.ts';
import { allOnTheWall } from './pages.ts';

/** Design §14. */
const GOALS = { usableMs: 1500, scriptKb: 220 } as const;

/** Words that only charts bring along. */
const CHART_WORDS = ['recharts', 'uPlot'];

interface FirstLoad {
  readonly usableMs: number;
  readonly scriptKb: number;
  readonly hasCharts: boolean;
}

const run = async ({ isQuick, progress }: BenchContext): Promise<BenchReport> => {
  const agents = isQuick ? 1000 : 10_000;
  const visits = isQuick ? 2 : 7;
  const floorwatch = await startFloorwatch({ agents });
  const browser = await openBrowser();
  try {
    await visit(browser, floorwatch, agents); // the first visitor after a start pays for the list's compression
    const loads: FirstLoad[] = [];
    for (let count = 1; count <= visits; count += 1) {
      progress(`visit ${String(count)} of ${String(visits)}, each with an empty cache`);
      loads.push(await visit(browser, floorwatch, agents));
    }
    return reportOf(loads, agents);
  } finally {
    await browser.close();
    await floorwatch.stop();
  }
};

const visit = async (browser: OpenBrowser, { url }: Floorwatch, agents: number): Promise<FirstLoad> => {
  const page = await browser.newPage();
  const scripts: Response[] = [];
  page.on('response', (response) => {
    if (response.request().resourceType() === 'script') scripts.push(response);
  });
  await page.addInitScript(noteWhenComplete, allOnTheWall(agents));
  await page.goto(url, { waitUntil: 'commit' });
  const complete = await page.waitForFunction(() => window.benchCompleteAt ?? null, null, { polling: 50 });
  const usableMs = Number(await complete.jsonValue());
  const bodies = await Promise.all(scripts.map((response) => response.body()));
  await page.context().close();
  return {
    usableMs,
    scriptKb: bodies.reduce((sum, body) => sum + gzipSync(body, { level: 9 }).length, 0) / 1000,
    hasCharts: bodies.some((body) => CHART_WORDS.some((word) => body.includes(word))),
  };
};

declare global {
  interface Window {
    /** When the wall said that all agents are on it, ms since navigation began. */
    benchCompleteAt?: number;
  }
}

/** Runs in the page, ahead of everything else. */
const noteWhenComplete = (words: string): void => {
  const look = (): void => {
    if (document.querySelector('body')?.textContent.includes(words) === true)
      window.benchCompleteAt = performance.now();
    else requestAnimationFrame(look);
  };
  look();
};

const reportOf = (loads: readonly FirstLoad[], agents: number): BenchReport => ({
  findings: [
    judge({
      what: `first load, ${String(agents)} agents: navigation → all rows usable`,
      goal: { value: median(loads.map(({ usableMs }) => usableMs)), limit: GOALS.usableMs, bound: 'at most' },
      unit: 'ms',
    }),
    judge({
      what: 'first load: initial JavaScript, gzip',
      goal: { value: median(loads.map(({ scriptKb }) => scriptKb)), limit: GOALS.scriptKb, bound: 'at most' },
      unit: 'kB',
    }),
    judge({
      what: 'first load: visits whose initial JavaScript held a chart library',
      goal: { value: loads.filter(({ hasCharts }) => hasCharts).length, limit: 0, bound: 'at most' },
      unit: 'visits',
    }),
  ],
  notes: [
    `Median of ${String(loads.length)} visits, each by a browser context with an empty cache, after one that is not counted: ${loads.map(({ usableMs }) => usableMs.toFixed(0)).join(', ')} ms.`,
    `Usable: in a frame the wall says "${allOnTheWall(agents)}". JavaScript: every script the page had loaded by then, at gzip level 9.`,
  ],
});

export const firstLoad: Bench = {
  name: 'first-load',
  summary: 'time until the wall is complete, and the JavaScript it takes',
  deadlineMs: 240_000,
  run,
};
