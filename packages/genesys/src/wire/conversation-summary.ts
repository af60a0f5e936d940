import { z } from 'zod';

const count = z.int().nonnegative();

/** What a user has in hand of one medium; `enterprise` (non-ACD) is not used here. */
export const mediaSummary = z.object({
  contactCenter: z.object({ active: count, acw: count }).nullish(),
});

/** `expand=conversationSummary`, and the body of `v2.users.{id}.conversationsummary` (API §6.2, §8.7). */
export const conversationSummary = z.object({
  userId: z.string().nullish(),
  call: mediaSummary.nullish(),
  callback: mediaSummary.nullish(),
  email: mediaSummary.nullish(),
  message: mediaSummary.nullish(),
  chat: mediaSummary.nullish(),
  socialExpression: mediaSummary.nullish(),
  video: mediaSummary.nullish(),
});

export type ConversationSummary = z.infer<typeof conversationSummary>;
