import { Floor } from '../support/floor.ts';
import { expect, story } from '../support/story.ts';

story('while the floor is being loaded the page says how far it is, and then shows it', async ({ wall }) => {
  const floor = await Floor.start({ agents: 2000, speed: 1 }, (simulator) =>
    simulator.switchOn('slow', { delayMs: 1000 }),
  );
  try {
    expect((await fetch(`${floor.url}/readyz`)).status).toBe(503);
    await wall.page.goto(floor.url);
    await expect(wall.page.getByText(/[1-9][\d,]* of 2,000 agents are live/).first()).toBeVisible();
    await floor.simulator.switchOff('slow');
    await expect(wall.shown).toHaveText('2,000 of 2,000 agents');
    await expect(wall.banner).toBeHidden();
    expect((await fetch(`${floor.url}/readyz`)).status).toBe(200);
  } finally {
    await floor.close();
  }
});

story('a list that cannot be loaded is explained, and is there as soon as it can', async ({ floor, wall }) => {
  const { page } = wall;
  let tries = 0;
  await page.route('**/api/agents', (route) => {
    tries += 1;
    return route.abort('connectionrefused');
  });
  await page.goto(floor.url);
  await expect(page.getByRole('heading', { name: 'The agents could not be loaded' })).toBeVisible();
  await expect(page.getByText(/from this browser to Floorwatch/)).toBeVisible();
  const triesBefore = tries;
  await page.getByRole('button', { name: 'Try now' }).click(); // while it fails: the page also tries by itself
  await expect.poll(() => tries).toBeGreaterThan(triesBefore);
  await page.unroute('**/api/agents');
  await expect(wall.shown).toHaveText('60 of 60 agents');
});

story('a page of an older release loads itself again once, and then says what to do', async ({ floor, wall }) => {
  const { page } = wall;
  await page.addInitScript(() => {
    const RealSocket = WebSocket;
    class OlderSocket extends RealSocket {
      constructor(url: string | URL) {
        super(String(url).replace(/protocol=\d+/, 'protocol=0'));
      }
    }
    Object.defineProperty(globalThis, 'WebSocket', { value: OlderSocket });
  });
  let loads = 0;
  page.on('load', () => {
    loads += 1;
  });
  await page.goto(floor.url);
  await expect(wall.banner).toContainText('loading it again did not help');
  expect(loads).toBe(2);
});
