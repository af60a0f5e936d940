import { MantineProvider } from '@mantine/core';
import { FakeClock } from '@floorwatch/domain/testing';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import {
  createMemoryHistory,
  createRootRoute,
  createRoute,
  createRouter,
  RouterProvider,
} from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { act } from 'react';
import { createRoot } from 'react-dom/client';
import { parsePlainSearch, writePlainSearch } from '../lib/plain-search.ts';
import { until } from '../lib/until.fake.ts';
import { FloorFake, LIVE } from './floor.fake.ts';
import { LiveConnection } from './live-connection.ts';
import { LiveStore } from './live-store.ts';
import { Ticker } from './ticker.ts';
import { LiveContext } from './use-live.ts';

/** Which page: its path in the router, the address it is opened at, and how it reads its search. */
export interface StagedAt {
  readonly path: string;
  readonly address: string;
  readonly readSearch: (raw: Record<string, unknown>) => object;
}

/** A page in a document without a browser: the real store and router, a fake clock, and the BFF's side to play. */
export class PageStage {
  readonly clock = new FakeClock();
  readonly live = new LiveStore(this.clock);
  readonly ticker = new Ticker(this.clock);
  readonly floor = new FloorFake();
  readonly page = document.createElement('div');
  readonly queries = new QueryClient();
  readonly #root = createRoot(this.page);

  get now(): number {
    return this.clock.now();
  }

  get text(): string {
    return this.page.textContent;
  }

  /** All that is to be read: dialogs stand beside the page. */
  get words(): string {
    return this.text + document.body.textContent;
  }

  /** Waits until it is to be read. */
  async shows(text: string): Promise<void> {
    await until(() => {
      if (!this.words.includes(text)) throw new Error(`The page never shows “${text}”: ${this.words}`);
    });
  }

  find(selector: string): HTMLElement {
    const found = this.page.querySelector(selector);
    if (!(found instanceof HTMLElement)) throw new Error(`nothing matches ${selector} in: ${this.page.innerHTML}`);
    return found;
  }

  /** The list and the greeting arrive. */
  open(): void {
    this.live.adopt(this.floor.list());
    this.live.greet(this.floor.hello(this.now));
  }

  /** Sends what has changed on the floor since the browser's version. */
  async sendChanges(): Promise<void> {
    await act(async () => {
      this.live.applyDelta(this.floor.delta(this.live.position?.version ?? 0, this.now));
      await Promise.resolve();
    });
  }

  async hear(upstream = LIVE): Promise<void> {
    await act(async () => {
      this.live.hear({ now: this.now, platformNow: this.now, upstream });
      await Promise.resolve();
    });
  }

  /** Lets time pass, with the page's ticker beating. */
  async pass(ms: number): Promise<void> {
    await act(() => this.clock.advance(ms));
  }

  async show(content: ReactNode, { path, address, readSearch }: StagedAt): Promise<void> {
    const rootRoute = createRootRoute();
    const route = createRoute({
      getParentRoute: () => rootRoute,
      path,
      component: () => content,
      validateSearch: readSearch,
    });
    const router = createRouter({
      routeTree: rootRoute.addChildren([route]),
      history: createMemoryHistory({ initialEntries: [address] }),
      parseSearch: parsePlainSearch,
      stringifySearch: writePlainSearch,
    });
    this.ticker.onTick(() => this.live.tick());
    this.ticker.start();
    const connection = new LiveConnection({
      clock: this.clock,
      random: () => 0.5,
      live: this.live,
      openSocket: () => ({ send: () => {}, close: () => {} }),
      loadList: () => Promise.resolve(this.floor.list()),
      explain: () => ({ message: '', correlationId: null, retryAfterMs: null, isNotReady: false }),
      reloadPage: () => true,
    });
    await act(async () => {
      await router.load();
      this.#root.render(
        <MantineProvider>
          <QueryClientProvider client={this.queries}>
            <LiveContext value={{ live: this.live, connection, ticker: this.ticker }}>
              <RouterProvider router={router} />
            </LiveContext>
          </QueryClientProvider>
        </MantineProvider>,
      );
      await Promise.resolve();
    });
  }

  async close(): Promise<void> {
    await act(async () => {
      this.#root.unmount();
      await Promise.resolve();
    });
  }
}
