import { z } from 'zod';
import { SETTER_KINDS } from '@floorwatch/domain';

/** Who set a presence, as far as the asker may know. */
export const actor = z.object({
  by: z.enum(SETTER_KINDS),
  /** Null unless it is a person, or an automation, that is named and may be. */
  name: z.string().nullable(),
});

export type Actor = z.infer<typeof actor>;
