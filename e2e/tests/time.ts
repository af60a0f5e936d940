import type { Locator } from '@playwright/test';
import { WallPage } from '../pages/wall-page.ts';
import { expect, story } from '../support/story.ts';

story.use({ agents: 40, speed: 1 });

/** Seconds of a `m:ss` timer. */
const secondsIn = (time: string): number => {
  const [, minutes, seconds] = /^(?:≥ )?(\d+):(\d\d)$/.exec(time) ?? [];
  return Number(minutes) * 60 + Number(seconds);
};

/**
 * What a tile's timer says the next time it changes, and when it said so (ms). Between two beats a timer is right about
 * the last one only, up to a second ago, and more on a busy machine: so it is judged at a beat.
 */
const nextBeat = (tile: Locator): Promise<{ readonly text: string; readonly at: number }> =>
  tile.evaluate(
    (element) =>
      new Promise((resolve) => {
        const timeOf = (): string => element.querySelector('.tile__time')?.textContent ?? '';
        const before = timeOf();
        const observer = new MutationObserver(() => {
          if (timeOf() === before) return;
          observer.disconnect();
          resolve({ text: timeOf(), at: Date.now() });
        });
        observer.observe(element, { subtree: true, childList: true, characterData: true });
      }),
  );

/** How well a page knows the platform's clock, s. */
const CLOCK_ERROR = 0.5;

/** At each beat whole seconds are shown; the simulated organisation runs on this machine's clock. */
const expectTrueTime = async (tile: Locator, instant: string): Promise<void> => {
  const { text, at } = await nextBeat(tile);
  const hidden = (at - Date.parse(instant)) / 1000 - secondsIn(text);
  expect(hidden).toBeGreaterThanOrEqual(-CLOCK_ERROR);
  expect(hidden).toBeLessThanOrEqual(1 + CLOCK_ERROR);
};

story(
  'time in activity counts from the platform’s own instant, ticks, and survives a reload',
  async ({ floor, wall }) => {
    const { simulator } = floor;
    const { agents } = await simulator.truth();
    const agent = agents.find(({ presence }) => presence.systemPresence === 'Meal') ?? agents[0];
    if (agent === undefined) throw new Error('Nobody is on this floor');
    await wall.open(floor.url);
    const [entry] = await simulator.push({ userId: agent.userId, presence: { systemPresence: 'Training' } });
    if (entry === undefined) throw new Error('The push changed nothing');
    const tile = wall.tileOf(agent.userId);
    await expect(tile).toContainText('Training');
    await expect
      .poll(async () => secondsIn((await tile.locator('.tile__time').textContent()) ?? ''))
      .toBeGreaterThanOrEqual(3);
    await expectTrueTime(tile, entry.at);
    await wall.page.reload();
    await expect(tile).toContainText('Training');
    await expectTrueTime(tile, entry.at);
  },
);

for (const [direction, shiftMs] of [
  ['fast', 3_600_000],
  ['slow', -3_600_000],
] as const)
  story(
    `a computer whose clock is an hour ${direction} shows the same times and the same age`,
    async ({ floor, wall, browser }) => {
      const context = await browser.newContext();
      await context.addInitScript(shiftClock, shiftMs);
      const wrong = new WallPage(await context.newPage());
      await wall.open(`${floor.url}/?sort=name`);
      await wrong.open(`${floor.url}/?sort=name`);
      await expect(wrong.pill).toHaveText(/^Live\s*[0-5] s$/);
      await expect
        .poll(async () => {
          const [right, shifted] = await Promise.all([wall.timesInSight(), wrong.timesInSight()]);
          return right.length === shifted.length && right.every((time, index) => isNear(time, shifted[index]));
        })
        .toBe(true);
      await context.close();
    },
  );

/** Two screens read a moment apart: the same time, or a second or minute more. */
const isNear = (a: string, b = ''): boolean => Math.abs(inSeconds(a) - inSeconds(b)) <= (a.includes('h') ? 60 : 2);

const inSeconds = (time: string): number => {
  const [, whole, part] = /(\d+):(\d\d)/.exec(time) ?? [];
  return (Number(whole) * 60 + Number(part)) * (time.includes('h') ? 60 : 1);
};

/** Runs in the page before anything else: the whole computer's clock is wrong, not only one reading of it. */
const shiftClock = (ms: number): void => {
  const RealDate = Date;
  class WrongDate extends RealDate {
    constructor(...parts: [] | [number | string]) {
      if (parts.length === 0) super(RealDate.now() + ms);
      else super(parts[0]);
    }

    static override now(): number {
      return RealDate.now() + ms;
    }
  }
  const { timeOrigin } = performance;
  Object.defineProperty(performance, 'timeOrigin', { get: () => timeOrigin + ms });
  Object.defineProperty(globalThis, 'Date', { value: WrongDate });
};
