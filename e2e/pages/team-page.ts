import { readFile } from 'node:fs/promises';
import type { Locator, Page } from '@playwright/test';

/** The team view, in the words of somebody who reads it. */
export class TeamPage {
  readonly page: Page;
  readonly table: Locator;
  /** The lines of agents in the document. */
  readonly lines: Locator;
  readonly total: Locator;
  readonly median: Locator;
  readonly shown: Locator;

  constructor(page: Page) {
    this.page = page;
    this.table = page.getByRole('table', { name: 'Availability by agent' });
    this.lines = this.table.locator('[role=row][data-agent-id]');
    this.total = page.getByTestId('team-total');
    this.median = page.getByTestId('team-median');
    this.shown = page.getByText(/^[\d,]+ of [\d,]+ agents/);
  }

  /** Opens an address and waits for the figures. */
  async open(address: string): Promise<void> {
    await this.page.goto(address);
    await this.lines.first().waitFor();
  }

  /** Figures of a line, by the name they have in the API. */
  async readFigures(line: Locator): Promise<ReadonlyMap<string, string>> {
    const cells = await line
      .locator('[data-figure]')
      .evaluateAll((found) => found.map((cell) => [cell.getAttribute('data-figure') ?? '', cell.textContent] as const));
    return new Map(cells);
  }

  /** One figure of every line in the document, from the top. */
  readColumn(figure: string): Promise<string[]> {
    return this.lines.locator(`[data-figure="${figure}"]`).allTextContents();
  }

  /** Sorts by a heading. */
  async sortBy(heading: string): Promise<void> {
    await this.table.getByRole('button', { name: heading, exact: true }).click();
  }

  /** Opens the export, takes a file and closes it again. @returns the file's name and text */
  async export(choice: string): Promise<{ readonly name: string; readonly text: string }> {
    await this.page.getByRole('button', { name: 'Export' }).click();
    const [download] = await Promise.all([
      this.page.waitForEvent('download'),
      this.page.getByRole('button', { name: choice }).click(),
    ]);
    await this.page.getByText(/^Saved as/).waitFor();
    await this.page.keyboard.press('Escape');
    await this.page.getByRole('dialog', { name: 'Export' }).waitFor({ state: 'hidden' });
    return { name: download.suggestedFilename(), text: await readFile(await download.path(), 'utf8') };
  }
}
