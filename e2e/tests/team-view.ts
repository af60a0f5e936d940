import { TeamPage } from '../pages/team-page.ts';
import { readTable } from '../support/csv.ts';
import { expectAccessible } from '../support/expect-accessible.ts';
import type { Floor } from '../support/floor.ts';
import { expect, story } from '../support/story.ts';
import { until } from '../support/until.ts';

story.use({ agents: 40, speed: 1 });

const FIGURES = ['availableSeconds', 'onCallSeconds', 'wrapUpSeconds', 'notReadySeconds', 'offlineSeconds'] as const;

const DAY_MS = 86_400_000;
const yesterday = (): string => new Date(Date.now() - DAY_MS).toISOString().slice(0, 10);

/** Waits until what happened before the start has been asked of the platform, so that figures of the past stand still. */
const knowsThePast = (floor: Floor): Promise<void> =>
  until('the past is known', async () => {
    const from = new Date(Date.now() - 3_600_000).toISOString();
    const to = new Date(Date.now() - 1_800_000).toISOString();
    const answer = await fetch(new URL(`/api/availability?from=${from}&to=${to}&limit=1`, floor.url));
    return (await answer.text()).includes('"unknownSeconds":0,');
  });

/** `5:01:10` as seconds. */
const secondsIn = (duration: string): number => {
  const [hours = 0, minutes = 0, seconds = 0] = duration.split(':').map(Number);
  return hours * 3600 + minutes * 60 + seconds;
};

/** `63.2 %` as a number; lines without a figure come last, whichever way they are sorted. */
const sharesIn = (column: readonly string[]): number[] =>
  column.filter((text) => text !== '–').map((text) => Number(text.replace(' %', '')));

story('what is exported is what the screen says: all together, and each agent', async ({ floor, page }) => {
  await knowsThePast(floor);
  const team = new TeamPage(page);
  await team.open(`${floor.url}/team?day=${yesterday()}&zone=Europe/Berlin`);
  const { name, text } = await team.export('A line for each agent as CSV');
  expect(name).toMatch(/^floorwatch-.*\.csv$/);
  expect(text).toContain('Europe/Berlin');
  const rows = readTable(text);
  const sum = rows.at(-1);
  expect(rows).toHaveLength(41);
  const total = await team.readFigures(team.total);
  for (const figure of FIGURES) {
    const exact = rows.slice(0, -1).reduce((seconds, row) => seconds + Number(row[figure]), 0);
    expect(exact).toBeCloseTo(Number(sum?.[figure]), 2);
    expect(Math.abs(secondsIn(total.get(figure) ?? '') - exact), figure).toBeLessThan(1);
  }
  const first = await team.readFigures(team.lines.first());
  const id = await team.lines.first().getAttribute('data-agent-id');
  const line = rows.find(({ userId }) => userId === id);
  expect(first.get('stateTransitions')).toBe(Number(line?.['stateTransitions']).toLocaleString('en'));
  const json = await team.export('A line for each agent and 1 hour as JSON');
  const file = JSON.parse(json.text) as { readonly rows: readonly unknown[] };
  expect(file.rows).toHaveLength(40 * 24);
});

story(
  'a choice goes along from the team to the wall and back, and a line leads to its agent',
  async ({ floor, wall }) => {
    await knowsThePast(floor);
    const { page } = wall;
    const team = new TeamPage(page);
    await team.open(`${floor.url}/team?day=${yesterday()}&zone=UTC`);
    const inDivision = await wall.choose('Division', 'EMEA');
    await expect(team.shown).toHaveText(`${String(inDivision)} of 40 agents: Division EMEA`);
    await expect(team.lines).toHaveCount(inDivision);

    await team.sortBy('Ready %');
    await expect(page).toHaveURL(/sort=readyShare&order=desc/);
    await expect(async () => {
      const shares = sharesIn(await team.readColumn('readyShare'));
      expect(shares).toEqual(shares.toSorted((a, b) => b - a));
    }).toPass();

    await page.getByRole('link', { name: 'Wall' }).click();
    await expect(wall.shown).toHaveText(`${String(inDivision)} of 40 agents`);
    await page.getByRole('link', { name: 'Team', exact: true }).click();
    await expect(team.lines).toHaveCount(inDivision);
    await expect(page).toHaveURL(/sort=readyShare/);

    const link = team.lines.first().getByRole('link');
    const name = await link.textContent();
    await link.click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(name ?? '');
    await expect(page).toHaveURL(new RegExp(`/agents/.*day=${yesterday()}`));
    await page.goBack();
    await expect(team.lines).toHaveCount(inDivision);
  },
);

story('the wall as a file has exactly the agents shown, in their order', async ({ floor, wall }) => {
  const { page } = wall;
  await wall.open(`${floor.url}/?sort=name`);
  const inDivision = await wall.choose('Division', 'EMEA');
  await expect(wall.shown).toHaveText(`${String(inDivision)} of 40 agents`);
  const names = [...(await wall.readAllTiles()).values()].map(({ name }) => name);
  const { text } = await new TeamPage(page).export('Agents shown, as they are now as CSV');
  expect(text).toContain('division EMEA');
  expect(readTable(text).map(({ name }) => name)).toEqual(names);
});

story('beyond what is kept the page says what can be asked for, and goes there', async ({ floor, page }) => {
  await page.goto(`${floor.url}/team?day=2020-01-01`);
  await expect(page.getByRole('heading', { name: 'That is longer ago than is kept' })).toBeVisible();
  await page.getByRole('button', { name: 'Show the oldest whole day' }).click();
  await expect(new TeamPage(page).lines.first()).toBeVisible();
});

for (const theme of ['light', 'dark'] as const)
  story(`in ${theme} colours the team view can be read by everybody, and printed`, async ({ floor, page }) => {
    await knowsThePast(floor);
    const team = new TeamPage(page);
    await team.open(`${floor.url}/team?theme=${theme}`);
    await expectAccessible(page);
    await page.getByRole('button', { name: /^Zone/ }).click();
    await page.keyboard.type('kolkata');
    await expectAccessible(page);
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(/zone=Asia%2FKolkata/);
    await page.getByRole('button', { name: 'Export' }).click();
    await expect(page.getByRole('dialog', { name: 'Export' })).toBeVisible();
    await expectAccessible(page);
    await page.keyboard.press('Escape');
    await team.lines.first().getByRole('button').click();
    await expect(page.getByRole('dialog').getByRole('table')).toContainText('Times in Asia/Kolkata, UTC+5:30');
    await expectAccessible(page);
    await page.keyboard.press('Escape');
    await page.emulateMedia({ media: 'print' });
    await expect(team.lines).toHaveCount(40);
    await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'light');
  });

story.describe('on a phone', () => {
  story.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

  story('the team view fits, can be filtered, and every agent is reached', async ({ floor, wall }) => {
    const { page } = wall;
    const team = new TeamPage(page);
    await team.open(`${floor.url}/team`);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    await page.getByRole('button', { name: 'Filters' }).tap();
    const inDivision = await wall.choose('Division', 'EMEA');
    await expect(team.shown).toHaveText(`${String(inDivision)} of 40 agents: Division EMEA`);
    await team.lines.last().scrollIntoViewIfNeeded();
    await expect(page.locator(`[aria-rowindex="${String(inDivision + 3)}"]`)).toBeVisible();
    await expectAccessible(page);
  });
});
