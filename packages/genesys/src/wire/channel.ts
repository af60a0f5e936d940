import { z } from 'zod';

/** A notification channel (API §8.1). `connectUri` is a secret: whoever has it, hears everything. */
export const channel = z.object({
  id: z.string(),
  connectUri: z.string(),
  expires: z.string().nullish(),
});

export const channelTopic = z.object({
  id: z.string(),
  state: z.string().nullish(),
  rejectionReason: z.string().nullish(),
  missingPermissions: z.array(z.string()).nullish(),
});

export const channelTopicListing = z.object({ entities: z.array(channelTopic).nullish() });
