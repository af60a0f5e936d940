import type { AgentTruth } from '@floorwatch/genesys-simulator/client';
import { ChangeDialog } from '../pages/change-dialog.ts';
import type { WallPage } from '../pages/wall-page.ts';
import { expectAccessible } from '../support/expect-accessible.ts';
import type { Floor } from '../support/floor.ts';
import { signInAt, signInHere } from '../support/sign-in.ts';
import { expect, story } from '../support/story.ts';

story.use({ agents: 60, speed: 0, signsIn: true });

/** Somebody of the organisation who is put where a story needs them. */
const someoneOn = async (floor: Floor, systemPresence: string, routing?: AgentTruth['routingStatus']['status']) => {
  const { agents } = await floor.simulator.truth();
  const agent = agents.find(({ presence }) => presence.systemPresence !== 'Offline');
  if (agent === undefined) throw new Error('nobody is there');
  const { userId } = agent;
  await floor.simulator.push({
    userId,
    presence: { systemPresence },
    conversationSummary: routing === 'INTERACTING' ? { call: { contactCenter: { active: 1 } } } : {},
    ...(routing !== undefined && { routingStatus: routing }),
  });
  return userId;
};

const presenceIn = async (floor: Floor, userId: string): Promise<string | undefined> => {
  const { agents } = await floor.simulator.truth();
  return agents.find((agent) => agent.userId === userId)?.presence.systemPresence;
};

/** The dialog of an agent, from the menu of the tile. */
const openFrom = async (wall: WallPage, userId: string): Promise<ChangeDialog> => {
  const tile = wall.tileOf(userId);
  await tile.hover();
  await tile.getByRole('button', { name: /^Change / }).click();
  await wall.page.getByRole('menuitem', { name: 'Change presence…' }).click();
  return new ChangeDialog(wall.page);
};

story(
  'a supervisor is told what a change would do, makes it, sees it confirmed by the floor, and undoes it',
  async ({ floor, wall }) => {
    const agent = await someoneOn(floor, 'Available', 'OFF_QUEUE');
    await signInAt(wall.page, floor.url, 'supervisor');
    const tile = wall.tileOf(agent);
    await expect(tile).toContainText('Available');
    const desk = await openFrom(wall, agent);
    await expect(desk.search).toBeFocused();
    await desk.presence('Comfort break').check();
    await expect(desk.told).toContainText('Available since');
    await expect(desk.told).toContainText(/schedule/i);
    await desk.message.fill('back at ten');
    await desk.send('Set to Comfort break').click();
    await expect(desk.outcome).toHaveText(/^Confirmed: .* is on Comfort break$/);
    await expect(tile).toContainText('Break · Comfort break');
    expect(await presenceIn(floor, agent)).toBe('Break');
    await desk.undo.click();
    await expect(desk.outcome).toHaveText(/^Put back: .* is on Available again$/);
    await expect(tile).toContainText('Available');
    await desk.button('Done').click();
    await expect(desk.dialog).toBeHidden();
    await expect(tile.getByRole('button')).toBeFocused();
  },
);

story(
  'two browsers: whoever is slower reads what is there now and who set it, and decides anew',
  async ({ floor, wall, browser }) => {
    const agent = await someoneOn(floor, 'Available', 'OFF_QUEUE');
    await signInAt(wall.page, floor.url, 'supervisor');
    const slow = await openFrom(wall, agent);
    await slow.presence('Training').check();
    await expect(slow.send('Set to Training')).toBeEnabled();

    const other = await (await browser.newContext()).newPage();
    await signInAt(other, `${floor.url}/agents/${agent}`, 'admin');
    await other.getByRole('button', { name: 'Change presence' }).click();
    const fast = new ChangeDialog(other);
    await fast.presence('Meeting').check();
    await fast.send('Set to Meeting').click();
    await expect(fast.outcome).toHaveText(/^Confirmed: .* is on Meeting$/);

    await expect(slow.told).toContainText('The presence has changed while this was open');
    await slow.send('Set to Training').click();
    await expect(slow.outcome).toHaveText('Somebody else was faster');
    await expect(slow.outcome).toBeFocused();
    await expect(slow.dialog).toContainText(/There is now: Meeting since .*, by /);
    expect(await presenceIn(floor, agent)).toBe('Meeting');
    await expectAccessible(wall.page);
    await slow.button('Look again and decide anew').click();
    await expect(slow.presence('Training')).toBeChecked();
    await slow.send('Set to Training').click();
    await expect(slow.outcome).toHaveText(/^Confirmed: .* is on Training$/);
    expect(await presenceIn(floor, agent)).toBe('Training');
    await other.context().close();
  },
);

story('what the schedule blocks takes a reason, which is kept in the audit', async ({ floor, wall }) => {
  const agent = await someoneOn(floor, 'Available', 'OFF_QUEUE');
  const { at } = await floor.simulator.truth();
  await floor.simulator.editSchedule({ userId: agent, startDate: at, lengthMinutes: 20, activityCodeId: '1' });
  await signInAt(wall.page, floor.url, 'supervisor');
  const desk = await openFrom(wall, agent);
  await desk.presence('On Queue').check();
  await expect(desk.told).toContainText('Blocked by the schedule');
  await expect(desk.told).toContainText('Planned now: a break');
  await expect(desk.send('Set to On Queue')).toBeDisabled();
  await expectAccessible(wall.page);
  await desk.reason.fill('Three colleagues are ill');
  await desk.send('Set to On Queue').click();
  await expect(desk.outcome).toHaveText(/^Confirmed: .* is on On Queue$/);
  await wall.page.goto(`${floor.url}/audit?agent=${agent}`);
  await wall.page
    .getByRole('button', { name: /^Entry / })
    .last()
    .click();
  await expect(wall.page.getByText('Three colleagues are ill').first()).toBeVisible();
});

story('a change that no event shows is not confirmed, and the tile does not pretend', async ({ floor, wall }) => {
  const agent = await someoneOn(floor, 'Available', 'OFF_QUEUE');
  await signInAt(wall.page, floor.url, 'supervisor');
  const desk = await openFrom(wall, agent);
  await desk.presence('Meal').check();
  await expect(desk.send('Set to Meal')).toBeEnabled();
  await floor.simulator.switchOn('events-dropped-during-gap', { gapMs: 0, dropShare: 1 });
  await desk.send('Set to Meal').click();
  await expect(desk.outcome).toHaveText(/accepted it\. Waiting to see it on the floor/);
  await expect(wall.tileOf(agent)).toContainText('Change pending');
  await expect(wall.tileOf(agent)).toContainText('Available');
  await expect(desk.outcome).toHaveText('Not confirmed', { timeout: 25_000 });
  await expect(desk.dialog).toContainText('no event of it has come');
  await expectAccessible(wall.page);
});

story(
  'a session that ends in the middle loses nothing: the choice is offered again, and not sent by itself',
  async ({ floor, wall }) => {
    const { page } = wall;
    const agent = await someoneOn(floor, 'Available', 'OFF_QUEUE');
    await signInAt(page, floor.url, 'supervisor');
    const desk = await openFrom(wall, agent);
    await desk.presence('Meeting').check();
    await desk.message.fill('room 4');
    await expect(desk.send('Set to Meeting')).toBeEnabled();
    await page.context().clearCookies({ name: 'floorwatch_session' });
    await desk.send('Set to Meeting').click();
    await expect(page.getByRole('heading', { name: 'Your session has ended' })).toBeVisible();
    await signInHere(page, 'supervisor');
    await expect(desk.dialog).toContainText('was not sent. Look at it again.');
    await expect(desk.presence('Meeting')).toBeChecked();
    await expect(desk.message).toHaveValue('room 4');
    expect(await presenceIn(floor, agent)).toBe('Available');
    await expectAccessible(page);
    await desk.send('Set to Meeting').click();
    await expect(desk.outcome).toHaveText(/^Confirmed: /);
    await desk.button('Done').click();
    await page.reload();
    await expect(wall.tileOf(agent)).toContainText('Meeting');
    await expect(desk.dialog).toBeHidden();
  },
);

story('all of it goes with the keyboard alone', async ({ floor, wall }) => {
  const { page } = wall;
  const { keyboard } = page;
  const agent = await someoneOn(floor, 'Available', 'OFF_QUEUE');
  await signInAt(page, `${floor.url}/?activity=available`, 'supervisor');
  const link = wall.tileOf(agent).getByRole('link');
  await expect(link).toBeVisible();
  await keyboard.press('j');
  for (let step = 0; step < 10 && !(await link.evaluate((one) => one === document.activeElement)); step += 1)
    await keyboard.press('j');
  await keyboard.press('p');
  const desk = new ChangeDialog(page);
  await expect(desk.search).toBeFocused();
  await keyboard.type('huddle');
  await keyboard.press('Enter');
  await expect(desk.send('Set to Team huddle')).toBeEnabled();
  await expect(desk.search).toBeFocused();
  await keyboard.press('Tab');
  await expect(desk.presence('Team huddle')).toBeFocused();
  await keyboard.press('Enter');
  await expect(desk.outcome).toHaveText(/^Confirmed: .* is on Team huddle$/);
  await expect(desk.outcome).toBeFocused();
  await keyboard.press('Escape');
  await expect(desk.dialog).toBeHidden();
});

story('a team lead changes the own division and nobody elsewhere, whatever is sent', async ({ floor, wall }) => {
  const { page } = wall;
  const { agents } = await floor.simulator.truth();
  await signInAt(page, floor.url, 'teamLead');
  await expect(wall.tiles.first()).toBeVisible();
  const ids = new Set((await wall.readAllTiles()).keys());
  const seen = await Promise.all(
    [...ids].slice(0, 6).map((id) =>
      wall
        .tileOf(id)
        .getByRole('button', { name: /^Change / })
        .count(),
    ),
  );
  expect(seen.every((count) => count === 1)).toBe(true);
  const hidden = agents.find(({ userId }) => !ids.has(userId));
  const csrf = await page.evaluate(async () => {
    const session: unknown = await (await fetch('/api/session')).json();
    return (session as { csrfToken: string }).csrfToken;
  });
  const answer = await page.request.patch(`${floor.url}/api/agents/${hidden?.userId ?? ''}/presence`, {
    headers: {
      'x-floorwatch-csrf': csrf,
      origin: floor.url,
      'if-match': '"whatever"',
      'idempotency-key': 'one',
    },
    data: { definitionId: '227b37e2-f1d0-4dd0-8f50-badd7cf6d158' },
  });
  expect(answer.status()).toBe(404);
});

story('whoever may change nobody finds no control anywhere', async ({ floor, wall }) => {
  const { page } = wall;
  const { agents } = await floor.simulator.truth();
  await signInAt(page, floor.url, 'viewer');
  await expect(wall.tiles.first()).toBeVisible();
  await expect(wall.tiles.first().getByRole('button')).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Select agents' })).toHaveCount(0);
  await wall.linkAt(1).press('p');
  await page.goto(`${floor.url}/agents/${agents[0]?.userId ?? ''}`);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Change presence' })).toHaveCount(0);
});

story('Not Responding is reset from the tile', async ({ floor, wall }) => {
  const agent = await someoneOn(floor, 'On Queue', 'NOT_RESPONDING');
  await signInAt(wall.page, floor.url, 'supervisor');
  const tile = wall.tileOf(agent);
  await expect(tile).toContainText('Not responding');
  await tile.hover();
  await tile.getByRole('button', { name: /^Change / }).click();
  await wall.page.getByRole('menuitem', { name: 'Reset Not Responding…' }).click();
  const dialog = wall.page.getByRole('dialog', { name: /^Reset Not Responding/ });
  await expectAccessible(wall.page);
  await dialog.getByRole('button', { name: 'Reset to Idle' }).click();
  await expect(dialog.getByRole('heading', { level: 3 })).toHaveText(/^Confirmed: .* is ready for contacts again$/);
  await expect(tile).not.toContainText('Not responding');
});
