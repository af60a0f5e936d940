import type { TopicGate } from '../notifications/topic.ts';
import type { TopicTemplate } from '../notifications/topic-template.ts';
import type { ApiCall } from './operation.ts';
import { maySee } from './visible-users.ts';

/** Who may follow what: users one may see, anything else with one of the permissions of the topic (API §8.8). */
export const topicGate = ({ world, access }: ApiCall): TopicGate => ({
  missingFor: (template, id) => {
    const divisionId = divisionOf({ world, access }, template, id);
    if (divisionId === null || (template.requiresCurrentUser && access.userId !== id)) return null;
    const { permissions } = template;
    const isOwn = template.entity === 'user' && access.userId === id;
    const isGranted =
      isOwn ||
      permissions.length === 0 ||
      permissions.some((permission) =>
        divisionId === 'any' ? access.holds(permission) : access.holdsIn(permission, divisionId),
      );
    return isGranted ? [] : permissions;
  },
});

/** The division that counts for a topic about something; null where there is no such thing, or not for this caller. */
const divisionOf = (
  { world, access }: Pick<ApiCall, 'world' | 'access'>,
  { entity }: TopicTemplate,
  id: string,
): string | null => {
  switch (entity) {
    case 'user': {
      const user = world.engine.has(id) ? world.user(id) : null;
      return user === null || !maySee(access, user) ? null : user.division.id;
    }
    case 'queue': {
      const queue = world.queue(id);
      return queue !== null && access.holdsIn('routing:queue:view', queue.divisionId) ? queue.divisionId : null;
    }
    case 'managementUnit':
      return world.workforce.agentsOf(id) === null ? null : 'any';
    case 'team':
      return world.organisation.teams.some((team) => team.id === id) ? 'any' : null;
  }
};
