import { WallPage } from '../pages/wall-page.ts';
import { Floor } from './floor.ts';
import { expect, test } from './watched-test.ts';

interface Stage {
  /** How many agents the floor has. */
  agents: number;
  /** How fast it moves; 0 stands still but for what the story does. */
  speed: number;
  /** When it opens by its own clock, ISO; empty for now. */
  startsAt: string;
  /** Whether people have to sign in. */
  signsIn: boolean;
  /** More settings for Floorwatch. */
  env: Readonly<Record<string, string>>;
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
  env: [{}, { option: true }],

  floor: async ({ agents, speed, startsAt, signsIn, env }, use, testInfo) => {
    const floor = await Floor.open({ agents, speed, signsIn, env, ...(startsAt !== '' && { startsAt }) });
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
