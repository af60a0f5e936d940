import { USER_METRICS, userAggregates } from '../operations/user-aggregates.ts';
import type { World } from '../server/world.ts';
import type { Topics } from './event-publisher.ts';
import { userAggregatesTopicName } from './topic.ts';

/** Aggregates are of intervals of this length, on the half hours (API §8.7). */
const INTERVAL_MS = 30 * 60_000;

/** Tells who follows an agent's aggregates what the agent did in an interval, when it is over: this is not live state. */
export class UserAggregatesWatch {
  readonly #world: World;
  readonly #topics: Topics;
  #toldUntil: number;

  constructor(world: World, topics: Topics) {
    this.#world = world;
    this.#topics = topics;
    this.#toldUntil = startOf(world.virtualClock.now());
  }

  look(): void {
    const from = this.#toldUntil;
    const to = startOf(this.#world.virtualClock.now());
    if (to <= from) return;
    this.#toldUntil = to;
    if (!this.#topics.isKindFollowed('aggregates')) return;
    const asked = { from, to, stepMs: INTERVAL_MS, metrics: USER_METRICS };
    for (const user of this.#world.organisation.agents)
      this.#topics.publish(userAggregatesTopicName(user.id), () => ({
        group: { userId: user.id },
        data: userAggregates(this.#world, user, asked),
      }));
  }
}

const startOf = (instant: number): number => Math.floor(instant / INTERVAL_MS) * INTERVAL_MS;
