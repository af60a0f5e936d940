import type { Locator, Page } from '@playwright/test';

/** One tile as a viewer reads it. */
export interface TileText {
  readonly id: string;
  readonly name: string;
  readonly activity: string;
  readonly presence: string;
  readonly routing: string;
}

/** The wall, in the words of somebody who looks at it. */
export class WallPage {
  readonly page: Page;
  readonly agents: Locator;
  readonly tiles: Locator;
  readonly totals: Locator;
  readonly search: Locator;
  readonly banner: Locator;
  readonly pill: Locator;
  readonly shown: Locator;

  constructor(page: Page) {
    this.page = page;
    this.agents = page.getByRole('list', { name: 'Agents' });
    this.tiles = this.agents.getByRole('listitem');
    this.totals = page.getByRole('region', { name: 'Agents per activity' });
    this.search = page.getByRole('textbox', { name: 'Search agents by name' });
    this.banner = page.getByRole('complementary', { name: 'State of the connection' });
    this.pill = page.getByTitle('Age of the data on the wall');
    this.shown = page.getByText(/^[\d,]+ of [\d,]+ agents$/);
  }

  /** Opens an address and waits until agents are to be seen. */
  async open(address: string): Promise<void> {
    await this.page.goto(address);
    await this.tiles.first().waitFor();
  }

  tileOf(agentId: string): Locator {
    return this.agents.locator(`[data-agent-id="${agentId}"]`);
  }

  /** The tile at a place in the order, from 1. */
  tileAt(place: number): Locator {
    return this.agents.locator(`[aria-posinset="${String(place)}"]`);
  }

  /** The way from the tile at a place in the order, from 1, to its agent's page: what the keyboard stands on. */
  linkAt(place: number): Locator {
    return this.tileAt(place).getByRole('link');
  }

  /** The button of an activity, with its number. */
  total(activity: string): Locator {
    return this.totals.getByRole('button', { name: new RegExp(`^\\d+ ${activity}$`) });
  }

  /** All numbers over the wall, by activity's word. */
  async readTotals(): Promise<ReadonlyMap<string, number>> {
    const texts = await this.totals.locator('button.total').allTextContents();
    return new Map(
      texts.map((text) => {
        const [, count, word] = /^(\d+)\D*?([A-Z].*)$/.exec(text) ?? [];
        return [word ?? text, Number(count)];
      }),
    );
  }

  /** Opens a filter (Division, Queue), ticks the option and closes it again. @returns the number beside the option */
  async choose(filter: string, option: string): Promise<number> {
    await this.page.getByRole('button', { name: new RegExp(`^${filter}`) }).click();
    const menu = this.page.getByRole('dialog', { name: filter });
    const label = menu.locator('label', { has: this.page.getByText(option, { exact: true }) });
    const count = Number(await label.locator('.picker__aside').textContent());
    await label.click();
    await this.page.keyboard.press('Escape');
    await menu.waitFor({ state: 'hidden' });
    return count;
  }

  /** The running times of the tiles in sight: `4:05`, `1:12 h`, `≥ 0:03`. */
  timesInSight(): Promise<string[]> {
    return this.tiles.locator('.tile__time').allTextContents();
  }

  /** The tiles in sight, in the order they stand. */
  readTiles(): Promise<TileText[]> {
    return this.agents.evaluate(readTiles, 'in sight' as const);
  }

  /** Every tile of the wall: scrolls from the top to the end, for only those in sight are in the page. */
  async readAllTiles(): Promise<ReadonlyMap<string, TileText>> {
    const tiles = await this.agents.evaluate(readTiles, 'all' as const);
    return new Map(tiles.map((tile) => [tile.id, tile]));
  }
}

/** Runs in the page, in one go: each call into the page costs more than the reading. */
const readTiles = async (list: Element, which: 'in sight' | 'all'): Promise<TileText[]> => {
  const wordsOf = (tile: Element, selector: string): string =>
    (tile.querySelector(selector)?.textContent ?? '').replace(/^(Presence|Routing): /, '');
  const inSight = (): TileText[] =>
    [...list.querySelectorAll('[role=listitem]')]
      .toSorted((a, b) => Number(a.getAttribute('aria-posinset')) - Number(b.getAttribute('aria-posinset')))
      .map((tile) => ({
        id: tile.getAttribute('data-agent-id') ?? '',
        name: wordsOf(tile, '.tile__name'),
        activity: wordsOf(tile, '.tile__activity'),
        presence: wordsOf(tile, '.tile__fact:nth-child(1)'),
        routing: wordsOf(tile, '.tile__fact:nth-child(2)'),
      }));
  const scroller = list.parentElement;
  if (which === 'in sight' || scroller === null) return inSight();
  const tiles: TileText[] = [];
  for (let top = 0; top < scroller.scrollHeight; top += scroller.clientHeight) {
    scroller.scrollTop = top;
    for (let frame = 0; frame < 3; frame += 1) await new Promise((drawn) => requestAnimationFrame(drawn));
    tiles.push(...inSight());
  }
  return tiles;
};
