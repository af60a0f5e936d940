import {
  AVAILABILITY_FIGURES,
  type AgentAvailabilityLine,
  type AvailabilityFigure,
  type AvailabilityList,
  type ErrorBody,
} from '@floorwatch/contracts';
import { act } from 'react';
import { vi } from 'vitest';
import { PageStage } from '../../live/page-stage.fake.tsx';
import { readTeamSearch } from './team-search.ts';
import { TeamView } from './team-view.tsx';
import { figuresOf, type Six } from './figures.fake.ts';

export const refusal = (status: number, body: Omit<ErrorBody, 'correlationId'>): Response =>
  Response.json({ correlationId: 'c-42', ...body }, { status });

/** The team view with a floor and an API that adds up made-up times behind it. */
export class TeamStage extends PageStage {
  /** Questions of the API, in order. */
  readonly asked: URL[] = [];
  /** Seconds per agent's name; what is not said is an hour of each but the unknown. */
  readonly times = new Map<string, Six>();
  recordedFrom: string | null = '2026-08-01T00:00:00.000Z';
  /** Lines per page, whatever is asked for. */
  pageSize = 100;
  /** What the API answers instead; null lets it answer as usual. */
  instead: (url: URL) => Response | null = () => null;

  constructor() {
    super();
    vi.stubGlobal('fetch', (address: string) => {
      const url = new URL(address, 'http://floorwatch.test');
      this.asked.push(url);
      return Promise.resolve(this.instead(url) ?? Response.json(this.#reply(url.searchParams)));
    });
    vi.spyOn(HTMLElement.prototype, 'clientHeight', 'get').mockReturnValue(900);
    vi.spyOn(HTMLElement.prototype, 'clientWidth', 'get').mockReturnValue(1400);
  }

  /** An agent of a team on the floor, with their times. */
  put(name: string, team: string, times?: Six): void {
    this.floor.put(name, { presence: 'onQueue', routing: 'idle', at: this.now, team, division: 'north' });
    if (times !== undefined) this.times.set(name, times);
  }

  async openTeam(query = ''): Promise<void> {
    this.open();
    await this.show(<TeamView timePicker={null} />, {
      path: '/team',
      address: `/team${query}`,
      readSearch: (raw) => readTeamSearch(raw, 'UTC'),
    });
  }

  /** Names of the lines, from the top. */
  names(): (string | null)[] {
    return [...this.page.querySelectorAll('.team__link')].map(({ textContent }) => textContent);
  }

  /** One figure of the line of an agent, or of `team-total`, `team-median`. */
  figure(line: string, figure: AvailabilityFigure): string {
    const row = line.startsWith('team-') ? `[data-testid="${line}"]` : `[data-agent-id="id-${line}"]`;
    return this.find(`${row} [data-figure="${figure}"]`).textContent;
  }

  async press(selector: string): Promise<void> {
    await act(async () => {
      this.find(selector).click();
      await this.clock.advance(0);
    });
  }

  #reply(query: URLSearchParams): AvailabilityList {
    const teams = query.get('team')?.split(',');
    const start = Number(query.get('cursor') ?? 0);
    const all = [...this.floor.board.rows()]
      .filter(({ profile }) => teams === undefined || teams.includes(profile.team ?? ''))
      .map(({ profile }) => this.#lineOf(profile.name, profile.team, query));
    const sort = query.get('sort') as AvailabilityFigure;
    if (AVAILABILITY_FIGURES.includes(sort)) all.sort((a, b) => (b.total[sort] ?? 0) - (a.total[sort] ?? 0));
    const end = start + this.pageSize;
    return {
      from: query.get('from') ?? '',
      to: new Date(Math.min(this.now, Date.parse(query.get('to') ?? ''))).toISOString(),
      zone: query.get('zone') ?? '',
      agents: all.length,
      lines: all.slice(start, end),
      total: figuresOf(sumOf(all.map(({ name }) => this.#timesOf(name)))),
      median: Object.fromEntries(AVAILABILITY_FIGURES.map((key) => [key, all[0]?.total[key] ?? null])) as Record<
        AvailabilityFigure,
        number | null
      >,
      retainedFrom: '2026-05-15T00:00:00.000Z',
      recordedFrom: this.recordedFrom,
      cursor: end < all.length ? String(end) : null,
    };
  }

  #timesOf(name: string): Six {
    return this.times.get(name) ?? [3600, 3600, 3600, 3600, 3600, 0];
  }

  #lineOf(name: string, team: string | null, query: URLSearchParams): AgentAvailabilityLine {
    const total = figuresOf(this.#timesOf(name));
    const windowStart = query.get('from') ?? '';
    const windowEnd = new Date(Date.parse(windowStart) + total.elapsedSeconds * 1000).toISOString();
    return {
      agentId: `id-${name}`,
      name,
      team,
      divisionId: 'north',
      total,
      intervals: [{ ...total, windowStart, windowEnd }],
    };
  }
}

const sumOf = (times: readonly Six[]): Six => {
  const sum = (index: number): number => times.reduce((total, six) => total + (six[index] ?? 0), 0);
  return [sum(0), sum(1), sum(2), sum(3), sum(4), sum(5)];
};
