import type { Page } from '@playwright/test';
import { expectAccessible } from '../support/expect-accessible.ts';
import { expect, story } from '../support/story.ts';

story.use({ agents: 60, speed: 0, signsIn: true });

const signInButton = (page: Page) => page.getByRole('link', { name: 'Sign in with Genesys Cloud' });

/** Says on the platform's page who it is. */
const consentAs = async (page: Page, rights: RegExp): Promise<void> => {
  await page.getByRole('button', { name: rights }).click();
};

const SUPERVISOR = /sees and changes all \d+ divisions/;
const TEAM_LEAD = /sees and changes the division/;
const VIEWER = /changes nothing/;
const NOBODY = /no rights beyond the own account/;
const ADMIN = /the settings too/;

story(
  'whoever is not signed in is asked to, signs in with the keyboard, and is back at the same address',
  async ({ floor, wall }) => {
    const { page } = wall;
    await page.goto(`${floor.url}/?sort=name`);
    await expect(page.getByRole('heading', { name: 'Sign in to see the floor' })).toBeVisible();
    await expect(wall.tiles).toHaveCount(0);
    expect(page.url()).toBe(`${floor.url}/?sort=name`);
    await expectAccessible(page);
    await expect(signInButton(page)).toBeFocused();
    await page.keyboard.press('Enter');
    await consentAs(page, SUPERVISOR);
    await expect(wall.shown).toHaveText('60 of 60 agents');
    expect(page.url()).toBe(`${floor.url}/?sort=name`);
    await expect(page.getByRole('group', { name: 'Session' })).toContainText('Supervisor');
    await expectAccessible(page);
  },
);

for (const [who, rights, role] of [
  ['a viewer', VIEWER, 'Viewer'],
  ['a team lead', TEAM_LEAD, 'Team lead'],
  ['an admin', ADMIN, 'Admin'],
] as const)
  story(`${who} is greeted by name and role, and told where the view is cut`, async ({ floor, wall }) => {
    const { page } = wall;
    await page.goto(floor.url);
    await signInButton(page).click();
    await consentAs(page, rights);
    await expect(page.getByRole('group', { name: 'Session' })).toContainText(role);
    const note = page.getByText('Your view is cut to');
    if (role === 'Team lead') await expect(note).toBeVisible();
    else await expect(note).toBeHidden();
  });

story('an agent without rights reads which permissions are missing, and may leave', async ({ floor, wall }) => {
  const { page } = wall;
  await page.goto(floor.url);
  await signInButton(page).click();
  await consentAs(page, NOBODY);
  await expect(page.getByRole('heading', { name: 'Your role does not let you see the floor' })).toBeVisible();
  await expect(page.getByText('analytics:userObservation:view')).toBeVisible();
  await expect(wall.tiles).toHaveCount(0);
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Sign out' }).click();
  await expect(page.getByRole('heading', { name: 'You have signed out' })).toBeVisible();
});

story('signing out in one tab closes the floor in the other', async ({ floor, wall, context }) => {
  const { page } = wall;
  await page.goto(floor.url);
  await signInButton(page).click();
  await consentAs(page, SUPERVISOR);
  await expect(wall.shown).toHaveText('60 of 60 agents');
  const other = await context.newPage();
  await other.goto(`${floor.url}/team`);
  await other.getByRole('button', { name: 'Sign out' }).click();
  await expect(other.getByRole('heading', { name: 'You have signed out' })).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Your session has ended' })).toBeVisible();
  await expect(wall.tiles).toHaveCount(0);
  let loads = 0;
  page.on('load', () => {
    loads += 1;
  });
  await signInButton(other).click();
  await consentAs(other, VIEWER);
  await expect(other.getByRole('group', { name: 'Session' })).toContainText('Viewer');
  await expect(wall.shown).toHaveText('60 of 60 agents');
  await expect(page.getByRole('group', { name: 'Session' })).toContainText('Viewer');
  expect(loads).toBe(1); // what the page held was the supervisor's
});

story('a session that ends in the middle of reading asks to sign in and leads back there', async ({ floor, wall }) => {
  const { page } = wall;
  await page.goto(`${floor.url}/?activity=meeting`);
  await signInButton(page).click();
  await consentAs(page, VIEWER);
  await expect(wall.shown).toBeVisible();
  await page.context().clearCookies({ name: 'floorwatch_session' });
  await floor.killFloorwatch();
  await floor.startFloorwatch();
  await expect(page.getByRole('heading', { name: 'Your session has ended' })).toBeVisible({ timeout: 40_000 });
  expect(page.url()).toContain('activity=meeting');
  await signInButton(page).click();
  await consentAs(page, VIEWER);
  await expect(wall.shown).toBeVisible();
  expect(page.url()).toContain('activity=meeting');
});

story('with the keyboard alone: in, out, and in again, each time knowing where one is', async ({ floor, wall }) => {
  const { page } = wall;
  const { keyboard } = page;
  const signInByKeyboard = async (): Promise<void> => {
    await expect(signInButton(page)).toBeFocused();
    await keyboard.press('Enter');
    const supervisor = page.getByRole('button', { name: SUPERVISOR });
    await expect(supervisor).toBeVisible();
    await keyboard.press('Tab');
    await expect(supervisor).toBeFocused();
    await keyboard.press('Enter');
    await expect(wall.shown).toHaveText('60 of 60 agents');
  };
  await page.goto(floor.url);
  await signInByKeyboard();
  const signOut = page.getByRole('button', { name: 'Sign out' });
  for (let presses = 0; presses < 40; presses += 1) {
    await keyboard.press('Tab');
    if (await signOut.evaluate((button) => button === document.activeElement)) break;
  }
  await expect(signOut).toBeFocused();
  await keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'You have signed out' })).toBeVisible();
  await expectAccessible(page);
  await signInByKeyboard();
});

story(
  'a session that Genesys Cloud ends in the middle of typing costs nothing that was typed',
  async ({ floor, wall }) => {
    story.setTimeout(150_000);
    const { page } = wall;
    await page.goto(floor.url);
    await signInButton(page).click();
    await consentAs(page, VIEWER);
    await expect(wall.shown).toHaveText('60 of 60 agents');
    await wall.search.fill('an');
    await expect(page).toHaveURL(/q=an/);
    await floor.simulator.switchOn('token-revoked');
    await expect(page.getByRole('heading', { name: 'Your session has ended' })).toBeVisible({ timeout: 75_000 });
    await expect(wall.tiles).toHaveCount(0);
    await expectAccessible(page);
    await floor.simulator.switchOff('token-revoked');
    await expect(signInButton(page)).toBeFocused();
    await page.keyboard.press('Enter');
    await consentAs(page, VIEWER);
    await expect(wall.search).toHaveValue('an');
    await expect(page).toHaveURL(/q=an/);
  },
);

story('saying no on the platform’s page is understood, and can be thought over', async ({ floor, wall }) => {
  const { page } = wall;
  await page.goto(`${floor.url}/team`);
  await signInButton(page).click();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByRole('heading', { name: 'You were not signed in' })).toBeVisible();
  await expectAccessible(page);
  await signInButton(page).click();
  await consentAs(page, VIEWER);
  await expect(page).toHaveURL(/\/team/);
});

story.describe('on a phone', () => {
  story.use({ viewport: { width: 375, height: 740 } });

  story('everything fits', async ({ floor, wall }) => {
    const { page } = wall;
    const isTooWide = () =>
      page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);
    await page.goto(floor.url);
    await expect(signInButton(page)).toBeVisible();
    expect(await isTooWide()).toBe(false);
    await signInButton(page).click();
    await consentAs(page, TEAM_LEAD);
    await expect(page.getByRole('button', { name: 'Sign out' })).toBeInViewport();
    const topOf = async (name: string) => (await page.getByRole('button', { name }).boundingBox())?.y ?? Number.NaN;
    expect(Math.abs((await topOf('Help: keys and signs')) - (await topOf('Sign out'))), 'on one line').toBeLessThan(12);
    expect(await isTooWide()).toBe(false);
    await expectAccessible(page);
  });
});
