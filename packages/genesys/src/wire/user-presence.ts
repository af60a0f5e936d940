import { z } from 'zod';

/** Names a presence. `systemPresence` is spelled in four ways (API §5.3), so it stays a string here. */
export const presenceDefinitionRef = z.object({
  id: z.string().nullish(),
  systemPresence: z.string(),
});

/** A user's presence as REST tells it, and the body of `v2.users.{id}.presence` (API §5.5, §8.7). */
export const userPresence = z.object({
  source: z.string().nullish(),
  primary: z.boolean().nullish(),
  presenceDefinition: presenceDefinitionRef,
  message: z.string().nullish(),
  modifiedDate: z.string().nullish(),
});

export type UserPresence = z.infer<typeof userPresence>;
