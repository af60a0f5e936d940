import type { Locator, Page } from '@playwright/test';

export type LaneName = 'Presence' | 'Routing' | 'Activity' | 'Schedule';

/** The page of one agent, in the words of somebody who looks at it. */
export class AgentPage {
  readonly page: Page;
  readonly name: Locator;
  readonly axis: Locator;
  readonly marks: Locator;
  /** What the time adds up to: `Together 24:00:00 of 24:00:00`. */
  readonly sum: Locator;
  readonly tooltip: Locator;

  constructor(page: Page) {
    this.page = page;
    this.name = page.getByRole('heading', { level: 1 });
    this.axis = page.getByRole('slider', { name: /^Time shown/ });
    this.marks = page.getByRole('slider', { name: /^Marks/ });
    this.sum = this.part('Availability').getByText(/^Together/);
    this.tooltip = page.locator('.tooltip');
  }

  /** Opens an agent's page and waits until it shows when something was. */
  async open(floorUrl: string, agentId: string, query = ''): Promise<void> {
    await this.page.goto(`${floorUrl}/agents/${agentId}${query}`);
    await this.axis.waitFor();
  }

  /** A part of the page by its heading. */
  part(title: string): Locator {
    return this.page.getByRole('region', { name: title, exact: true });
  }

  /** A lane; its value text is the segment the keyboard stands on. */
  lane(name: LaneName): Locator {
    return this.page.getByRole('slider', { name: new RegExp(`^${name}:`) });
  }

  /** How wide the stretches of one colour are on a lane, in pixels of the drawing. */
  widthOf(name: LaneName, activity: string): Promise<number> {
    return this.lane(name)
      .locator(`path[data-activity="${activity}"]`)
      .evaluateAll((paths) =>
        paths
          .flatMap((path) => [...(path.getAttribute('d') ?? '').matchAll(/h([\d.]+)v/g)])
          .reduce((sum, [, width]) => sum + Number(width), 0),
      );
  }

  /** The newest lines of the table of changes: when, on which lane, what, how long. */
  async changes(count: number): Promise<string[][]> {
    const lines = await this.part('Changes').locator('tbody tr').all();
    return Promise.all(
      lines.slice(0, count).map(async (line) => (await line.locator('th, td').allInnerTexts()).slice(0, 4)),
    );
  }
}
