import { CONVERSATION_METRICS, countConversations } from '../operations/queue-counts.ts';
import type { World } from '../server/world.ts';
import type { Topics } from './event-publisher.ts';
import { queueObservationsTopicName } from './topic.ts';

/** Tells who follows a queue how many conversations are where, when that has changed: once a second at most (API §8.7). */
export class QueueWatch {
  readonly #world: World;
  readonly #topics: Topics;
  readonly #last = new Map<string, string>();

  constructor(world: World, topics: Topics) {
    this.#world = world;
    this.#topics = topics;
  }

  look(): void {
    for (const { id } of this.#world.organisation.queues) {
      const topicName = queueObservationsTopicName(id);
      if (this.#topics.isFollowed(topicName)) this.#tellChanges(id, topicName);
    }
  }

  #tellChanges(queueId: string, topicName: string): void {
    const now = new Date(this.#world.virtualClock.now()).toISOString();
    for (const { mediaType, counts } of countConversations(this.#world, queueId, CONVERSATION_METRICS)) {
      const key = `${queueId}/${mediaType}`;
      const told = JSON.stringify(counts);
      if (this.#last.get(key) === told) continue;
      this.#last.set(key, told);
      const data = [{ interval: `${now}/${now}`, metrics: counts }];
      this.#topics.publish(topicName, () => ({ group: { queueId, mediaType }, data }));
    }
  }
}
