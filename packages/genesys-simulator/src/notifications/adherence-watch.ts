import { adherenceBody } from '../operations/adherence-entity.ts';
import type { UserProfile } from '../org/user-profile.ts';
import type { World } from '../server/world.ts';
import { judgeAdherence } from '../workforce/adherence.ts';
import type { Topics } from './event-publisher.ts';
import { teamAdherenceTopicName, unitAdherenceTopicName, userTopicName } from './topic.ts';

/**
 * Tells who follows it when an agent's adherence changes: because the agent turned to something else, or because the
 * plan did. Plans are looked at when their next entry is due, and only those that somebody follows.
 */
export class AdherenceWatch {
  readonly #world: World;
  readonly #topics: Topics;
  /** When the plan of an agent says something else next. */
  readonly #dueAt = new Map<string, number>();

  constructor(world: World, topics: Topics) {
    this.#world = world;
    this.#topics = topics;
    world.engine.listen(({ userId, part }) => {
      if (part !== 'presence' && part !== 'routingStatus') return;
      const user = world.user(userId);
      if (user !== null && this.#isFollowed(user)) this.#publish(user);
    });
  }

  /** Looks for plans that have gone on since the last look. */
  look(): void {
    if (!this.#topics.isKindFollowed('adherence')) return;
    const { organisation, virtualClock } = this.#world;
    const now = virtualClock.now();
    for (const user of organisation.agents) {
      const dueAt = this.#dueAt.get(user.id) ?? -Infinity;
      if (dueAt > now || !this.#isFollowed(user)) continue;
      // The first look only finds out when the next one is due.
      if (dueAt === -Infinity) this.#awaitNext(user);
      else this.#publish(user);
    }
  }

  #isFollowed(user: UserProfile): boolean {
    return this.#topicNamesOf(user).some((topicName) => this.#topics.isFollowed(topicName));
  }

  #topicNamesOf({ id, team }: UserProfile): readonly string[] {
    const unit = this.#world.workforce.unitOf(id);
    if (unit === null) return [];
    return [
      userTopicName(id, 'workforcemanagement.adherence'),
      unitAdherenceTopicName(unit.id),
      teamAdherenceTopicName(team.id),
    ];
  }

  #publish(user: UserProfile): void {
    const unit = this.#world.workforce.unitOf(user.id);
    if (unit === null) return;
    this.#awaitNext(user);
    for (const topicName of this.#topicNamesOf(user))
      this.#topics.publish(topicName, () => adherenceBody(this.#world, user, unit));
  }

  #awaitNext(user: UserProfile): void {
    const { engine, schedule, virtualClock } = this.#world;
    const { holdsUntil } = judgeAdherence({ engine, schedule }, user, virtualClock.now());
    this.#dueAt.set(user.id, holdsUntil ?? Infinity);
  }
}
