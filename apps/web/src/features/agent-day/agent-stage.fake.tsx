import type { ErrorBody } from '@floorwatch/contracts';
import type { Interval } from '@floorwatch/domain';
import { act } from 'react';
import { vi } from 'vitest';
import { PageStage } from '../../live/page-stage.fake.tsx';
import { AgentDay } from './agent-day.tsx';
import { readAgentDaySearch } from './agent-day-search.ts';
import { availabilityReply, comparisonReply, historyReply, scheduleReply, type PastStretch } from './history.fake.ts';

const STEP_MS: Readonly<Record<string, number>> = {
  '5m': 300_000,
  '15m': 900_000,
  '30m': 1_800_000,
  '1h': 3_600_000,
  '1d': 86_400_000,
  '1w': 604_800_000,
};

/** What the API answers instead, for requests of one kind; null lets it answer as usual. */
export type Instead = (request: { readonly url: URL; readonly range: Interval }) => Promise<Response> | Response | null;

export const refusal = (status: number, body: Omit<ErrorBody, 'correlationId'>): Response =>
  Response.json({ correlationId: 'c-42', ...body }, { status });

/** An agent's page with the floor and an API of a made-up past behind it. */
export class AgentStage extends PageStage {
  /** Addresses of the API that were asked, in order. */
  readonly asked: URL[] = [];
  past: readonly PastStretch[] = [];
  instead: Instead = () => null;
  scheduleProblem: string | null = null;

  constructor() {
    super();
    vi.stubGlobal('fetch', (address: string) => this.#answer(new URL(address, 'http://floorwatch.test')));
    vi.spyOn(HTMLElement.prototype, 'getBoundingClientRect').mockReturnValue(new DOMRect(0, 0, 1000, 30));
  }

  async openAgent(query = ''): Promise<void> {
    await this.show(<AgentDay wayBack={<a href="/">Go to the wall</a>} timePicker={null} />, {
      path: '/agents/$id',
      address: `/agents/id-Ana${query}`,
      readSearch: (raw) => readAgentDaySearch(raw, 'UTC'),
    });
  }

  lane(kind: string): HTMLElement {
    return this.find(`.lane[data-lane="${kind}"] [role="slider"]`);
  }

  /** What the changes table says, line by line. */
  changes(): string[] {
    const tables = this.page.querySelectorAll('table');
    return [...(tables[tables.length - 1]?.querySelectorAll('tbody tr') ?? [])].map((row) =>
      [...row.querySelectorAll('th, td')]
        .slice(0, 4)
        .map((cell) => cell.textContent.trim())
        .join(' | '),
    );
  }

  async click(label: string): Promise<void> {
    const button = [...this.page.querySelectorAll('button, label')].find(({ textContent }) =>
      textContent.includes(label),
    );
    if (!(button instanceof HTMLElement)) throw new Error(`no button “${label}” in: ${this.text}`);
    await act(async () => {
      button.click();
      await this.clock.advance(0);
    });
  }

  #answer(url: URL): Promise<Response> {
    this.asked.push(url);
    const ask = (name: string): string => url.searchParams.get(name) ?? '';
    const range = { from: Date.parse(ask('from')), to: Date.parse(ask('to')) };
    const instead = this.instead({ url, range });
    if (instead !== null) return Promise.resolve(instead);
    return Promise.resolve(Response.json(this.#reply(url.pathname, range, ask)));
  }

  #reply(path: string, range: Interval, ask: (name: string) => string): unknown {
    const { now } = this;
    if (path.endsWith('/presence-definitions')) return { definitions: [] };
    if (path.endsWith('/history'))
      return ask('kind') === 'schedule'
        ? { ...scheduleReply(range, now), scheduleProblem: this.scheduleProblem }
        : historyReply(this.past, range, now);
    if (path.endsWith('/comparison')) {
      const from = Date.parse(`${ask('day')}T00:00Z`);
      return comparisonReply(this.past, { from, to: Math.min(from + 86_400_000, now) }, ask('zone'));
    }
    const granularity = ask('granularity') as '1h';
    const stepMs = STEP_MS[granularity] ?? 0;
    return availabilityReply(this.past, { range, now, stepMs, zone: ask('zone'), granularity });
  }
}
