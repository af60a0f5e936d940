import { expectAccessible } from '../support/expect-accessible.ts';
import { expect, story } from '../support/story.ts';

story.use({ agents: 40, speed: 1 });

story('an operator sees that every part is well, and which one is not within ten seconds', async ({ page, floor }) => {
  await page.goto(floor.url);
  await page.getByRole('button', { name: 'More' }).click();
  await page.getByRole('link', { name: 'Operations' }).click();
  const summary = page.locator('.operations__summary');
  await expect(summary).toHaveText('Every part is well');
  const push = page.locator('[data-hop="push"]');
  await expect(push).toContainText('Well');
  for (const part of ['Channels', 'Reading', 'Recording'])
    await expect(page.getByRole('region', { name: part, exact: true })).toBeVisible();
  await expectAccessible(page);

  await floor.simulator.switchOn('sockets-refused');
  await floor.simulator.switchOn('socket-cut');
  await expect(summary).toContainText('Push is', { timeout: 10_000 });
  await expect(push).toContainText('A notification channel is lost');
  await expectAccessible(page);
  await floor.simulator.switchAllOff();
});

story('the last hour is drawn, and the same stands in a table', async ({ page, floor }) => {
  await page.goto(`${floor.url}/operations`);
  await expect(page.getByRole('group', { name: 'Event to sockets over the last hour' })).toBeVisible({
    timeout: 30_000,
  });
  await page.getByText('Table', { exact: true }).click();
  await expect(page).toHaveURL(/hour=table/);
  await expect(page.getByRole('columnheader', { name: 'Memory of this process' })).toBeVisible();
  await expect(page.getByRole('region', { name: 'The last hour in figures' }).locator('tbody tr')).not.toHaveCount(0);
  await expectAccessible(page);
});
