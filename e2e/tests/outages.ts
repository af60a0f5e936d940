import { expectTruth } from '../support/expect-truth.ts';
import { Line } from '../support/line.ts';
import { expect, story } from '../support/story.ts';

story.use({ agents: 60, speed: 1 });

story(
  'Floorwatch falls over under an open page: the hop is named, the wall goes stale at 30 s, and recovers by itself',
  async ({ floor, wall }) => {
    story.setTimeout(120_000);
    await wall.open(floor.url);
    await expect(wall.pill).toContainText('Live');
    const epochBefore = await epochOf(floor.url);
    const diedAt = performance.now();
    await floor.killFloorwatch();
    await expect(wall.banner).toContainText(/connect/i); // at once, although the data is still young
    await expect(wall.pill).toContainText('Late', { timeout: 15_000 });
    await expect(wall.banner).toContainText(/Floorwatch does not answer this browser since \d\d:\d\d:\d\d/);
    await expect(wall.pill).toContainText('Stale', { timeout: 30_000 });
    const staleAfter = performance.now() - diedAt;
    expect(staleAfter).toBeGreaterThan(25_000); // a heartbeat may have been up to 5 s old when it died
    expect(staleAfter).toBeLessThan(33_000);
    await expect(wall.banner).toContainText('timers have stopped');
    const stopped = await wall.timesInSight();
    const age = await wall.pill.textContent();
    await expect(wall.pill).not.toHaveText(age ?? ''); // the age goes on, the timers do not
    expect(await wall.timesInSight()).toEqual(stopped);

    await floor.startFloorwatch();
    const backAt = performance.now();
    await expect(wall.pill).toContainText('Live', { timeout: 10_000 });
    expect(performance.now() - backAt).toBeLessThan(5000);
    await expect(wall.banner).toBeHidden();
    expect(await epochOf(floor.url)).not.toBe(epochBefore);
    const { agents } = await floor.simulator.truth();
    await expect(wall.shown).toHaveText('60 of 60 agents');
    expect([...(await wall.readAllTiles()).keys()].toSorted()).toEqual(agents.map(({ userId }) => userId).toSorted());
  },
);

const epochOf = async (url: string): Promise<string> => {
  const { epoch } = (await (await fetch(`${url}/api/agents`)).json()) as { epoch: string };
  return epoch;
};

story(
  'the platform falls over: the page names it, and the wall is live again when it is back',
  async ({ floor, wall }) => {
    story.setTimeout(120_000);
    await wall.open(floor.url);
    await floor.killPlatform();
    await expect(wall.banner).toContainText(
      /Genesys Cloud (does not answer|sends no events to) Floorwatch since \d\d:\d\d:\d\d/,
    );
    expect(await wall.tiles.count()).toBeGreaterThan(0); // what was true last stays in sight
    await floor.startPlatform();
    await expect(wall.pill).toContainText('Live', { timeout: 60_000 });
    await expect(wall.banner).toBeHidden({ timeout: 60_000 });
    const { agents } = await floor.simulator.truth();
    const agent = agents[0];
    if (agent === undefined) throw new Error('Nobody is on this floor');
    await floor.simulator.push({ userId: agent.userId, presence: { systemPresence: 'Training' } });
    await expect(wall.tileOf(agent.userId)).toContainText('Training');
  },
);

story(
  'the platform refuses sockets: the page says so, the poll goes on, and push comes back by itself',
  async ({ floor, wall }) => {
    story.setTimeout(120_000);
    const { simulator } = floor;
    await simulator.freeze();
    await wall.open(floor.url);
    await simulator.switchOn('sockets-refused');
    await simulator.switchOn('socket-cut');
    await expect(wall.banner).toContainText(/Genesys Cloud sends no events to Floorwatch since/);
    const { agents } = await simulator.truth();
    const agent = agents.find(({ presence }) => presence.systemPresence === 'Available');
    if (agent === undefined) throw new Error('Nobody is available on this floor');
    await simulator.push({ userId: agent.userId, presence: { systemPresence: 'Meal' } });
    await expect(wall.tileOf(agent.userId)).toContainText('Meal', { timeout: 20_000 }); // a round of the poll takes 15 s
    await simulator.switchOff('sockets-refused');
    await expect(wall.banner).toBeHidden({ timeout: 45_000 });
    await simulator.push({ userId: agent.userId, presence: { systemPresence: 'Break' } });
    await expect(wall.tileOf(agent.userId)).toContainText('Break', { timeout: 3000 });
  },
);

story('a browser that was cut off meanwhile shows the truth when it is back', async ({ floor, wall }) => {
  const { simulator } = floor;
  const line = await Line.to(floor.url);
  await wall.open(line.url);
  line.cut();
  await expect(wall.banner).toBeVisible();
  await simulator.setRate(500);
  const { journal } = await simulator.state();
  await expect.poll(async () => (await simulator.state()).journal.lastSeq - journal.lastSeq).toBeGreaterThan(1000);
  await simulator.freeze();
  line.mend();
  await expect(wall.banner).toBeHidden();
  await expectTruth(wall, simulator);
  await line.close();
});
