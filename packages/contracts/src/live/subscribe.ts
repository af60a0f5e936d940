import { z } from 'zod';

/** The browser's position: the list it holds is that of `version` in `epoch`. Everything newer is sent from then on. */
export const subscribe = z.object({
  type: z.literal('subscribe'),
  epoch: z.string().min(1).max(64),
  version: z.int().nonnegative(),
});

export type Subscribe = z.infer<typeof subscribe>;
