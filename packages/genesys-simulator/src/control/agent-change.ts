import type { z } from 'zod';
import type { PresenceChange } from '../floor/presence-menu.ts';
import { QUIET, type ConversationSummaryPart, type MediaCounts } from '../floor/live-state.ts';
import { MEDIA_TYPES, type MediaType } from '../org/queue-profile.ts';
import { badRequest } from '../server/platform-error.ts';
import type { World } from '../server/world.ts';
import type { agentChange } from './control-contract.ts';

type Change = z.output<typeof agentChange>;

/** Makes something happen to an agent, through the floor: truth, journal and events follow. */
export const applyAgentChange = (world: World, change: Change): void => {
  const { userId, presence, routingStatus, conversationSummary, outOfOffice, activeQueueIds } = change;
  for (const id of activeQueueIds ?? [])
    if (world.queue(id) === null) throw badRequest(`activeQueueIds: ${id} is not a queue of this organisation`);
  world.engine.change(userId, {
    ...(presence !== undefined && { presence: findPresence(world, presence) }),
    ...(routingStatus !== undefined && { routingStatus }),
    ...(conversationSummary !== undefined && { conversationSummary: fillSummary(conversationSummary) }),
    ...(outOfOffice !== undefined && { outOfOffice }),
    ...(activeQueueIds !== undefined && { activeQueueIds }),
  });
};

const findPresence = (world: World, presence: NonNullable<Change['presence']>): PresenceChange => {
  const { definitionId, systemPresence, message } = presence;
  const definition = world.organisation.presenceDefinitions.find((one) =>
    definitionId === undefined
      ? one.type === 'System' && one.systemPresence === systemPresence
      : one.id === definitionId,
  );
  if (definition !== undefined) return { definition, message };
  throw badRequest(`presence: there is no definition ${definitionId ?? systemPresence ?? ''}`);
};

const fillSummary = (given: NonNullable<Change['conversationSummary']>): ConversationSummaryPart => {
  const summary: Record<MediaType, MediaCounts> = { ...QUIET };
  for (const medium of MEDIA_TYPES) {
    const { contactCenter, enterprise } = given[medium] ?? {};
    const quiet = QUIET[medium];
    summary[medium] = {
      contactCenter: contactCenter ?? quiet.contactCenter,
      enterprise: enterprise ?? quiet.enterprise,
    };
  }
  return summary;
};
