import type { AgentId, QueueId } from '@floorwatch/domain';
import { agentId } from '@floorwatch/domain';
import type { z } from 'zod';
import type { ApiCall, ApiClient } from '../http/api-client.ts';
import type { ReadOptions } from '../http/priority.ts';
import type { Oddities } from '../oddities.ts';
import { entityListing, groupMember, namedEntity, queueMember, type EntityListing } from '../wire/entity-listing.ts';
import { readPages } from './read-pages.ts';

const PAGE_SIZE = 100;

export interface NamedEntity {
  readonly id: string;
  readonly name: string;
}

interface ListingDeps {
  readonly api: ApiClient;
  readonly oddities: Oddities;
}

export interface QueueMembersOptions extends ReadOptions {
  /** Only those who take contacts of the queue just now, or all who are assigned to it. */
  readonly which: 'joined' | 'all';
}

/** The organisation's divisions and queues, and who is in a queue or a group (API §7). */
export class NamedEntities {
  readonly #deps: ListingDeps;

  constructor(deps: ListingDeps) {
    this.#deps = deps;
  }

  async listDivisions(options: ReadOptions): Promise<NamedEntity[]> {
    return this.#listNamed('/api/v2/authorization/divisions', options);
  }

  async listQueues(options: ReadOptions): Promise<NamedEntity[]> {
    return this.#listNamed('/api/v2/routing/queues', options);
  }

  async *listQueueMembers(queueId: QueueId, { which, ...options }: QueueMembersOptions): AsyncIterable<AgentId[]> {
    const path = '/api/v2/routing/queues/{queueId}/members';
    const isAll = which === 'all';
    const call = { path, pathValues: { queueId }, ...(!isAll && { query: { joined: true } }), ...options };
    for await (const members of this.#pages(call, queueMember))
      yield members.filter(({ joined }) => isAll || joined !== false).map(({ id }) => agentId(id));
  }

  async *listGroupMembers(groupId: string, options: ReadOptions): AsyncIterable<AgentId[]> {
    const call = { path: '/api/v2/groups/{groupId}/members', pathValues: { groupId }, ...options };
    for await (const members of this.#pages(call, groupMember)) yield members.map(({ id }) => agentId(id));
  }

  async #listNamed(path: string, options: ReadOptions): Promise<NamedEntity[]> {
    const all: NamedEntity[] = [];
    for await (const page of this.#pages({ path, ...options }, namedEntity)) all.push(...page);
    return all;
  }

  async *#pages<Entity>(
    call: Omit<ApiCall<EntityListing>, 'method' | 'answer'>,
    entity: z.ZodType<Entity>,
  ): AsyncGenerator<Entity[]> {
    const fetchPage = (pageNumber: number) =>
      this.#deps.api.call({
        ...call,
        method: 'GET',
        query: { ...call.query, pageSize: PAGE_SIZE, pageNumber },
        answer: entityListing,
      });
    for await (const { body } of readPages(fetchPage)) yield this.#readAll(body, entity, call.path);
  }

  #readAll<Entity>(listing: EntityListing, entity: z.ZodType<Entity>, path: string): Entity[] {
    const read: Entity[] = [];
    for (const raw of listing.entities ?? []) {
      const parsed = entity.safeParse(raw);
      if (parsed.success) read.push(parsed.data);
      else this.#deps.oddities.note(`${path}: entity`);
    }
    return read;
  }
}
