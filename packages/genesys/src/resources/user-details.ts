import { agentId, type AgentId, type Clock, type Interval } from '@floorwatch/domain';
import type { ApiClient } from '../http/api-client.ts';
import type { ReadOptions } from '../http/priority.ts';
import { toAgentDetails, type AgentDetails } from '../mapping/user-details.ts';
import type { Oddities } from '../oddities.ts';
import { userDetailsQueryResponse, type UserDetail } from '../wire/user-details.ts';

/** The most users in one question (API §9.3), and the largest page (API §9.1). */
export const MAX_DETAILS_PER_CALL = 100;

/** The longest interval of a question that names users, days (API §9.1). */
const MAX_DAYS = 31;
const DAY_MS = 24 * 3_600_000;

/**
 * Users times days of one question: of so many a busy floor fills about ten megabytes, and larger answers are what the
 * platform refuses (API §3.2).
 */
const MAX_USER_DAYS = 400;

/** Pages after which a listing that never ends is given up: far more than 100 users can fill. */
const MAX_PAGES = 200;

interface UserDetailsDeps {
  readonly api: ApiClient;
  readonly clock: Clock;
  readonly oddities: Oddities;
}

/** What users did: presences and routing statuses, change by change (API §9.1). */
export class UserDetails {
  readonly #deps: UserDetailsDeps;

  constructor(deps: UserDetailsDeps) {
    this.#deps = deps;
  }

  /** As many questions as it takes; an agent of whom nothing is told is in the answer without transitions. */
  async list(ids: readonly AgentId[], interval: Interval, options: ReadOptions): Promise<AgentDetails[]> {
    const { clock, oddities } = this.#deps;
    const all: AgentDetails[] = [];
    for (let from = 0; from < ids.length; from += MAX_DETAILS_PER_CALL) {
      const some = ids.slice(from, from + MAX_DETAILS_PER_CALL);
      const told = new Map<AgentId, UserDetail[]>(some.map((id) => [id, []]));
      for (const piece of piecesOf(interval, some.length))
        for await (const detail of this.#pages(some, piece, options)) told.get(agentId(detail.userId))?.push(detail);
      for (const [id, details] of told)
        all.push(toAgentDetails(id, details, { interval, ingestedAt: clock.now(), oddities }));
    }
    return all;
  }

  /** Pages may be short without being the last one: only an empty page ends it. */
  async *#pages(ids: readonly AgentId[], piece: Interval, options: ReadOptions): AsyncGenerator<UserDetail> {
    for (let pageNumber = 1; pageNumber <= MAX_PAGES; pageNumber += 1) {
      const { body } = await this.#deps.api.call({
        method: 'POST',
        isQuestion: true,
        path: '/api/v2/analytics/users/details/query',
        body: queryOf(ids, piece, pageNumber),
        answer: userDetailsQueryResponse,
        ...options,
      });
      const details = body.userDetails ?? [];
      if (details.length === 0) return;
      yield* details;
    }
    this.#deps.oddities.note('users details: no last page');
  }
}

const piecesOf = ({ from, to }: Interval, users: number): Interval[] => {
  const longestMs = Math.min(MAX_DAYS, Math.floor(MAX_USER_DAYS / users)) * DAY_MS;
  const pieces: Interval[] = [];
  for (let at = from; at < to; at += longestMs) pieces.push({ from: at, to: Math.min(at + longestMs, to) });
  return pieces;
};

const queryOf = (ids: readonly AgentId[], { from, to }: Interval, pageNumber: number): object => ({
  interval: `${new Date(from).toISOString()}/${new Date(to).toISOString()}`,
  order: 'asc',
  userFilters: [
    {
      type: 'or',
      predicates: ids.map((value) => ({ type: 'dimension', dimension: 'userId', operator: 'matches', value })),
    },
  ],
  paging: { pageSize: MAX_DETAILS_PER_CALL, pageNumber },
});
