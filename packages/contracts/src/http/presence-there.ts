import { SETTER_KINDS, SYSTEM_PRESENCES } from '@floorwatch/domain';
import { z } from 'zod';

/** A presence that is there, and who set it as far as that is known. */
export const presenceThere = z.object({
  system: z.enum(SYSTEM_PRESENCES),
  definitionId: z.string().nullable(),
  /** The organisation's word for it. */
  label: z.string(),
  message: z.string().nullable(),
  since: z.object({ at: z.iso.datetime(), exact: z.boolean() }),
  /** Named where the viewer may see that person. */
  setBy: z.object({ kind: z.enum(SETTER_KINDS), name: z.string().nullable() }),
  /** What a change of it must send as `If-Match`. */
  etag: z.string(),
});

export type PresenceThere = z.infer<typeof presenceThere>;
