import { z } from 'zod';
import { ROUTING_STATES, SYSTEM_PRESENCES } from '@floorwatch/domain';
import { actor } from './actor.ts';

const since = z.object({ at: z.iso.datetime(), exact: z.boolean() });

/** Where the answer comes from: the live board, a read of the platform just now, or one at most 30 s old. */
const answered = { source: z.enum(['live', 'platform', 'cache']), asOf: z.iso.datetime() };

const params = z.object({ id: z.string().min(1).max(64) });

/** `GET /api/agents/:id/presence`: the one fact, now. */
export const getAgentPresence = {
  path: '/api/agents/:id/presence',
  params,
  reply: z.object({
    agentId: z.string(),
    presence: z
      .object({
        system: z.enum(SYSTEM_PRESENCES),
        definitionId: z.string().nullable(),
        message: z.string().nullable(),
        since,
        setBy: actor,
      })
      .nullable(),
    ...answered,
  }),
};

export type AgentPresence = z.infer<typeof getAgentPresence.reply>;

/** `GET /api/agents/:id/routing-status`: the other fact, now. */
export const getAgentRoutingStatus = {
  path: '/api/agents/:id/routing-status',
  params,
  reply: z.object({
    agentId: z.string(),
    routing: z.object({ state: z.enum(ROUTING_STATES), since }).nullable(),
    ...answered,
  }),
};
