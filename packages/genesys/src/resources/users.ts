import type { AgentId } from '@floorwatch/domain';
import type { ApiAnswer, ApiClient } from '../http/api-client.ts';
import { GenesysRejected } from '../http/genesys-error.ts';
import type { ReadOptions } from '../http/priority.ts';
import { toUserSnapshot, type UserSnapshot } from '../mapping/user-snapshot.ts';
import type { Oddities } from '../oddities.ts';
import type { PlatformClock } from '../platform-clock.ts';
import { entityListing, type EntityListing } from '../wire/entity-listing.ts';
import { readPages } from './read-pages.ts';

/** The largest page and the most ids in one call (API §4.1). */
export const MAX_USERS_PER_CALL = 100;

const PATH = '/api/v2/users';

/** All that an agent's tile needs comes with these; there is no expand for joined queues. */
const EXPAND = ['presence', 'routingStatus', 'conversationSummary', 'outOfOffice', 'team'] as const;

export interface UserPage {
  readonly users: readonly UserSnapshot[];
  /** Users in the whole listing, as the platform counts them. */
  readonly total: number;
}

export interface ListUsersOptions extends ReadOptions {
  readonly pageSize?: number;
  /** Pages under way at once; 1 for a reader who keeps a pace, some where it is left out. */
  readonly atOnce?: number;
}

interface PageQuery {
  readonly pageSize: number;
  readonly pageNumber: number;
}

interface IdQuery {
  readonly pageSize: number;
  readonly id: readonly string[];
}

interface UsersDeps {
  readonly api: ApiClient;
  readonly platformClock: PlatformClock;
  readonly oddities: Oddities;
}

/** Reads users with their live state (API §4.1). */
export class Users {
  readonly #deps: UsersDeps;

  constructor(deps: UsersDeps) {
    this.#deps = deps;
  }

  /** Every active user, page by page. */
  async *list({ pageSize = MAX_USERS_PER_CALL, atOnce, ...options }: ListUsersOptions): AsyncIterable<UserPage> {
    const fetchPage = (pageNumber: number) => this.#fetchPage({ pageSize, pageNumber }, options);
    for await (const { body, sentAt } of readPages(fetchPage, atOnce)) {
      const users = this.#toSnapshots(body, sentAt);
      yield { users, total: body.total ?? users.length };
    }
  }

  /** Users by id; those who do not exist, or are not active, are missing from the answer. */
  async get(ids: readonly AgentId[], options: ReadOptions): Promise<UserSnapshot[]> {
    if (ids.length === 0) return [];
    if (ids.length > MAX_USERS_PER_CALL)
      throw new RangeError(`${ids.length} user ids in one call; the platform takes ${MAX_USERS_PER_CALL}`);
    try {
      const { body, sentAt } = await this.#call({ pageSize: MAX_USERS_PER_CALL, id: ids }, options);
      return this.#toSnapshots(body, sentAt);
    } catch (error) {
      if (!isTooLarge(error) || ids.length === 1) throw error;
      const half = Math.ceil(ids.length / 2);
      return [...(await this.get(ids.slice(0, half), options)), ...(await this.get(ids.slice(half), options))];
    }
  }

  /** One page; where the platform finds it too large, the same users by pages of half its size (API §3.2). */
  async #fetchPage({ pageSize, pageNumber }: PageQuery, options: ReadOptions): Promise<ApiAnswer<EntityListing>> {
    try {
      return await this.#call({ pageSize, pageNumber }, options);
    } catch (error) {
      if (!isTooLarge(error) || pageSize % 2 === 1) throw error;
      const half = pageSize / 2;
      const first = await this.#fetchPage({ pageSize: half, pageNumber: pageNumber * 2 - 1 }, options);
      const second = await this.#fetchPage({ pageSize: half, pageNumber: pageNumber * 2 }, options);
      const entities = [...(first.body.entities ?? []), ...(second.body.entities ?? [])];
      const pageCount = Math.ceil((first.body.total ?? 0) / pageSize);
      return { ...first, body: { ...first.body, entities, pageCount } };
    }
  }

  #call(query: PageQuery | IdQuery, options: ReadOptions): Promise<ApiAnswer<EntityListing>> {
    const call = { method: 'GET', path: PATH, answer: entityListing } as const;
    return this.#deps.api.call({ ...call, query: { ...query, expand: EXPAND }, ...options });
  }

  #toSnapshots(listing: EntityListing, sentAt: number): UserSnapshot[] {
    const moment = { sentAt, platformNow: this.#deps.platformClock.at(sentAt) };
    return (listing.entities ?? [])
      .map((entity) => toUserSnapshot(entity, moment, this.#deps.oddities))
      .filter((snapshot) => snapshot !== null);
  }
}

/** Heavy expands can make an answer too large for the platform itself. */
const isTooLarge = (error: unknown): boolean =>
  error instanceof GenesysRejected && error.code === 'response.entity.too.large';
