import type { AgentId, QueueId } from '@floorwatch/domain';
import { agentId } from '@floorwatch/domain';
import type { z } from 'zod';
import type { ApiCall, ApiClient } from '../http/api-client.ts';
import type { ReadOptions } from '../http/priority.ts';
import type { Oddities } from '../oddities.ts';
import { entityListing, namedEntity, queueMember, type EntityListing } from '../wire/entity-listing.ts';
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

/** The organisation's divisions and queues, and who has joined a queue (API §7). */
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

  /** Agents who have joined the queue; members who have not are left out. */
  async *listQueueMembers(queueId: QueueId, options: ReadOptions): AsyncIterable<AgentId[]> {
    const path = '/api/v2/routing/queues/{queueId}/members';
    const call = { path, pathValues: { queueId }, query: { joined: true }, ...options };
    for await (const members of this.#pages(call, queueMember))
      yield members.filter((member) => member.joined !== false).map((member) => agentId(member.id));
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
