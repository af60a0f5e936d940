import type { AgentId } from '@floorwatch/domain';
import type { ApiClient } from '../http/api-client.ts';
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
  async *list({
    pageSize = MAX_USERS_PER_CALL,
    ...options
  }: ReadOptions & { pageSize?: number }): AsyncIterable<UserPage> {
    const fetchPage = (pageNumber: number) =>
      this.#deps.api.call({
        method: 'GET',
        path: PATH,
        query: { pageSize, pageNumber, expand: EXPAND },
        answer: entityListing,
        ...options,
      });
    for await (const { body, sentAt } of readPages(fetchPage)) {
      const users = this.#toSnapshots(body, sentAt);
      yield { users, total: body.total ?? users.length };
    }
  }

  /** Users by id; those who do not exist, or are not active, are missing from the answer. */
  async get(ids: readonly AgentId[], options: ReadOptions): Promise<UserSnapshot[]> {
    if (ids.length === 0) return [];
    if (ids.length > MAX_USERS_PER_CALL)
      throw new RangeError(`${ids.length} user ids in one call; the platform takes ${MAX_USERS_PER_CALL}`);
    const { body, sentAt } = await this.#deps.api.call({
      method: 'GET',
      path: PATH,
      query: { pageSize: MAX_USERS_PER_CALL, id: ids, expand: EXPAND },
      answer: entityListing,
      ...options,
    });
    return this.#toSnapshots(body, sentAt);
  }

  #toSnapshots(listing: EntityListing, sentAt: number): UserSnapshot[] {
    const moment = { sentAt, platformNow: this.#deps.platformClock.at(sentAt) };
    return (listing.entities ?? [])
      .map((entity) => toUserSnapshot(entity, moment, this.#deps.oddities))
      .filter((snapshot) => snapshot !== null);
  }
}
