import type { Page } from '@playwright/test';
import { expectAccessible } from '../support/expect-accessible.ts';
import type { Floor } from '../support/floor.ts';
import { expect, story } from '../support/story.ts';

story.use({ agents: 30, speed: 0, signsIn: true });

/** From Floorwatch to the organisation's page and back, as the one of its people who has these rights. */
const signIn = async (page: Page, address: string, rights: RegExp): Promise<void> => {
  await page.goto(address);
  await page.getByRole('link', { name: 'Sign in with Genesys Cloud' }).click();
  await page.getByRole('button', { name: rights }).click();
};

const readJson = async (page: Page, address: string): Promise<Record<string, string>> =>
  (await (await page.request.get(address)).json()) as Record<string, string>;

/** A key for another tool, as an administrator makes it. */
const makeKey = async (page: Page, url: string): Promise<string> => {
  const { csrfToken = '' } = await readJson(page, `${url}/api/session`);
  const answer = await page.request.post(`${url}/api/api-keys`, {
    headers: { origin: url, 'x-floorwatch-csrf': csrfToken },
    data: { name: 'Calendar', scopes: ['automations:trigger'], divisions: 'all' },
  });
  const { secret } = (await answer.json()) as { secret: string };
  return secret;
};

/** Somebody with nothing in hand, whose presence is then Available. */
const nameOfIdler = async (page: Page, floor: Floor): Promise<string> => {
  const { agents } = await floor.simulator.truth();
  const idler = agents.find(
    ({ presence, routingStatus }) => presence.systemPresence !== 'Offline' && routingStatus.status === 'OFF_QUEUE',
  );
  const userId = idler?.userId ?? '';
  await floor.simulator.push({ userId, presence: { systemPresence: 'Available' } });
  const { name = '' } = await readJson(page, `${floor.url}/api/agents/${userId}`);
  return name;
};

story(
  'an automation is set up in plain words, previewed, triggered by another tool, read in its log, paused and deleted',
  async ({ page, floor }) => {
    await signIn(page, floor.url, /the settings too/);
    await page.getByRole('button', { name: 'More' }).click();
    await page.getByRole('link', { name: 'Automations' }).click();
    await expect(page.getByRole('heading', { name: 'Nothing is done by itself yet' })).toBeVisible();
    await expectAccessible(page);

    await page.getByRole('button', { name: 'Set up the first one' }).click();
    const editor = page.getByRole('dialog', { name: 'New automation' });
    await editor.getByRole('button', { name: 'Create' }).click();
    await expect(editor.getByRole('alert')).toContainText('Give it a name');
    await editor.getByLabel('Name', { exact: true }).fill('Focus time');
    await expect(editor.getByText(/^Every Mon–Fri at 10:00 .*: nobody yet → no presence yet/)).toBeVisible();
    await editor.getByLabel('When another tool asks').check();
    const name = await nameOfIdler(page, floor);
    await editor.getByLabel('Agents by name').fill(name);
    await editor.getByRole('button', { name: `Add ${name}` }).click();
    await editor.getByLabel('Presence').selectOption('Meeting');
    await editor.getByLabel('Back after, min').fill('30');
    const words = `When it is triggered: ${name} → Meeting, back after 30 min; unless the schedule blocks it; not while on a contact`;
    await expect(editor.getByText(words)).toBeVisible();
    await editor.getByRole('button', { name: 'Preview' }).click();
    await expect(editor.getByText('As things stand now it reaches 1 agent.')).toBeVisible();
    await expectAccessible(page);
    await editor.getByRole('button', { name: 'Create' }).click();

    const card = page.getByRole('article', { name: 'Focus time' });
    await expect(card).toContainText(words);
    await expect(card).toContainText('None yet');
    await card.getByText('How another tool starts it').click();
    const address = /POST (\S+)/.exec((await card.locator('pre').textContent()) ?? '')?.[1] ?? '';
    const token = await makeKey(page, floor.url);
    const triggered = await fetch(address, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${token}`,
        'idempotency-key': 'meeting-1',
        'content-type': 'application/json',
      },
      body: '{}',
    });
    expect(triggered.status).toBe(202);

    await expect(card.getByText('Done')).toBeVisible({ timeout: 30_000 });
    await card.getByRole('button', { name: 'Run log' }).click();
    const log = page.getByRole('dialog', { name: 'Run log of Focus time' });
    await expect(log.getByText('by trigger')).toBeVisible();
    await expectAccessible(page);
    await log.getByRole('button', { name: /^Agents of the run/ }).click();
    await expect(log.getByRole('row').filter({ hasText: name })).toBeVisible();
    await expectAccessible(page);
    await page.keyboard.press('Escape');

    await card.getByRole('button', { name: 'Pause' }).click();
    await expect(card).toContainText('paused it');
    await page.reload();
    await expect(card.getByText('Paused', { exact: true })).toBeVisible();
    await card.getByRole('button', { name: 'Delete' }).click();
    await card.getByRole('button', { name: 'Delete it' }).click();
    await expect(page.getByRole('heading', { name: 'Nothing is done by itself yet' })).toBeVisible();
    await page.goto(`${floor.url}/audit?action=automation-change`);
    await expect(page.locator('.audit__line')).toHaveCount(3);
  },
);

/** Plans a break that has just begun for somebody who is there and not in one. @returns the name */
const planBreak = async (page: Page, floor: Floor): Promise<string> => {
  const { agents } = await floor.simulator.truth();
  const startDate = new Date(Date.parse((await floor.simulator.state()).virtualNow) - 60_000).toISOString();
  const working = agents.filter(({ presence }) => !['Offline', 'Break', 'Meal'].includes(presence.systemPresence));
  for (const { userId } of working) {
    const edit = { userId, startDate, lengthMinutes: 15, activityCodeId: '1' };
    const isPlanned = await floor.simulator.editSchedule(edit).then(
      () => true,
      () => false, // the shift ends before
    );
    if (isPlanned) return (await readJson(page, `${floor.url}/api/agents/${userId}`))['name'] ?? '';
  }
  return '';
};

story('a suggestion opens the change it is about, and is put off', async ({ page, floor }) => {
  await signIn(page, floor.url, /sees and changes all .* divisions/);
  await expect(page.getByRole('navigation', { name: 'Views' })).toBeVisible();
  const name = await planBreak(page, floor);
  await page.goto(`${floor.url}/automations`);
  const panel = page.getByRole('region', { name: 'Suggestions of the schedule' });
  const line = panel.getByRole('listitem').filter({ hasText: name });
  await expect(line).toContainText('Break due', { timeout: 60_000 });
  await expectAccessible(page);
  await line.getByRole('button', { name: 'Change to Break…' }).click();
  const dialog = page.getByRole('dialog', { name: `Change ${name}` });
  await expect(dialog.getByRole('button', { name: 'Set to Break' })).toBeEnabled();
  await expect(dialog).toContainText('Planned now: a break');
  await page.keyboard.press('Escape');
  await line.getByRole('button', { name: 'In 10 min' }).click();
  await expect(line).toHaveCount(0);
});

story('whoever may change nobody has no way to the automations, and is told why', async ({ page, floor }) => {
  await signIn(page, floor.url, /sees everything, changes nothing/);
  await expect(page.getByRole('navigation', { name: 'Views' })).toBeVisible();
  await expect(page.getByRole('link', { name: 'Automations' })).toHaveCount(0);
  await page.goto(`${floor.url}/automations`);
  await expect(page.getByRole('heading', { name: 'Automations are not for you to set up' })).toBeVisible();
});
