import { z } from 'zod';

/** The BFF will not go on as asked; `message` says why and what to do. */
export const refused = z.object({
  type: z.literal('refused'),
  /**
   * `protocol-too-old`: reload the page · `epoch-unknown`: load the list again, then subscribe ·
   * `malformed-frame`: the frame was not understood · `restarting`: come back in a moment
   */
  code: z.enum(['protocol-too-old', 'epoch-unknown', 'malformed-frame', 'restarting']),
  message: z.string(),
});

export type Refused = z.infer<typeof refused>;
