import type { Page } from '@playwright/test';
import { ChangeDialog } from '../pages/change-dialog.ts';
import { expectAccessible } from '../support/expect-accessible.ts';
import type { Floor } from '../support/floor.ts';
import { signInAt } from '../support/sign-in.ts';
import { expect, story } from '../support/story.ts';

story.use({ agents: 60, speed: 0, signsIn: true });

/** So many agents who are there, put on the same presence; whoever is on queue has a contact. */
const put = async (floor: Floor, count: number, systemPresence: string): Promise<string[]> => {
  const isBusy = systemPresence === 'On Queue';
  const { agents } = await floor.simulator.truth();
  const ids = agents
    .filter(({ presence }) => presence.systemPresence !== 'Offline')
    .slice(0, count)
    .map(({ userId }) => userId);
  for (const userId of ids)
    await floor.simulator.push({
      userId,
      presence: { systemPresence },
      routingStatus: isBusy ? 'INTERACTING' : 'OFF_QUEUE',
      conversationSummary: isBusy ? { call: { contactCenter: { active: 1 } } } : {},
    });
  return ids;
};

const presencesOf = async (floor: Floor, ids: readonly string[]): Promise<string[]> => {
  const { agents } = await floor.simulator.truth();
  return ids.map((id) => agents.find(({ userId }) => userId === id)?.presence.systemPresence ?? 'gone');
};

const underWay = (page: Page) => page.getByRole('button', { name: /^Changes .*under way$/ });

story(
  'several agents: a dry run tells each outcome, one is left out, the change goes on while the page is left',
  async ({ floor, wall }) => {
    story.setTimeout(120_000);
    const { page } = wall;
    const ids = await put(floor, 12, 'Training');
    await signInAt(page, `${floor.url}/?activity=training`, 'supervisor');
    await expect(wall.shown).toContainText(/^1[2-9] of 60/);
    await page.getByRole('button', { name: 'Select agents' }).click();
    await wall.tileAt(1).click();
    await wall.tileAt(5).click({ modifiers: ['Shift'] });
    const bar = page.getByRole('region', { name: 'Agents chosen' });
    await expect(bar).toContainText('5 agents chosen');
    await expect(wall.tileAt(3).getByRole('checkbox')).toBeChecked();
    await wall.tileAt(2).click();
    await expect(bar).toContainText('4 agents chosen');
    await bar.getByRole('button', { name: 'All shown' }).click();
    await expectAccessible(page);
    await bar.getByRole('button', { name: 'Change presence…' }).click();
    const dialog = page.getByRole('dialog', { name: /^Change 1\d agents$/ });
    await expect(dialog.getByRole('radio', { name: 'On Queue', exact: true })).toBeDisabled();
    await dialog.getByRole('radio', { name: 'Meeting', exact: true }).check();
    await expect(dialog.getByRole('table')).toBeVisible();
    await expectAccessible(page);
    const boxes = dialog.getByRole('checkbox');
    const before = await boxes.count();
    const [, left = 'nobody'] = /^Take (.*) along$/.exec((await boxes.first().getAttribute('aria-label')) ?? '') ?? [];
    await boxes.first().uncheck();
    const send = dialog.getByRole('button', { name: /^Set \d+ agents to Meeting$/ });
    await expect(send).toHaveText(`Set ${String(before - 1)} agents to Meeting`);
    await send.click();
    const progress = page.getByRole('dialog', { name: 'Change of several agents' });
    await expect(progress.getByRole('heading', { level: 3 })).toContainText(/^(Going on|Done): Meeting/);
    await page.reload();
    await underWay(page).click();
    const list = page.getByRole('dialog', { name: 'Changes under way' });
    await list.getByRole('button', { name: 'Show' }).click();
    await expect(progress.getByRole('heading', { level: 3 })).toHaveText(
      `Done: Meeting, ${String(before - 1)} of ${String(before - 1)} agents`,
      { timeout: 40_000 },
    );
    await expect(progress.getByRole('row', { name: /Confirmed/ })).toHaveCount(before - 1);
    await expect(progress).not.toContainText(left);
    await expectAccessible(page);
    const presences = await presencesOf(floor, ids);
    expect(presences.filter((presence) => presence === 'Training').length).toBeLessThanOrEqual(1);
  },
);

story(
  'a presence is held, stands in the list of everything under way, and is let go there',
  async ({ floor, wall }) => {
    const { page } = wall;
    const [agent = ''] = await put(floor, 1, 'Available');
    await signInAt(page, `${floor.url}/agents/${agent}`, 'supervisor');
    await page.getByRole('button', { name: 'Change presence' }).click();
    const desk = new ChangeDialog(page);
    await desk.presence('Meeting').check();
    await desk.dialog.getByRole('radio', { name: /^Hold/ }).check();
    await desk.button('15 min').click();
    await desk.send('Hold Meeting for 15 min').click();
    await expect(desk.outcome).toHaveText(/^Meeting is held for .* until /);
    await desk.button('Done').click();
    await expect(page.getByText('Held', { exact: true })).toBeVisible();
    expect(await presencesOf(floor, [agent])).toEqual(['Meeting']);
    await underWay(page).click();
    const list = page.getByRole('dialog', { name: 'Changes under way' });
    await expectAccessible(page);
    await list.getByRole('button', { name: 'Let go' }).click();
    await expect(list.getByRole('region', { name: 'No longer held' })).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(page.getByText('Held', { exact: true })).toBeHidden();
  },
);

story(
  'a change waits for the end of the contact, can be taken back until then, and happens after it',
  async ({ floor, wall }) => {
    const { page } = wall;
    const [agent = ''] = await put(floor, 1, 'On Queue');
    await signInAt(page, `${floor.url}/agents/${agent}`, 'supervisor');
    await page.getByRole('button', { name: 'Change presence' }).click();
    const desk = new ChangeDialog(page);
    await desk.presence('Break').check();
    await desk.dialog.getByRole('radio', { name: /^After the contact/ }).check();
    await desk.send('Set to Break after the contact').click();
    await expect(desk.outcome).toHaveText(/^Break waits until .* contact ends$/);
    await desk.button('Take it back').click();
    await expect(desk.outcome).toHaveText('Taken back: nothing was changed');
    await desk.button('Done').click();

    await page.getByRole('button', { name: 'Change presence' }).click();
    await desk.presence('Break').check();
    await desk.dialog.getByRole('radio', { name: /^After the contact/ }).check();
    await desk.send('Set to Break after the contact').click();
    await expect(desk.outcome).toHaveText(/^Break waits/);
    await desk.button('Close').last().click();
    await expect(page.getByText('Change waits')).toBeVisible();
    expect(await presencesOf(floor, [agent])).toEqual(['On Queue']);
    await floor.simulator.push({ userId: agent, routingStatus: 'IDLE', conversationSummary: {} });
    await expect(page.locator('.agent__fact[data-fact="presence"]')).toContainText('Break', { timeout: 30_000 });
    expect(await presencesOf(floor, [agent])).toEqual(['Break']);
  },
);

for (const theme of ['light', 'dark'] as const)
  for (const [width, height] of [
    [390, 844],
    [1920, 1080],
  ] as const)
    story.describe(`${String(width)} px in ${theme} colours`, () => {
      story.use({ viewport: { width, height } });

      story('the dialog, the choice of several and its dry run fit and can be read', async ({ floor, wall }) => {
        const { page } = wall;
        const [agent = ''] = await put(floor, 1, 'Available');
        const isTooWide = () =>
          page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);
        await signInAt(page, `${floor.url}/?theme=${theme}&density=matrix`, 'supervisor');
        await page.goto(`${floor.url}/agents/${agent}?theme=${theme}`);
        await page.getByRole('button', { name: 'Change presence' }).click();
        const desk = new ChangeDialog(page);
        await desk.presence('Break').check();
        await expect(desk.send('Set to Break')).toBeEnabled();
        await expect(desk.send('Set to Break')).toBeInViewport();
        await expectAccessible(page);
        await desk.button('Close').click();
        await page.goto(`${floor.url}/?theme=${theme}&density=matrix`);
        await expect(wall.tileAt(1)).toBeVisible();
        await wall.linkAt(1).focus();
        await page.keyboard.press('x');
        await page.getByRole('button', { name: 'All shown' }).click();
        await expect(page.getByRole('region', { name: 'Agents chosen' })).toContainText('60 agents chosen');
        expect(await isTooWide()).toBe(false);
        await expectAccessible(page);
        await page.getByRole('button', { name: 'Change presence…' }).click();
        const dialog = page.getByRole('dialog', { name: 'Change 60 agents' });
        await dialog.getByRole('radio', { name: 'Meal', exact: true }).check();
        await expect(dialog.getByRole('button', { name: /^Set \d+ agents to Meal$/ })).toBeInViewport();
        await expectAccessible(page);
      });
    });
