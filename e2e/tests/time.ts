import type { Locator } from '@playwright/test';
import { WallPage } from '../pages/wall-page.ts';
import { expect, story } from '../support/story.ts';

story.use({ agents: 40, speed: 1 });

/** Seconds of a `m:ss` timer. */
const secondsOn = async (tile: Locator): Promise<number> => {
  const [, minutes, seconds] =
    /^(?:≥ )?(\d+):(\d\d)$/.exec((await tile.locator('.tile__time').textContent()) ?? '') ?? [];
  return Number(minutes) * 60 + Number(seconds);
};

/** Seconds since an instant; the simulated organisation runs on this machine's clock. */
const secondsSince = (instant: string): number => (Date.now() - Date.parse(instant)) / 1000;

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
    await expect.poll(() => secondsOn(tile)).toBeGreaterThanOrEqual(3);
    expect(Math.abs((await secondsOn(tile)) - secondsSince(entry.at))).toBeLessThanOrEqual(1.5);
    await wall.page.reload();
    await expect(tile).toContainText('Training');
    expect(Math.abs((await secondsOn(tile)) - secondsSince(entry.at))).toBeLessThanOrEqual(1.5);
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
