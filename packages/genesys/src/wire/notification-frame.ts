import { z } from 'zod';

/** What every frame of a notification socket looks like (API §8.4). No id, no sequence number, no time of sending. */
export const notificationFrame = z.object({
  topicName: z.string(),
  eventBody: z.unknown(),
});

/** Body of the `v2.system.*` topics (API §8.5). */
export const systemMessage = z.object({
  reason: z.string().nullish(),
  message: z.string().nullish(),
});
