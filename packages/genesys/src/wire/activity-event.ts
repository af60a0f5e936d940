import { z } from 'zod';
import { presenceDefinitionRef } from './user-presence.ts';
import { routingStatus } from './routing-status.ts';

/** Presence inside an activity event: the message has another name than everywhere else. */
export const activityPresence = z.object({
  presenceDefinition: presenceDefinitionRef,
  presenceMessage: z.string().nullish(),
  modifiedDate: z.string().nullish(),
});

export type ActivityPresence = z.infer<typeof activityPresence>;

/** Body of `v2.users.{id}.activity` (API §8.7); any part may be absent. */
export const activityEvent = z.object({
  id: z.string().nullish(),
  routingStatus: routingStatus.nullish(),
  presence: activityPresence.nullish(),
  outOfOffice: z.object({ active: z.boolean(), modifiedDate: z.string().nullish() }).nullish(),
  activeQueueIds: z.array(z.string()).nullish(),
  dateActiveQueuesChanged: z.string().nullish(),
});
