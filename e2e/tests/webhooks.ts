import type { Locator, Page } from '@playwright/test';
import { expectAccessible } from '../support/expect-accessible.ts';
import type { Floor } from '../support/floor.ts';
import { HookTarget } from '../support/hook-target.ts';
import { currentWatch } from '../support/secret-watch.ts';
import { expect, story } from '../support/story.ts';

const ADMIN = /the settings too/;

story.use({ agents: 30, speed: 0, signsIn: true, env: { WEBHOOK_ALLOWED_HOSTS: '127.0.0.1' } });

let target: HookTarget;

story.beforeEach(async () => {
  target = await HookTarget.open();
});

story.afterEach(() => target.close());

const signIn = async (page: Page, address: string, rights: RegExp): Promise<void> => {
  await page.goto(address);
  await page.getByRole('link', { name: 'Sign in with Genesys Cloud' }).click();
  await page.getByRole('button', { name: rights }).click();
};

/** It is sent in the answer that makes it, and in no other. */
const watchSecret = (value: string): void => {
  currentWatch().add({
    kind: 'webhook secret',
    value,
    belongsIn: (where) => /^body of POST \/api\/webhooks(\/[^/]+\/secret)?$/.test(where),
  });
};

/** Fills the form and keeps the secret. @returns the secret that was shown */
const makeWebhook = async (page: Page, name: string): Promise<string> => {
  await page.getByRole('button', { name: 'New webhook' }).click();
  const form = page.getByRole('dialog', { name: 'New webhook' });
  await form.getByRole('textbox', { name: 'Name', exact: true }).fill(name);
  await form.getByRole('textbox', { name: 'Address' }).fill(target.url);
  await form.getByRole('button', { name: 'Create' }).click();
  const shown = page.getByRole('dialog', { name: `The secret of ${name}` });
  const secret = await shown.locator('code').filter({ hasText: 'whsec_' }).innerText();
  watchSecret(secret);
  await shown.getByRole('button', { name: 'I have kept it' }).click();
  return secret;
};

const cardOf = (page: Page, name: string): Locator => page.getByRole('listitem', { name });

/** Something happens to somebody. */
const happen = async ({ simulator }: Floor, systemPresence: 'Busy' | 'Meal' | 'Training'): Promise<void> => {
  const [agent] = (await simulator.truth()).agents;
  await simulator.push({ userId: agent?.userId ?? '', presence: { systemPresence } });
};

const openPage = async (page: Page, floor: Floor): Promise<void> => {
  await signIn(page, floor.url, ADMIN);
  await page.getByRole('button', { name: 'More' }).click();
  await page.getByRole('link', { name: 'Webhooks' }).click();
  await expect(page.getByRole('heading', { name: 'Nobody is told yet' })).toBeVisible();
};

story(
  'an admin makes a webhook, tests it, and reads what was sent when somebody changes presence',
  async ({ page, floor }) => {
    await openPage(page, floor);
    await expectAccessible(page);
    await page.getByRole('button', { name: 'New webhook' }).click();
    await expect(page.getByRole('dialog', { name: 'New webhook' })).toBeVisible();
    await expectAccessible(page);
    await page.keyboard.press('Escape');

    const secret = await makeWebhook(page, 'Payroll');
    expect(secret).toMatch(/^whsec_.{40,}$/);
    await expect(page.getByText(secret)).toHaveCount(0);
    const card = cardOf(page, 'Payroll');
    await expect(card).toContainText('Delivering');
    await card.getByRole('button', { name: 'Send a test' }).click();
    await expect(card.getByRole('status')).toContainText('The test was taken: 204');
    expect(target.received[0]?.body).toContain('webhook.ping');

    await happen(floor, 'Busy');
    await expect.poll(() => target.received.some(({ body }) => body.includes('agent.transition'))).toBe(true);
    await card.getByRole('button', { name: 'Delivery log' }).click();
    await expect(page).toHaveURL(/webhook=/);
    const log = page.getByRole('region', { name: 'Delivery log of Payroll' });
    const delivered = log.locator('.deliveries__line').filter({ hasText: 'Delivered' });
    await expect(delivered).not.toHaveCount(0);
    await delivered
      .first()
      .getByRole('button', { name: /^Message of / })
      .click();
    await expect(log.getByRole('figure', { name: 'Sent' })).toContainText('agent.transition');
    await expectAccessible(page);
    await log.getByLabel('State').selectOption('Dead');
    await expect(log).toContainText('No message that is kept is like that.');
    await page.reload();
    await expect(log).toContainText('No message that is kept is like that.');
  },
);

story(
  'a target that fails is shown with the reason, paused, given a new secret, changed, and deleted at last',
  async ({ page, floor }) => {
    await openPage(page, floor);
    const secret = await makeWebhook(page, 'Payroll');
    target.status = 500;
    await happen(floor, 'Meal');
    const card = cardOf(page, 'Payroll');
    await expect(card).toContainText('Failing');
    await expect(card).toContainText('answered 500. It is tried again and again; nothing is lost.');
    await expectAccessible(page);

    await card.getByRole('button', { name: 'Pause' }).click();
    await expect(card).toContainText('Nothing is sent.');
    target.status = 204;
    const before = target.received.length;
    await card.getByRole('button', { name: 'Go on' }).click();
    await expect.poll(() => target.received.length).toBeGreaterThan(before);
    await expect(card).toContainText('Delivering');

    await card.getByRole('button', { name: 'New secret' }).click();
    await page.getByRole('button', { name: 'Make a new secret' }).click();
    const shown = page.getByRole('dialog', { name: 'The secret of Payroll' });
    const renewed = await shown.locator('.secret').innerText();
    expect(renewed).not.toBe(secret);
    watchSecret(renewed);
    await shown.getByRole('button', { name: 'I have kept it' }).click();
    await expect(card).toContainText('Signed with both secrets until');

    await card.getByRole('button', { name: 'Edit' }).click();
    const form = page.getByRole('dialog', { name: 'Edit Payroll' });
    await form.getByRole('textbox', { name: 'Name', exact: true }).fill('Payroll of the north');
    await form.getByLabel('Presence', { exact: true }).check();
    await form.getByRole('button', { name: 'Save' }).click();
    const renamed = cardOf(page, 'Payroll of the north');
    await expect(renamed.locator('.hook__filter')).toHaveText('Presence');

    await renamed.getByRole('button', { name: 'Delete' }).click();
    const sure = page.getByRole('dialog', { name: 'Delete Payroll of the north?' });
    await expect(sure).toContainText('This cannot be taken back.');
    await expectAccessible(page);
    await sure.getByRole('button', { name: 'Delete' }).click();
    await expect(page.getByRole('heading', { name: 'Nobody is told yet' })).toBeVisible();
  },
);

story(
  'an address inside the house is refused, with the reason, before anything is made of it',
  async ({ page, floor }) => {
    await openPage(page, floor);
    await page.getByRole('button', { name: 'New webhook' }).click();
    const form = page.getByRole('dialog', { name: 'New webhook' });
    await form.getByRole('textbox', { name: 'Name', exact: true }).fill('Curious');
    for (const [address, reason] of [
      ['https://2852039166/latest/meta-data', '169.254.169.254 is not a public address (linkLocal)'],
      ['http://example.com/', 'Only https:// addresses are called'],
      ['https://user:word@example.com/', 'user name or password'],
    ] as const) {
      await form.getByRole('textbox', { name: 'Address' }).fill(address);
      await form.getByRole('button', { name: 'Create' }).click();
      await expect(form.getByRole('alert')).toContainText(reason);
    }
    await expectAccessible(page);
  },
);

story('somebody who manages no settings has no way there, and is told what it takes', async ({ page, floor }) => {
  await signIn(page, floor.url, /sees and changes all .* divisions/);
  await page.getByRole('button', { name: 'More' }).click();
  await expect(page.getByRole('link', { name: 'Audit' })).toBeVisible();
  await expect(page.getByRole('link', { name: 'Webhooks' })).toHaveCount(0);
  await page.goto(`${floor.url}/webhooks`);
  await expect(page.getByRole('heading', { name: 'Webhooks are not for you to manage' })).toBeVisible();
  await expect(page.getByText('presence:settings:edit')).toBeVisible();
});

story.describe('on a phone, in the dark', () => {
  story.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, colorScheme: 'dark' });

  story('the page fits, and the log can be read', async ({ page, floor }) => {
    await openPage(page, floor);
    await makeWebhook(page, 'Payroll');
    await happen(floor, 'Training');
    await cardOf(page, 'Payroll').getByRole('button', { name: 'Delivery log' }).tap();
    await expect(page.locator('.deliveries__line')).not.toHaveCount(0);
    await page.locator('.deliveries__line .line-opener').first().tap();
    await expect(page.getByRole('figure', { name: 'Sent' })).toBeVisible();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    await expectAccessible(page);
  });
});
