import { setTimeout as sleep } from 'node:timers/promises';
import type { CDPSession, Page } from 'playwright-core';
import { percentile } from '../report/statistics.ts';

/** How a page fared over a span of time. */
export interface PageLoad {
  readonly framesPerSecond: number;
  /** Time from one frame to the next, 99th percentile, ms. */
  readonly p99FrameMs: number;
  /** Part of the time in which the main thread was at work. */
  readonly busyShare: number;
  readonly scriptShare: number;
  /** Styles and layout. */
  readonly layoutShare: number;
  /** Elements and texts in the document at the end. */
  readonly domNodes: number;
  readonly heapMb: number;
}

/** A page that is hopelessly busy answers late; the span then counts as long as it really was. */
const ANSWER_DEADLINE_MS = 60_000;

/** Watches a page for `spanMs`. */
export const watchPage = async (page: Page, spanMs: number): Promise<PageLoad> => {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('Performance.enable');
  page.setDefaultTimeout(ANSWER_DEADLINE_MS);
  await page.evaluate(startCountingFrames);
  const before = await readMetrics(cdp);
  const startedAt = performance.now();
  await sleep(spanMs);
  const after = await readMetrics(cdp);
  const spanSeconds = (performance.now() - startedAt) / 1000;
  const frames = await page.evaluate(takeFrames);
  const domNodes = await page.evaluate(countNodes);
  await cdp.detach();
  const share = (name: string): number => ((after.get(name) ?? 0) - (before.get(name) ?? 0)) / spanSeconds;
  const intervals = frames.slice(1).map((at, index) => at - (frames[index] ?? at));
  return {
    framesPerSecond: intervals.length / (sumOf(intervals) / 1000),
    p99FrameMs: percentile(intervals, 0.99),
    busyShare: share('TaskDuration'),
    scriptShare: share('ScriptDuration'),
    layoutShare: share('LayoutDuration') + share('RecalcStyleDuration'),
    domNodes,
    heapMb: (after.get('JSHeapUsedSize') ?? Number.NaN) / 1e6,
  };
};

const sumOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);

const readMetrics = async (cdp: CDPSession): Promise<ReadonlyMap<string, number>> => {
  const { metrics } = await cdp.send('Performance.getMetrics');
  return new Map(metrics.map(({ name, value }) => [name, value]));
};

// The following run in the page.

declare global {
  interface Window {
    /** Instants of the frames since counting began, ms. */
    benchFrames?: number[];
  }
}

const startCountingFrames = (): void => {
  const frames: number[] = [];
  window.benchFrames = frames;
  const count = (at: number): void => {
    frames.push(at);
    requestAnimationFrame(count);
  };
  requestAnimationFrame(count);
};

const takeFrames = (): number[] => window.benchFrames ?? [];

const countNodes = (): number => {
  const walker = document.createTreeWalker(document, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
  let nodes = 0;
  while (walker.nextNode() !== null) nodes += 1;
  return nodes;
};
