import type { Page } from '@playwright/test';
import { readTable } from '../support/csv.ts';
import { expectAccessible } from '../support/expect-accessible.ts';
import { expect, story } from '../support/story.ts';

story.use({ agents: 30, speed: 0, signsIn: true });

/** From Floorwatch to the organisation's page and back, as the one of its people who has these rights. */
const signIn = async (page: Page, address: string, rights: RegExp): Promise<void> => {
  await page.goto(address);
  await page.getByRole('link', { name: 'Sign in with Genesys Cloud' }).click();
  await page.getByRole('button', { name: rights }).click();
};

story(
  'a supervisor reads in the audit who signed in, takes it away, and finds that in it too',
  async ({ page, floor }) => {
    await signIn(page, floor.url, /sees and changes all .* divisions/);
    await page.getByRole('button', { name: 'More' }).click();
    await page.getByRole('link', { name: 'Audit' }).click();
    await expect(page.getByText(/^The audit is whole\. 1 entry holds together/)).toBeVisible();
    const lines = page.locator('.audit__line');
    await expect(lines).toHaveCount(1);
    await expect(lines.first()).toContainText('Sign-in');
    await expectAccessible(page);

    await page.getByRole('button', { name: 'Export' }).click();
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'A line for each entry as CSV' }).click();
    const file = await (await download).createReadStream();
    const text = (await file.toArray()).map(String).join('');
    expect(readTable(text)).toMatchObject([{ action: 'sign-in', outcome: 'accepted', actorKind: 'person' }]);
    expect(text).toContain('Head of the chain');

    await page.goto(`${floor.url}/audit?action=export`);
    await expect(lines).toHaveCount(1);
    await page.getByRole('button', { name: /^Entry 2, / }).click();
    await expect(page.getByRole('table', { name: 'Before and after' })).toContainText('/api/audit/export');
    await page.getByRole('link', { name: 'all by this one' }).click();
    await expect(lines).toHaveCount(2);
  },
);

story(
  'somebody without the right has no way to the audit, and is told which right it takes',
  async ({ page, floor }) => {
    await signIn(page, floor.url, /sees everything, changes nothing/);
    await expect(page.getByRole('navigation', { name: 'Views' })).toBeVisible();
    await page.getByRole('button', { name: 'More' }).click();
    await expect(page.getByRole('link', { name: 'Operations' })).toBeVisible();
    await expect(page.getByRole('link', { name: 'Audit' })).toHaveCount(0);
    await page.goto(`${floor.url}/audit`);
    await expect(page.getByRole('heading', { name: 'The audit is not for you to see' })).toBeVisible();
    await expect(page.getByText('audits:audit:view')).toBeVisible();
  },
);
