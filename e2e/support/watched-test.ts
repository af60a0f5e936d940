import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test as base } from '@playwright/test';
import { ROOT } from './program.ts';
import { currentWatch, startWatch } from './secret-watch.ts';

const BUNDLE = join(ROOT, 'apps/web/dist');

/** The text of every file that browsers may load, read once. */
let bundle: readonly { readonly name: string; readonly text: string }[] | null = null;

const bundleFiles = () =>
  (bundle ??= readdirSync(BUNDLE, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => ({ name, text: readFileSync(join(parentPath, name), 'latin1') })));

/**
 * A test in which no secret may go where it does not belong: whatever Floorwatch sent to any page or printed, and the bundle, are
 * searched at its end for every secret there was.
 */
export const test = base.extend<{ secrets: void }>({
  secrets: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads from the pattern what a fixture needs
    async ({}, use) => {
      const watch = startWatch();
      await use();
      await watch.settled();
      for (const { name, text } of bundleFiles()) watch.hear(`bundle ${name}`, text);
      expect(watch.findings(), 'secrets that are where they do not belong').toEqual([]);
    },
    { auto: true },
  ],

  browser: [
    async ({ browser }, use) => {
      browser.on('context', (context) => currentWatch().listenTo(context));
      await use(browser);
    },
    { scope: 'worker' },
  ],

  context: async ({ context }, use) => {
    await use(context);
    await currentWatch().settled(); // what is being read would be lost with the context
  },
});

export { expect };
