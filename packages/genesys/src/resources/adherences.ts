import { agentId, type AgentId, type PlannedNow } from '@floorwatch/domain';
import { z } from 'zod';
import type { ApiClient } from '../http/api-client.ts';
import { GenesysRejected } from '../http/genesys-error.ts';
import type { ReadOptions } from '../http/priority.ts';
import { toPlannedNow } from '../mapping/planned-now.ts';
import type { ActivityCodes } from '../mapping/schedule.ts';
import type { Oddities } from '../oddities.ts';
import { userScheduleAdherence, type UserScheduleAdherence } from '../wire/workforce.ts';
import type { ActivityCodesReader } from './activity-codes.ts';

const PATH = '/api/v2/workforcemanagement/adherence';

/** API §10.1. */
export const MAX_ADHERENCES_PER_CALL = 100;

interface AdherencesDeps {
  readonly api: ApiClient;
  readonly codes: ActivityCodesReader;
  readonly oddities: Oddities;
}

const NO_CODES: ActivityCodes = new Map();

/** What agents are meant to do now: real-time adherence (API §10.1). */
export class Adherences {
  readonly #deps: AdherencesDeps;

  constructor(deps: AdherencesDeps) {
    this.#deps = deps;
  }

  /** Agents whom nobody plans are missing from the answer. @throws RangeError for more than 100 ids or none */
  async get(ids: readonly AgentId[], options: ReadOptions): Promise<Map<AgentId, PlannedNow>> {
    if (ids.length === 0 || ids.length > MAX_ADHERENCES_PER_CALL)
      throw new RangeError(`1 to ${String(MAX_ADHERENCES_PER_CALL)} ids a call, not ${String(ids.length)}`);
    const { api, oddities } = this.#deps;
    const call = { method: 'GET', path: PATH, query: { userId: ids }, answer: z.array(z.unknown()) } as const;
    const { body } = await api.call({ ...call, ...options });
    const planned = new Map<AgentId, PlannedNow>();
    for (const raw of body) {
      const { data } = userScheduleAdherence.safeParse(raw);
      const id = data?.user?.id ?? data?.id ?? null;
      const plan = data === undefined ? null : toPlannedNow(data, await this.#codesFor(data, options));
      if (id === null || plan === null) oddities.note(`${PATH}: entity`);
      else planned.set(agentId(id), plan);
    }
    return planned;
  }

  /** Without the permission to read them the organisation's own presences count as what they are a kind of. */
  async #codesFor({ businessUnit }: UserScheduleAdherence, options: ReadOptions): Promise<ActivityCodes> {
    if (!businessUnit) return NO_CODES;
    try {
      return await this.#deps.codes.of(businessUnit.id, options);
    } catch (error) {
      if (error instanceof GenesysRejected) return NO_CODES;
      throw error;
    }
  }
}
