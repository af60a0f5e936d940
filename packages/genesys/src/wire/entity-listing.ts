import { z } from 'zod';

/**
 * A page of anything (API §4.5). Entities are read one by one, so that a bad one does not take the page with it.
 * `total` and `pageCount` are missing from queue members; there, and only there, `nextUri` alone says whether to go on.
 */
export const entityListing = z.object({
  entities: z.array(z.unknown()).nullish(),
  pageNumber: z.int().nullish(),
  pageCount: z.int().nullish(),
  total: z.int().nullish(),
  nextUri: z.string().nullish(),
});

export type EntityListing = z.infer<typeof entityListing>;

/** Division, queue, member: things of which we need a name at most. */
export const namedEntity = z.object({ id: z.string(), name: z.string() });

/** A member of a group: a user (API §7). */
export const groupMember = z.object({ id: z.string() });

/** A member of a queue; `id` is the user's id (API §7). */
export const queueMember = z.object({ id: z.string(), joined: z.boolean().nullish() });
