import type { AgentId } from '@floorwatch/domain';
import type { RejectedTopic } from '../resources/channels.ts';
import { agentOfTopic } from './topics.ts';

/** Whom a channel listens for, and of whom of them the platform may not know yet. */
export class FollowedAgents {
  #ids: readonly AgentId[];
  #newcomers: readonly AgentId[] = [];

  constructor(ids: readonly AgentId[]) {
    this.#ids = ids;
  }

  get ids(): readonly AgentId[] {
    return this.#ids;
  }

  add(ids: readonly AgentId[]): void {
    this.#ids = [...this.#ids, ...ids];
    this.#newcomers = [...this.#newcomers, ...ids];
  }

  /** @returns whether anybody of them was followed */
  remove(ids: ReadonlySet<AgentId>): boolean {
    const rest = this.#ids.filter((id) => !ids.has(id));
    const isChange = rest.length < this.#ids.length;
    this.#ids = rest;
    this.#newcomers = this.#newcomers.filter((id) => !ids.has(id));
    return isChange;
  }

  /** The platform knows all of them. @returns those it was not sure to know before */
  settle(): readonly AgentId[] {
    const newcomers = this.#newcomers;
    this.#newcomers = [];
    return newcomers;
  }

  /** Those whose events do not arrive although there is a socket: newcomers, and those with a rejected topic. */
  unheard(rejectedTopics: readonly RejectedTopic[]): readonly AgentId[] {
    if (rejectedTopics.length === 0) return this.#newcomers;
    const rejected = new Set(rejectedTopics.map(({ topic }) => agentOfTopic(topic)));
    return [...this.#newcomers, ...this.#ids.filter((id) => rejected.has(id))];
  }
}
