import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import type { Floorwatch } from '../processes/floorwatch.ts';
import type { OpenBrowser } from './chromium.ts';

const PLAIN_LIST_BUILD = new URL('../../dist/plain-list/', import.meta.url);

/** A page that is hopelessly busy takes its time. */
const LOAD_DEADLINE_MS = 90_000;

/** The words with which the wall says that every agent is on it. */
export const allOnTheWall = (agents: number): string => {
  const all = agents.toLocaleString('en');
  return `${all} of ${all} agents`;
};

interface Wall {
  readonly agents: number;
  /** The view to open, as in the address bar. */
  readonly search?: string;
}

/** Opens the product's own page and waits until all agents are on the wall. */
export const openWall = async (
  browser: OpenBrowser,
  { url }: Floorwatch,
  { agents, search = '' }: Wall,
): Promise<Page> => {
  const page = await browser.newPage();
  await page.goto(`${url}/${search}`, { waitUntil: 'commit' });
  await page.getByText(allOnTheWall(agents)).waitFor({ timeout: LOAD_DEADLINE_MS });
  return page;
};

/**
 * Opens the peer's page. Its files are slipped in under the product's own address, so that it speaks to the same
 * server over the same socket, and the server need not know of it.
 */
export const openPlainList = async (browser: OpenBrowser, { url }: Floorwatch, agents: number): Promise<Page> => {
  const page = await browser.newPage();
  await page.context().grantPermissions(['local-network-access']); // its files come from nowhere, its data from loopback
  const root = `${url}/plain-list/`;
  await page.route(`${root}**`, async (route) => {
    const path = route.request().url().slice(root.length) || 'index.html';
    await route.fulfill({ path: fileURLToPath(new URL(path, PLAIN_LIST_BUILD)) });
  });
  await page.goto(root, { waitUntil: 'commit' });
  await page.getByRole('heading', { name: `${String(agents)} agents` }).waitFor({ timeout: LOAD_DEADLINE_MS });
  // A peer that hears nothing would look wonderfully quick.
  await page.locator('html[data-hears="events"]').waitFor({ state: 'attached', timeout: LOAD_DEADLINE_MS });
  return page;
};
