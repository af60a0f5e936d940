import { z } from 'zod';
import { ACTIVITIES, DISCREPANCIES, ROUTING_STATES, SYSTEM_PRESENCES, WARNING_KINDS } from '@floorwatch/domain';
import { actor } from './actor.ts';

/** An instant as ISO 8601 in UTC; `exact` is false where it is only the latest possible start ("≥"). */
const since = z.object({ at: z.iso.datetime(), exact: z.boolean() });

/** `GET /api/agents/:id`: one agent in words, for people and machines that do not follow the board. */
export const getAgent = {
  path: '/api/agents/:id',
  params: z.object({ id: z.string().min(1).max(64) }),
  reply: z.object({
    id: z.string(),
    name: z.string(),
    divisionId: z.string().nullable(),
    title: z.string().nullable(),
    department: z.string().nullable(),
    team: z.string().nullable(),
    queueIds: z.array(z.string()).nullable(),
    activity: z.enum(ACTIVITIES),
    activitySince: since.nullable(),
    discrepancy: z.enum(DISCREPANCIES).nullable(),
    presence: z
      .object({
        system: z.enum(SYSTEM_PRESENCES),
        definitionId: z.string().nullable(),
        message: z.string().nullable(),
        since,
        setBy: actor,
      })
      .nullable(),
    routing: z.object({ state: z.enum(ROUTING_STATES), since }).nullable(),
    contacts: z.object({ active: z.int(), afterCallWork: z.int(), since }).nullable(),
    outOfOffice: z.boolean().nullable(),
    /** Why the answer is to be read with care, with the reason in words. */
    warnings: z.array(z.object({ kind: z.enum(WARNING_KINDS), since: z.iso.datetime(), reason: z.string() })),
    /** Where the answer comes from: the live board, a read of the platform just now, or one at most 30 s old. */
    source: z.enum(['live', 'platform', 'cache']),
    /** When it was known to be true. */
    asOf: z.iso.datetime(),
  }),
};

export type AgentDetail = z.infer<typeof getAgent.reply>;
