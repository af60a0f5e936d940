import type { WallPage } from '../pages/wall-page.ts';
import { expectTruth } from '../support/expect-truth.ts';
import { expect, story } from '../support/story.ts';

const EVERYBODY = 5000;

story.use({ agents: EVERYBODY, speed: 0, viewport: { width: 1920, height: 2160 } }); // a large screen has fewer screens to scroll

story(
  'of 5,000 agents every one is on the wall, with the presence and routing status it truly has',
  async ({ floor, wall }) => {
    await wall.open(floor.url);
    await expect(wall.shown).toHaveText('5,000 of 5,000 agents');
    await expectTruth(wall, floor.simulator);
  },
);

story(
  'totals equal tiles under any filter, and the number beside an option is what it shows',
  async ({ floor, wall }) => {
    await floor.knowsQueues();
    await wall.open(floor.url);
    await expectTotalsToEqualTiles(wall, EVERYBODY);

    const inDivision = await wall.choose('Division', 'EMEA');
    await expectTotalsToEqualTiles(wall, inDivision);
    const alsoInQueue = await wall.choose('Queue', 'Billing');
    expect(alsoInQueue).toBeLessThan(inDivision);
    await expectTotalsToEqualTiles(wall, alsoInQueue);
    await wall.page.getByRole('button', { name: 'Clear filters' }).click();
    await expectTotalsToEqualTiles(wall, EVERYBODY);

    const breaks = (await wall.readTotals()).get('Break') ?? NaN;
    await wall.total('Break').click();
    const tiles = await wall.readAllTiles();
    expect(tiles.size).toBe(breaks);
    expect(new Set([...tiles.values()].map(({ activity }) => activity))).toEqual(new Set(['Break']));
    await expect(wall.shown).toHaveText(`${breaks.toLocaleString('en')} of 5,000 agents`);
  },
);

/** Reads every tile and compares the wall with its own numbers. */
const expectTotalsToEqualTiles = async (wall: WallPage, shown: number): Promise<void> => {
  await expect(wall.shown).toHaveText(`${shown.toLocaleString('en')} of 5,000 agents`);
  const tiles = await wall.readAllTiles();
  const totals = new Map(await wall.readTotals());
  for (const badge of ['Disagreeing', 'Flagged']) totals.delete(badge); // on tiles of any activity
  const counted = new Map([...totals.keys()].map((word) => [word, 0]));
  for (const { activity } of tiles.values()) counted.set(activity, (counted.get(activity) ?? 0) + 1);
  expect(counted).toEqual(totals);
  expect(tiles.size).toBe(shown);
};
