import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import type { Bench, BenchContext } from '../bench-context.ts';
import { ClientFleet } from '../fan-out/client-fleet.ts';
import { startFloorwatch, type Floorwatch } from '../processes/floorwatch.ts';
import { inform, judge, quantity, type BenchReport } from '../report/finding.ts';
import { percentile } from '../report/statistics.ts';
import { openBrowser } from './chromium.ts';
import { openWall } from './pages.ts';

/** Design §14: 50 browsers are one Chromium that is measured and 49 plain sockets. */
const AGENTS = 1000;
const OTHER_BROWSERS = 49;
const GOAL_MS = 250;

/** Events come at any moment of the server's beat: wait up to this long between two, ms. */
const SPREAD_MS = 150;

const SEEN_DEADLINE_MS = 10_000;

const run = async ({ isQuick, progress }: BenchContext): Promise<BenchReport> => {
  const samples = isQuick ? 20 : 150;
  const floorwatch = await startFloorwatch({ agents: AGENTS });
  const others = new ClientFleet(1);
  const browser = await openBrowser();
  try {
    const { socketUrl, url } = floorwatch;
    await others.connect({ socketUrl, sockets: OTHER_BROWSERS, speak: 'floorwatch', url });
    const page = await openWall(browser, floorwatch, { agents: AGENTS, search: '?sort=name' });
    const agentIds = await page.evaluate(agentsInSight);
    progress(`${String(samples)} changes of ${String(agentIds.length)} agents in sight`);
    const delays: number[] = [];
    for (let sample = 0; sample < samples; sample += 1) {
      const agentId = agentIds[sample % agentIds.length];
      if (agentId === undefined) throw new Error('no agent is in sight');
      await sleep(Math.random() * SPREAD_MS);
      delays.push(await timeOne(floorwatch, page, agentId));
    }
    return reportOf(delays);
  } finally {
    await browser.close();
    await others.stop();
    await floorwatch.stop();
  }
};

/** Changes one agent's presence on the platform. @returns after how long the tile had been drawn anew, ms */
const timeOne = async ({ simulator }: Floorwatch, page: Page, userId: string): Promise<number> => {
  const shown = await page.evaluate(waitForNextLook, userId);
  const systemPresence = shown.includes('Break') ? 'Meal' : 'Break';
  const startedAt = performance.timeOrigin + performance.now();
  await simulator.push({ userId, presence: { systemPresence } });
  const drawnAt = await page.evaluate((deadlineMs) => {
    const tooLate = new Promise<number>((_, reject) => {
      setTimeout(() => {
        reject(new Error('the tile did not change'));
      }, deadlineMs);
    });
    return Promise.race([window.benchDrawnAt ?? tooLate, tooLate]);
  }, SEEN_DEADLINE_MS);
  return drawnAt - startedAt;
};

declare global {
  interface Window {
    /** When the awaited tile's new look was on the screen, ms since 1970. */
    benchDrawnAt?: Promise<number>;
  }
}

// The following run in the page.

const agentsInSight = (): string[] =>
  [...document.querySelectorAll<HTMLElement>('[data-agent-id]')]
    .filter((tile) => {
      const { top, bottom } = tile.getBoundingClientRect();
      return top >= 0 && bottom <= window.innerHeight;
    })
    .flatMap((tile) => tile.dataset['agentId'] ?? []);

/** @returns the presence the tile shows now; `benchDrawnAt` resolves once it shows another, after that frame was drawn */
const waitForNextLook = (agentId: string): string => {
  const presenceOf = (): string =>
    document.querySelector(`[data-agent-id="${agentId}"] .tile__fact--presence`)?.textContent ?? '';
  const before = presenceOf();
  window.benchDrawnAt = new Promise((resolve) => {
    const afterFrame = new MessageChannel();
    afterFrame.port1.onmessage = () => {
      resolve(performance.timeOrigin + performance.now());
    };
    const observer = new MutationObserver(() => {
      if (presenceOf() === before) return;
      observer.disconnect();
      requestAnimationFrame(() => {
        afterFrame.port2.postMessage(null);
      });
    });
    observer.observe(document.body, { subtree: true, childList: true, characterData: true });
  });
  return before;
};

const reportOf = (delays: readonly number[]): BenchReport => ({
  findings: [
    judge({
      what: `event → pixel, p95, ${String(AGENTS)} agents, ${String(OTHER_BROWSERS + 1)} browsers`,
      goal: { value: percentile(delays, 0.95), limit: GOAL_MS, bound: 'at most' },
      unit: 'ms',
    }),
    inform('event → pixel, median', quantity(percentile(delays, 0.5), 'ms')),
  ],
  notes: [
    `${String(delays.length)} changes of presence, made over the simulator's control API at any moment of the server's beat. From just before that call to after the frame in which the tile showed it; slowest ${quantity(Math.max(...delays), 'ms')}. The order is by name, so that tiles stay where they are.`,
  ],
});

export const eventToPixel: Bench = {
  name: 'event-to-pixel',
  summary: 'from a change on the platform to the drawn tile, with 50 browsers',
  deadlineMs: 240_000,
  run,
};
