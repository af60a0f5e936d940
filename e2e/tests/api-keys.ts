import type { Page } from '@playwright/test';
import { expectAccessible } from '../support/expect-accessible.ts';
import { currentWatch } from '../support/secret-watch.ts';
import { expect, story } from '../support/story.ts';

story.use({ agents: 30, speed: 1, signsIn: true });

const signIn = async (page: Page, address: string, person: RegExp): Promise<void> => {
  await page.goto(address);
  await page.getByRole('link', { name: 'Sign in with Genesys Cloud' }).click();
  await page.getByRole('button', { name: person }).click();
};

const ADMIN = /settings|admin/i;

story(
  'an admin makes a key, another system reads the feed with it, and is shut out when it is revoked',
  async ({ page, floor, request }) => {
    await signIn(page, floor.url, ADMIN);
    await page.getByRole('button', { name: /More/ }).click();
    await page.getByRole('link', { name: 'API keys' }).click();
    await expect(page.getByRole('heading', { name: 'There is no key in use' })).toBeVisible();
    await expectAccessible(page);

    await page.getByRole('button', { name: 'Make a key' }).click();
    await expect(page.getByRole('button', { name: 'Make the key' })).toBeDisabled();
    await page.getByLabel('What is it for?').fill('Payroll');
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Make the key' }).click();
    const secret = (await page.locator('[data-secret]').textContent()) ?? '';
    expect(secret).toMatch(/^floorwatch_/);
    currentWatch().add({
      kind: 'API key',
      value: secret,
      belongsIn: (where) => where === 'body of POST /api/api-keys',
    });
    await expectAccessible(page);
    await page.getByRole('button', { name: 'I have it' }).click();
    await expect(page.getByText(secret)).toHaveCount(0);
    const line = page.getByRole('row', { name: /Payroll/ });
    await expect(line).toContainText('Active');
    await expect(line).toContainText('Never');

    const headers = { authorization: `Bearer ${secret}` };
    const read = () => request.get(`${floor.url}/api/feed/transitions`, { headers });
    expect((await read()).status()).toBe(200);
    await expect
      .poll(async () => ((await (await read()).json()) as { transitions: unknown[] }).transitions.length)
      .toBeGreaterThan(0);

    await page.reload();
    await expect(line).not.toContainText('Never');
    await page.getByRole('button', { name: 'Revoke Payroll' }).click();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Revoke it' }).click();
    await expect(page.getByRole('heading', { name: 'There is no key in use' })).toBeVisible();
    expect((await read()).status()).toBe(401);
    await page.getByRole('button', { name: 'Show 1 that have ended' }).click();
    await expect(page).toHaveURL(/keys=all/);
    await expect(line).toContainText('Revoked');

    await page.setViewportSize({ width: 390, height: 844 });
    await expectAccessible(page);
    await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    await page.goto(`${floor.url}/audit?action=settings-change`);
    await expect(page.locator('.audit__line')).toHaveCount(4);
  },
);

story('the API can be read about in the browser, on a desk and on a phone, light and dark', async ({ page, floor }) => {
  const foreign: string[] = [];
  page.on('request', (request) => {
    if (!request.url().startsWith(floor.url)) foreign.push(request.url());
  });
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    for (const width of [1440, 390]) {
      await page.setViewportSize({ width, height: 900 });
      await page.goto(`${floor.url}/api/docs`);
      await expect(page.getByRole('heading', { name: 'Floorwatch API' })).toBeVisible();
      await expectAccessible(page);
      await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    }
  }
  await page.getByRole('link', { name: 'GET /api/feed/transitions' }).click();
  const feed = page.getByRole('article', { name: /^Every recorded transition/ });
  await expect(feed).toBeInViewport();
  await expect(feed).toContainText('x-feed-next');
  expect(foreign).toEqual([]);
});
