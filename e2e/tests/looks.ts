import { expectAccessible } from '../support/expect-accessible.ts';
import { expect, story } from '../support/story.ts';

story.use({ agents: 40, speed: 0 });

for (const theme of ['light', 'dark'] as const)
  story(`in ${theme} colours every state of the page can be read by everybody`, async ({ floor, wall }) => {
    const { page } = wall;
    const { keyboard } = page;
    await wall.open(`${floor.url}/?theme=${theme}`);
    await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', theme);
    await expectAccessible(page);

    await page.getByRole('button', { name: /^Division/ }).click();
    await expect(page.getByRole('dialog', { name: 'Division' })).toBeVisible();
    await expectAccessible(page);
    await keyboard.press('Escape');

    await keyboard.press('?');
    await expect(page.getByRole('dialog', { name: 'Keys and signs' })).toBeVisible();
    await expectAccessible(page);
    await keyboard.press('Escape');

    await expect(page.getByRole('dialog', { name: 'Keys and signs' })).toBeHidden(); // its keys are its own until then
    await keyboard.press('h');
    await expect(page.getByRole('dialog', { name: 'Floor health' })).toContainText('Every agent’s events arrive');
    await expectAccessible(page);
    await keyboard.press('Escape');

    await wall.search.fill('nobody is called this');
    await expect(page.getByRole('heading', { name: 'Nobody matches right now' })).toBeVisible();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Show everybody' }).click();

    await floor.killFloorwatch();
    await expect(wall.pill).toContainText('Late', { timeout: 20_000 });
    await expectAccessible(page);
  });

story('the theme is a choice that stays, and a link can carry it', async ({ floor, wall }) => {
  const html = wall.page.locator('html');
  await wall.page.emulateMedia({ colorScheme: 'dark' });
  await wall.open(floor.url);
  await expect(html).toHaveAttribute('data-mantine-color-scheme', 'dark'); // as the computer prefers
  await wall.page.keyboard.press('t');
  await expect(html).toHaveAttribute('data-mantine-color-scheme', 'light');
  await expect(wall.page).toHaveURL(/theme=light/);
  await wall.open(floor.url);
  await expect(html).toHaveAttribute('data-mantine-color-scheme', 'light');
  await wall.open(`${floor.url}/?theme=dark`);
  await expect(html).toHaveAttribute('data-mantine-color-scheme', 'dark');
});

story.describe('on a phone', () => {
  story.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

  story('the wall fits, can be filtered, and every agent can be reached', async ({ floor, wall }) => {
    const { page } = wall;
    await wall.open(floor.url);
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(width).toBeLessThanOrEqual(390);
    await expect(wall.pill).toBeInViewport();
    await expect(wall.tileAt(1)).toBeInViewport();
    expect((await wall.readAllTiles()).size).toBe(40);
    await page.getByRole('button', { name: 'Filters' }).tap();
    const inDivision = await wall.choose('Division', 'EMEA');
    await expect(wall.shown).toHaveText(`${String(inDivision)} of 40 agents`);
    expect((await wall.readAllTiles()).size).toBe(inDivision);
    await expectAccessible(page);
  });
});
