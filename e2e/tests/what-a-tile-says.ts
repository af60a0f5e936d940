import { expect, story } from '../support/story.ts';

story.use({ agents: 60, speed: 0 });

story('who does not respond stands first, whatever the order was before', async ({ floor, wall }) => {
  const { agents } = await floor.simulator.truth();
  const agent = agents.find(({ routingStatus }) => routingStatus.status === 'IDLE');
  if (agent === undefined) throw new Error('Nobody is ready on this floor');
  await wall.open(floor.url);
  await expect(wall.tileAt(1)).not.toHaveAttribute('data-agent-id', agent.userId);
  await floor.simulator.push({ userId: agent.userId, routingStatus: 'NOT_RESPONDING' });
  await expect(wall.tileAt(1)).toContainText('Not responding');
  await expect(wall.tileOf(agent.userId)).toContainText('Not responding');
  expect((await wall.readTotals()).get('Not responding')).toBeGreaterThan(0);
});

story('a secondary presence is named by the organisation’s own word', async ({ floor, wall }) => {
  const answer = await fetch(`${floor.url}/api/presence-definitions`);
  const { definitions } = (await answer.json()) as {
    definitions: { id: string; label: string; isPrimary: boolean; isActive: boolean; system: string }[];
  };
  const secondary = definitions.find(
    ({ isPrimary, isActive, system }) => !isPrimary && isActive && system === 'meeting',
  );
  if (secondary === undefined) throw new Error('The demo organisation has no secondary presence for meetings');
  const { agents } = await floor.simulator.truth();
  const agent = agents.find(({ presence }) => presence.systemPresence === 'Available');
  if (agent === undefined) throw new Error('Nobody is available on this floor');
  await wall.open(floor.url);
  await floor.simulator.push({
    userId: agent.userId,
    presence: { definitionId: secondary.id, message: 'back at noon' },
  });
  await expect(wall.tileOf(agent.userId)).toContainText(`Meeting · ${secondary.label}`);
  await expect(wall.tileOf(agent.userId).getByTitle('back at noon')).toBeVisible();
});

story(
  'a contradiction between presence and routing is shown once it has lasted, and can be listed',
  async ({ floor, wall }) => {
    const { simulator } = floor;
    const { agents } = await simulator.truth();
    const agent = agents.find(
      ({ presence, routingStatus }) => presence.systemPresence === 'Available' && routingStatus.status === 'OFF_QUEUE',
    );
    if (agent === undefined) throw new Error('Nobody is available on this floor');
    await wall.open(floor.url);
    await simulator.push({ userId: agent.userId, presence: { systemPresence: 'On Queue' } }); // routing stands still with the floor
    await expect(wall.tileOf(agent.userId)).toContainText('Available');
    const badge = wall.tileOf(agent.userId).getByTitle(/^Presence says on queue, routing says off queue/);
    await expect(badge).toBeHidden(); // the two services publish separately: a moment of contradiction is normal
    await expect(badge).toBeVisible();
    await wall.total('Disagreeing').click();
    await expect(wall.tileOf(agent.userId)).toBeVisible();
    for (const tile of await wall.tiles.all()) await expect(tile).toHaveAttribute('data-disagrees', 'true');
  },
);
