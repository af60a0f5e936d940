import { WallPage } from '../pages/wall-page.ts';
import { expectTruth } from '../support/expect-truth.ts';
import type { Floor } from '../support/floor.ts';
import { Line } from '../support/line.ts';
import { expect, story } from '../support/story.ts';

/** A modem of the last century: the floor below says several times as much. */
const CRAWL_BYTES_PER_SECOND = 4000;

/** More than a busy hour of 5,000 agents. */
const EVENTS_PER_SECOND = 400;

story.use({ agents: 400, speed: 1 });

story(
  'one browser on a line that crawls: the other is as quick as before, and Floorwatch’s memory stays bounded',
  async ({ floor, wall, browser }) => {
    story.setTimeout(90_000);
    const { simulator } = floor;
    const { agents } = await simulator.truth();
    const agent = agents.find(({ presence }) => presence.systemPresence === 'Available');
    if (agent === undefined) throw new Error('Nobody is available on this floor');
    const line = await Line.to(floor.url);
    const context = await browser.newContext();
    const slow = new WallPage(await context.newPage());
    await slow.open(line.url);
    await wall.open(`${floor.url}/?division=${await divisionOf(floor, agent.userId)}&activity=training,meeting`);
    await simulator.setRate(EVENTS_PER_SECOND);

    const before = await measureEventsToTile(floor, wall, agent.userId);
    line.throttle(CRAWL_BYTES_PER_SECOND);
    await expect(slow.pill).toContainText(/Late|Stale/, { timeout: 45_000 }); // all that is on its way is old by now
    const during = await measureEventsToTile(floor, wall, agent.userId);
    expect(during.median).toBeLessThan(before.median + 250);
    expect(during.worst).toBeLessThan(1500);
    expect(during.memoryMb - before.memoryMb).toBeLessThan(60);

    await simulator.freeze();
    line.throttle(Infinity);
    await expectTruth(slow, simulator);
    await context.close();
    await line.close();
  },
);

interface Measured {
  readonly median: number;
  readonly worst: number;
  readonly memoryMb: number;
}

/** How long the platform's events take to the tile, ms, and what Floorwatch holds meanwhile. */
const measureEventsToTile = async (floor: Floor, wall: WallPage, userId: string): Promise<Measured> => {
  const times: number[] = [];
  const held: number[] = [];
  for (let round = 0; round < 5; round += 1)
    for (const presence of ['Training', 'Meeting']) {
      const startedAt = performance.now();
      await floor.simulator.push({ userId, presence: { systemPresence: presence } });
      await expect(wall.tileOf(userId)).toContainText(presence);
      times.push(performance.now() - startedAt);
      held.push(await memoryOf(floor));
    }
  times.sort((a, b) => a - b);
  return { median: times[times.length / 2] ?? NaN, worst: times.at(-1) ?? NaN, memoryMb: Math.min(...held) };
};

/** What the live path holds in memory, MB: the heap and what hangs on it, sockets' buffers too. */
const memoryOf = async ({ url }: Floor): Promise<number> => {
  const metrics = await (await fetch(`${url}/metrics`)).text();
  const figure = (name: string): number => Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(metrics)?.[1]);
  return (figure('nodejs_heap_size_used_bytes') + figure('nodejs_external_memory_bytes')) / 1024 / 1024;
};

const divisionOf = async ({ url }: Floor, userId: string): Promise<string> => {
  const { divisionId } = (await (await fetch(`${url}/api/agents/${userId}`)).json()) as { divisionId: string };
  return divisionId;
};
