import type { QueueProfile } from '../org/queue-profile.ts';
import type { World } from '../server/world.ts';
import { divisionReference } from './division-entity.ts';

/** A queue in a light list (API §7). */
export const queueReference = (world: World, queue: QueueProfile) => ({
  id: queue.id,
  name: queue.name,
  division: divisionReference(world, queue.divisionId),
  selfUri: `/api/v2/routing/queues/${queue.id}`,
});

/** A queue as listed (API §7). */
export const queueEntity = (world: World, queue: QueueProfile) => {
  const members = world.membersOf(queue.id);
  return {
    ...queueReference(world, queue),
    dateCreated: queue.dateCreated,
    memberCount: members.length,
    userMemberCount: members.length,
    joinedMemberCount: members.filter(({ id }) => world.hasJoined(id, queue.id)).length,
    acwSettings: { wrapupPrompt: 'MANDATORY_TIMEOUT', timeoutMs: 120_000 },
    skillEvaluationMethod: 'ALL',
  };
};
