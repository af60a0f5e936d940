import type { AgentId, Interval } from '@floorwatch/domain';
import type { z } from 'zod';
import type { ApiClient } from '../http/api-client.ts';
import { GenesysRejected, GenesysUnexpected } from '../http/genesys-error.ts';
import type { ReadOptions } from '../http/priority.ts';
import { toSchedule, type ScheduledActivity } from '../mapping/schedule.ts';
import {
  agentManagementUnit,
  scheduleSearchResponse,
  scheduleSearchResult,
  type ScheduleSearchResult,
} from '../wire/workforce.ts';
import type { ActivityCodesReader } from './activity-codes.ts';

const WFM = '/api/v2/workforcemanagement';
const SEARCH = `${WFM}/managementunits/{managementUnitId}/agentschedules/search`;

const DAY_MS = 24 * 3_600_000;

interface SchedulesDeps {
  readonly api: ApiClient;
  readonly codes: ActivityCodesReader;
}

interface Search extends ReadOptions {
  readonly agentId: AgentId;
  readonly unitId: string;
}

/** What agents are meant to do: published schedules of workforce management (API §10). */
export class Schedules {
  readonly #deps: SchedulesDeps;

  constructor(deps: SchedulesDeps) {
    this.#deps = deps;
  }

  /** Null for an agent whom nobody plans: one in no management unit. */
  async get(agentId: AgentId, interval: Interval, options: ReadOptions): Promise<ScheduledActivity[] | null> {
    const unit = await this.#unitOf(agentId, options);
    if (unit === null) return null;
    const codes = await this.#deps.codes.of(unit.businessUnit.id, options);
    const results = await this.#search(interval, { agentId, unitId: unit.managementUnit.id, ...options });
    const activities = results.flatMap((result) => toSchedule(agentId, result, { codes, interval }));
    // A shift over a seam of two searches is in both.
    return [...new Map(activities.map((one) => [`${String(one.from)} ${String(one.to)}`, one])).values()];
  }

  async #unitOf(agentId: AgentId, options: ReadOptions): Promise<z.infer<typeof agentManagementUnit> | null> {
    try {
      const path = `${WFM}/agents/{agentId}/managementunit`;
      const call = { method: 'GET', path, pathValues: { agentId }, answer: agentManagementUnit } as const;
      return (await this.#deps.api.call({ ...call, ...options })).body;
    } catch (error) {
      if (error instanceof GenesysRejected && error.status === 404) return null;
      throw error;
    }
  }

  /**
   * A search that takes longer is answered by an event to the person who asked, and a service is nobody (API §10.3): then
   * less is asked for at once.
   */
  async #search(interval: Interval, search: Search): Promise<ScheduleSearchResult[]> {
    const { agentId, unitId, ...options } = search;
    const { body } = await this.#deps.api.call({
      method: 'POST',
      isQuestion: true,
      path: SEARCH,
      pathValues: { managementUnitId: unitId },
      body: {
        startDate: new Date(interval.from).toISOString(),
        endDate: new Date(interval.to).toISOString(),
        userIds: [agentId],
      },
      answer: scheduleSearchResponse,
      ...options,
    });
    if (body.status === 'Processing') return this.#searchHalves(interval, search);
    if (body.downloadUrl)
      return [
        await this.#deps.api.download({
          url: body.downloadUrl,
          path: SEARCH,
          answer: scheduleSearchResult,
          ...options,
        }),
      ];
    if (body.result) return [body.result];
    throw unexpected(`the search of schedules ended with status "${body.status ?? 'none'}"`);
  }

  async #searchHalves({ from, to }: Interval, search: Search): Promise<ScheduleSearchResult[]> {
    if (to - from <= DAY_MS) throw unexpected('the search of a schedule of one day is not answered at once');
    const middle = from + Math.ceil((to - from) / 2 / DAY_MS) * DAY_MS;
    const first = await this.#search({ from, to: middle }, search);
    return [...first, ...(await this.#search({ from: middle, to }, search))];
  }
}

const unexpected = (message: string): GenesysUnexpected =>
  new GenesysUnexpected({ message, context: { method: 'POST', path: SEARCH, correlationId: null } });
