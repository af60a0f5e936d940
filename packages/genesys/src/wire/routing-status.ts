import { z } from 'zod';

/** API §6. */
export const routingStatusValue = z.enum(['OFF_QUEUE', 'IDLE', 'INTERACTING', 'NOT_RESPONDING', 'COMMUNICATING']);

/** A user's routing status as REST tells it, and as a part of events. */
export const routingStatus = z.object({
  status: routingStatusValue,
  startTime: z.string().nullish(),
});

export type RoutingStatus = z.infer<typeof routingStatus>;

/** Body of `v2.users.{id}.routingStatus` (API §8.7). */
export const routingStatusEvent = z.object({
  id: z.string().nullish(),
  routingStatus,
});
