import { AgentPage } from '../pages/agent-page.ts';
import { expectAccessible } from '../support/expect-accessible.ts';
import type { Floor } from '../support/floor.ts';
import { expect, story } from '../support/story.ts';

story.use({ agents: 30, speed: 1, timezoneId: 'Europe/Berlin', locale: 'en-GB' });

/** Somebody who is on the floor for all of the story. */
const somebody = async ({ simulator }: Floor) => {
  const [agent] = (await simulator.truth()).agents;
  if (agent === undefined) throw new Error('Nobody is on this floor');
  return agent.userId;
};

story('a tile leads to its agent, and the way back to the place on the wall', async ({ floor, wall, page }) => {
  await page.setViewportSize({ width: 800, height: 400 });
  await wall.open(`${floor.url}/?sort=name&density=cards`);
  const scroller = page.locator('.grid');
  await scroller.evaluate((grid) => grid.scrollTo({ top: 300 }));
  const tile = wall.tileAt(14);
  await tile.hover();
  const scrolled = await scroller.evaluate((grid) => grid.scrollTop);
  const name = await tile.locator('.tile__name').innerText();
  await tile.click();
  const agent = new AgentPage(page);
  await expect(agent.name).toHaveText(name);
  await expect(page).toHaveTitle(`${name} · Floorwatch`);

  await page.goBack();
  await expect(wall.tileAt(14)).toBeInViewport();
  expect(await scroller.evaluate((grid) => grid.scrollTop)).toBe(scrolled);
  await expect(page).toHaveURL(/sort=name/);
  await page.keyboard.press('j'); // the keyboard stands where it was
  await expect(wall.linkAt(14)).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(agent.name).toHaveText(name);
  await page.getByRole('link', { name: 'Wall' }).click();
  await expect(wall.tileAt(14)).toBeInViewport();
  await expect(page).toHaveURL(/sort=name/);
});

story('the day grows while one looks, and a change is there without a request', async ({ floor, wall }) => {
  const { page } = wall;
  const id = await somebody(floor);
  const agent = new AgentPage(page);
  await floor.simulator.push({ userId: id, presence: { systemPresence: 'Training' } });
  await agent.open(floor.url, id);
  await expect.poll(async () => (await agent.changes(4)).flat().join(' ')).toContain('Training');
  await agent.lane('Presence').press('End');
  for (let step = 0; step < 14; step += 1) await agent.lane('Presence').press('+'); // about what one stands on
  await expect(agent.lane('Presence')).toHaveAttribute('aria-valuetext', /Training.*now/);
  await expect(page).toHaveURL(/zoom=/);

  const before = await agent.widthOf('Presence', 'training');
  await expect.poll(() => agent.widthOf('Presence', 'training')).toBeGreaterThan(before);

  const asked: string[] = [];
  page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  await floor.simulator.push({ userId: id, presence: { systemPresence: 'Meal' } });
  await expect.poll(() => agent.widthOf('Presence', 'meal'), { intervals: [50] }).toBeGreaterThan(0);
  expect(asked.filter((path) => path.endsWith('/history'))).toEqual([]);
  await expect(agent.lane('Presence')).toHaveAttribute('aria-valuetext', /Meal|Training/);

  await page.waitForResponse((response) => response.url().includes('kind=organisation'), { timeout: 40_000 });
  const told = (await agent.changes(40)).filter(([, lane, what]) => lane === 'Presence' && what?.includes('Meal'));
  expect(told.filter(([from]) => from === told[0]?.[0])).toHaveLength(1); // told by both, shown once
});

story(
  'presence and routing status are two facts, and where they disagree the timeline says so',
  async ({ floor, wall }) => {
    const id = await somebody(floor);
    await floor.simulator.freeze();
    await floor.simulator.push({ userId: id, presence: { systemPresence: 'On Queue' }, routingStatus: 'OFF_QUEUE' });
    const agent = new AgentPage(wall.page);
    await agent.open(floor.url, id);
    await expect(wall.page.locator('[data-fact="presence"]')).toContainText('On queue');
    await expect(wall.page.locator('[data-fact="routing"]')).toContainText('Off queue');
    await expect(wall.page.getByText('Not routed')).toBeVisible(); // once it has lasted
    await expect(agent.marks).toBeVisible();

    await expect
      .poll(async () => {
        await agent.marks.press('End');
        return agent.tooltip.innerText();
      })
      .toContain('Presence says on queue, routing says off queue');
  },
);

story('an address that leads nowhere says so', async ({ floor, wall }) => {
  await wall.page.goto(`${floor.url}/agents/nobody`);
  await expect(wall.page.getByRole('heading', { name: 'Nobody on the board has this id' })).toBeVisible();
  await wall.page.getByRole('link', { name: 'Go to the wall' }).click();
  await wall.tiles.first().waitFor();
});

story.describe('on the day the clocks go back', () => {
  story.use({ startsAt: '2026-10-26T10:00:00.000Z', agents: 30 });

  story('yesterday has 25 hours, and they add up', async ({ floor, wall }) => {
    const agent = new AgentPage(wall.page);
    await agent.open(floor.url, await somebody(floor), '?day=2026-10-25&zone=Europe/Berlin');
    await expect(agent.sum).toContainText('Together 25:00:00 of 25:00:00');
    await expect(agent.axis).toContainText('02:00 UTC+1');
    await expect(agent.part('Timeline')).toContainText('Europe/Berlin, UTC+2, then UTC+1');
    await agent.part('Availability').getByText('Table').click();
    await expect(agent.part('Availability').locator('tbody tr')).toHaveCount(25);
  });

  story('31 days come at once, and beyond what is kept it says what can be asked for', async ({ floor, wall }) => {
    const { page } = wall;
    const agent = new AgentPage(page);
    const id = await somebody(floor);
    await agent.open(floor.url, id, '?range=custom&from=2026-09-26T00:00&to=2026-10-27T00:00&zone=Europe/Berlin');
    await expect(agent.sum).toContainText('of 745:00:00');
    await expect(page.getByText(/days loaded/)).toBeHidden();
    expect(await page.locator('.timeline *').count()).toBeLessThan(2000);

    await page.goto(`${floor.url}/agents/${id}?day=2025-01-01&zone=Europe/Berlin`);
    await expect(page.getByText('Nothing of this time is kept any more')).toBeVisible();
    await page.getByRole('button', { name: 'Show the first whole day that is kept' }).click();
    await expect(agent.sum).toBeVisible();
  });
});

for (const theme of ['light', 'dark'] as const)
  story(`in ${theme} colours everything of the page can be read by everybody`, async ({ floor, wall }) => {
    const { page } = wall;
    const agent = new AgentPage(page);
    const id = await somebody(floor);
    await agent.open(floor.url, id, `?theme=${theme}`);
    await expect(agent.sum).toBeVisible();
    await expect(page.locator('.recharts-surface').first()).toBeVisible();
    await agent.lane('Presence').press('End');
    await expect(agent.tooltip).toBeVisible();
    await expectAccessible(page);
    await agent.open(floor.url, id, `?theme=${theme}&tables=availability,statuses,comparison`);
    await expect(agent.part('Time per status').getByRole('table')).toBeVisible();
    await expectAccessible(page);
    await page.emulateMedia({ media: 'print' });
    await expect(agent.part('Availability').getByRole('table')).toBeVisible();
    await expect(page.getByRole('button', { name: 'Zoom in' })).toBeHidden();
    await expect(page.getByText(/^As of .* \(Europe\/Berlin\)$/)).toBeVisible();
  });

story.describe('on a phone', () => {
  story.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

  story('the page fits, and nothing is cut off at the side', async ({ floor, wall }) => {
    const agent = new AgentPage(wall.page);
    await agent.open(floor.url, await somebody(floor));
    await expect(agent.sum).toBeVisible();
    expect(await wall.page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    for (const name of ['Presence', 'Routing', 'Activity', 'Schedule'] as const)
      await expect(agent.lane(name)).toBeVisible();
    await expect(agent.lane('Presence').locator('path').first()).toBeAttached();
    await agent.lane('Presence').tap({ position: { x: 20, y: 15 } });
    await expect(agent.tooltip).toBeVisible(); // and stays, for a finger cannot hover
    await agent.part('Availability').getByText('Table').tap();
    await expect(agent.tooltip).toBeHidden();
  });
});
