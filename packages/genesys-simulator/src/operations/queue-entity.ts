import type { QueueProfile } from '../org/queue-profile.ts';
import type { World } from '../server/world.ts';

/** A queue as listed (API §7). */
export const queueEntity = (world: World, queue: QueueProfile) => {
  const members = world.membersOf(queue.id);
  const division = world.organisation.divisions.find(({ id }) => id === queue.divisionId);
  return {
    id: queue.id,
    name: queue.name,
    division: {
      id: queue.divisionId,
      name: division?.name ?? '',
      selfUri: `/api/v2/authorization/divisions/${queue.divisionId}`,
    },
    dateCreated: queue.dateCreated,
    memberCount: members.length,
    userMemberCount: members.length,
    joinedMemberCount: members.filter(({ id }) => world.hasJoined(id, queue.id)).length,
    acwSettings: { wrapupPrompt: 'MANDATORY_TIMEOUT', timeoutMs: 120_000 },
    skillEvaluationMethod: 'ALL',
    selfUri: `/api/v2/routing/queues/${queue.id}`,
  };
};
