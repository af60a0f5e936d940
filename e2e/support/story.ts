import { expect, test } from '@playwright/test';
import { WallPage } from '../pages/wall-page.ts';
import { Floor } from './floor.ts';

interface Stage {
  /** How many agents the floor has. */
  agents: number;
  /** How fast it moves; 0 stands still but for what the story does. */
  speed: number;
  /** When it opens by its own clock, ISO; empty for now. */
  startsAt: string;
  /** Whether people have to sign in. */
  signsIn: boolean;
  floor: Floor;
  /** A browser page; opened by the story. */
  wall: WallPage;
}

/** A story: a floor of its own, and a page that may not fail while the story goes on. */
export const story = test.extend<Stage>({
  agents: [60, { option: true }],
  speed: [1, { option: true }],
  startsAt: ['', { option: true }],
  signsIn: [false, { option: true }],

  floor: async ({ agents, speed, startsAt, signsIn }, use, testInfo) => {
    const floor = await Floor.open({ agents, speed, signsIn, ...(startsAt !== '' && { startsAt }) });
    await use(floor);
    const log = await floor.close();
    if (testInfo.status !== testInfo.expectedStatus)
      await testInfo.attach('floorwatch.log', { body: log, contentType: 'text/plain' });
  },

  wall: async ({ page }, use) => {
    const faults: string[] = [];
    page.on('pageerror', (error) => faults.push(error.message));
    await use(new WallPage(page));
    expect(faults, 'the page failed while the story went on').toEqual([]);
  },
});

export { expect };
