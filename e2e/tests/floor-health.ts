import { expect, story } from '../support/story.ts';

story.use({ agents: 60, speed: 0 });

story('floor health opens from the badge or by a key, and stands in the address', async ({ floor, wall }) => {
  const { page } = wall;
  const panel = page.getByRole('dialog', { name: 'Floor health' });
  await wall.open(floor.url);
  await wall.pill.click();
  await expect(panel).toContainText('Every agent’s events arrive');
  await expect(panel).toContainText('60 of 60');
  await expect(page).toHaveURL(/health=open/);
  await page.reload();
  await expect(panel).toContainText('Every agent’s events arrive');
  await page.keyboard.press('Escape');
  await expect(panel).toBeHidden();
  await expect(page).not.toHaveURL(/health=open/);
  await page.keyboard.press('h');
  await expect(panel).toBeVisible();
});

story('shows a channel that is lost, and what is done about it', async ({ floor, wall }) => {
  const panel = wall.page.getByRole('dialog', { name: 'Floor health' });
  await wall.open(`${floor.url}/?health=open`);
  await expect(panel.getByRole('row', { name: /^1 Live 60/ })).toBeVisible();
  await floor.killPlatform();
  await expect(panel.getByRole('row', { name: /^1 Lost 60/ })).toBeVisible();
  await expect(panel).toContainText('60 agents, last round');
});

story('an agent who flaps is flagged, counted, and one click away', async ({ floor, wall }) => {
  const { page } = wall;
  const { agents } = await floor.simulator.truth();
  const [agent] = agents;
  if (agent === undefined) throw new Error('There is nobody on this floor');
  await wall.open(`${floor.url}/?health=open`);
  for (const systemPresence of ['Meal', 'Break', 'Meeting', 'Training', 'Away', 'Busy'])
    await floor.simulator.push({ userId: agent.userId, presence: { systemPresence }, routingStatus: 'OFF_QUEUE' });
  await page.getByRole('button', { name: '1 Volatile' }).click();
  await expect(wall.shown).toHaveText('1 of 60 agents');
  await expect(wall.tileOf(agent.userId)).toContainText('Volatile');
  await expect(page).toHaveURL(/flag=volatile/);
});
