import { addressOf, startFloorwatch } from '../support/floorwatch.ts';
import { expect, story } from '../support/story.ts';

story('the first command shows 500 agents that move, and says on the page that they are a demo', async ({ wall }) => {
  const floorwatch = startFloorwatch({ SIMULATOR_PORT: '0' });
  try {
    await wall.open(await addressOf(floorwatch));
    await expect(wall.shown).toHaveText('500 of 500 agents');
    await expect(wall.page.getByTitle('A simulated organisation')).toBeVisible();
    await expect(wall.pill).toContainText('Live');
    const before = new Map((await wall.readTiles()).map((tile) => [tile.id, tile.activity]));
    await expect
      .poll(async () => (await wall.readTiles()).filter(({ id, activity }) => before.get(id) !== activity).length)
      .toBeGreaterThan(0);
  } finally {
    await floorwatch.stop();
  }
});

story(
  'an event of the platform changes its tile, presence and routing each in its own field',
  async ({ floor, wall }) => {
    const { simulator } = floor;
    await simulator.freeze();
    const { agents } = await simulator.truth();
    const agent = agents.find(({ presence }) => presence.systemPresence === 'Available');
    expect(agent).toBeDefined();
    if (agent === undefined) return;
    await wall.open(floor.url);
    await expect(wall.tileOf(agent.userId)).toContainText('Available');
    await simulator.push({ userId: agent.userId, presence: { systemPresence: 'On Queue' } });
    await expect(wall.tileOf(agent.userId).getByTitle(/^Presence: On queue/)).toBeVisible();
    await simulator.push({ userId: agent.userId, routingStatus: 'INTERACTING' });
    await expect(wall.tileOf(agent.userId).getByTitle(/^Routing: Interacting/)).toBeVisible();
    await expect(wall.tileOf(agent.userId)).toHaveAttribute('data-activity', 'interacting');
  },
);
