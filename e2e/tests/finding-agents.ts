import { WallPage } from '../pages/wall-page.ts';
import { expect, story } from '../support/story.ts';

story.use({ agents: 300, speed: 0 });

story(
  'search, filter and order stand in the address, and the address shows the same wall elsewhere',
  async ({ floor, wall, context }) => {
    await floor.knowsQueues();
    await wall.open(floor.url);
    const inDivision = await wall.choose('Division', 'EMEA');
    await expect(wall.shown).toHaveText(`${String(inDivision)} of 300 agents`);
    await wall.total('Interacting').click();
    await wall.page.getByRole('radiogroup', { name: 'Order of the agents' }).getByText('Name').click();
    await wall.search.fill('a');
    await expect(wall.page).toHaveURL(/q=a/);
    const here = await wall.readTiles();
    expect(here.length).toBeGreaterThan(0);

    const elsewhere = new WallPage(await context.newPage());
    await elsewhere.open(wall.page.url());
    await expect(elsewhere.search).toHaveValue('a');
    await expect(elsewhere.total('Interacting')).toHaveAttribute('aria-pressed', 'true');
    await expect.poll(() => elsewhere.readTiles()).toEqual(here);

    await wall.page.goBack();
    await expect(wall.shown).not.toHaveText(`${String(here.length)} of 300 agents`);
    await wall.page.goForward();
    await expect.poll(() => wall.readTiles()).toEqual(here);
  },
);

story('a search finds names in any spelling of their letters', async ({ floor, wall }) => {
  await wall.open(floor.url);
  const tiles = [...(await wall.readAllTiles()).values()];
  const accented = tiles.find(({ name }) => /[À-ž]/.test(name));
  expect(accented, 'the demo organisation has names with accents').toBeDefined();
  if (accented === undefined) return;
  await wall.search.fill(accented.name.normalize('NFD').replaceAll(/\p{M}/gu, '').toUpperCase());
  await expect(wall.tileOf(accented.id)).toBeVisible();
  for (const { name } of await wall.readTiles()) expect(name.length).toBeGreaterThan(0);
});

story('a wall that the filter has emptied says how many it hides and shows the way out', async ({ floor, wall }) => {
  await wall.open(floor.url);
  await wall.search.fill('nobody is called this');
  await expect(wall.page.getByRole('heading', { name: 'Nobody matches right now' })).toBeVisible();
  await expect(wall.page.getByText('The filter hides 300 agents')).toBeVisible();
  await wall.page.getByRole('button', { name: 'Show everybody' }).click();
  await expect(wall.shown).toHaveText('300 of 300 agents');
});

story('by name the wall is in order, from the first tile to the last', async ({ floor, wall }) => {
  await wall.open(`${floor.url}/?sort=name`);
  const names = [...(await wall.readAllTiles()).values()].map(({ name }) => name);
  const inOrder = names.toSorted(new Intl.Collator('en', { sensitivity: 'base', numeric: true }).compare);
  expect(names).toEqual(inOrder);
});

story('everything can be done from the keyboard', async ({ floor, wall }) => {
  await wall.open(floor.url);
  const { keyboard } = wall.page;
  await keyboard.press('/');
  await expect(wall.search).toBeFocused();
  await keyboard.type('ma');
  await expect(wall.page).toHaveURL(/q=ma/);
  await keyboard.press('Escape');
  await expect(wall.search).toHaveValue('');
  await expect(wall.search).not.toBeFocused();
  await expect(wall.shown).toHaveText('300 of 300 agents');

  await keyboard.press('j');
  await expect(wall.linkAt(1)).toBeFocused();
  await keyboard.press('j');
  await expect(wall.linkAt(2)).toBeFocused();
  await keyboard.press('k');
  await expect(wall.linkAt(1)).toBeFocused();
  await keyboard.press('End');
  await expect(wall.linkAt(300)).toBeFocused();
  await keyboard.press('Escape');

  await keyboard.press('?');
  await expect(wall.page.getByRole('dialog', { name: 'Keys and signs' })).toBeVisible();
  await keyboard.press('Escape');
  await expect(wall.page.getByRole('dialog', { name: 'Keys and signs' })).toBeHidden();

  await wall.page.getByRole('button', { name: /^Division/ }).focus();
  await keyboard.press('Enter');
  await expect(wall.page.getByRole('dialog', { name: 'Division' })).toBeVisible();
  await keyboard.press('Space');
  await expect(wall.page).toHaveURL(/division=/);
  await keyboard.press('Escape');
  await expect(wall.page.getByRole('button', { name: /^Division/ })).toBeFocused();
});
