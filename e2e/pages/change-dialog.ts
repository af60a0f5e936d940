import type { Locator, Page } from '@playwright/test';

/** The dialog that changes the presence of one agent, in the words of somebody who uses it. */
export class ChangeDialog {
  readonly dialog: Locator;
  readonly search: Locator;
  readonly message: Locator;
  readonly told: Locator;
  readonly reason: Locator;
  /** What came of it. */
  readonly outcome: Locator;
  readonly undo: Locator;

  constructor(page: Page) {
    this.dialog = page.getByRole('dialog', { name: /^Change / });
    this.search = this.dialog.getByRole('textbox', { name: 'Search presences' });
    this.message = this.dialog.getByRole('textbox', { name: 'Message' });
    this.told = this.dialog.getByRole('region', { name: 'What it would do' });
    this.reason = this.dialog.getByRole('textbox', { name: /^Reason/ });
    this.outcome = this.dialog.getByRole('heading', { level: 3 });
    this.undo = this.dialog.getByRole('button', { name: /^Undo/ });
  }

  presence(label: string): Locator {
    return this.dialog.getByRole('radio', { name: label, exact: true });
  }

  /** The button that sends it; `Set to Break`, `Hold Break for 30 min`. */
  send(words: string): Locator {
    return this.dialog.getByRole('button', { name: words, exact: true });
  }

  button(words: string): Locator {
    return this.dialog.getByRole('button', { name: words, exact: true });
  }
}
