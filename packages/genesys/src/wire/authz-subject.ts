import { z } from 'zod';

/** What a role lets one do: actions on an entity of a domain; `*` stands for any (API §2.8). */
const authzGrantPolicy = z.object({
  domain: z.string().nullish(),
  entityName: z.string().nullish(),
  actions: z.array(z.string()).nullish(),
  /** A rule the policy holds under; missing or empty where it always does. */
  condition: z.string().nullish(),
});

/** A role that is granted to somebody in a division. */
export const authzGrant = z.object({
  role: z.object({ name: z.string().nullish(), policies: z.array(authzGrantPolicy).nullish() }).nullish(),
});

/** `GET /api/v2/authorization/subjects/me`: what the owner of the token was granted. */
export const authzSubject = z.object({ id: z.string(), grants: z.array(authzGrant).nullish() });

/** A page of the divisions in which the owner of the token has a permission. */
export const divsPermittedListing = z.object({
  entities: z.array(z.object({ id: z.string(), name: z.string().nullish() })).nullish(),
  pageCount: z.int().nullish(),
  allDivsPermitted: z.boolean().nullish(),
});

/** `GET /api/v2/users/me`: as much of it as says who has signed in. */
export const userMe = z.object({ id: z.string(), name: z.string() });
