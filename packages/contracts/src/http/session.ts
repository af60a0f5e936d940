import { z } from 'zod';
import { RIGHTS, ROLES } from '@floorwatch/domain';

/** Divisions a right holds in; `all` for every one. */
const scope = z.union([z.literal('all'), z.array(z.string())]);

/** `GET /api/session`: who is signed in, and what this person may do. 401 `signed-out` where nobody is. */
export const getSession = {
  path: '/api/session',
  reply: z.object({
    /** Null where this Floorwatch does not ask people to sign in (`SIGN_IN=off`, loopback only): everybody may see everything, nobody may change anything. */
    person: z.object({ userId: z.string(), name: z.string(), role: z.enum(ROLES) }).nullable(),
    rights: z.partialRecord(z.enum(RIGHTS), scope),
    /** Rights this person has nowhere, and the permissions of Genesys Cloud that would make them; empty without sign-in. */
    missing: z.array(z.object({ right: z.enum(RIGHTS), permissions: z.array(z.string()) })),
    /** The view is cut to some divisions: the page says so. Their names. */
    divisionsSeen: z.union([z.literal('all'), z.array(z.object({ id: z.string(), name: z.string() }))]),
    /** When the session ends at the latest, and when it does if nothing is done; null without sign-in. */
    endsAt: z.iso.datetime().nullable(),
    idlesAt: z.iso.datetime().nullable(),
    /** To be sent back in the header `CSRF_HEADER` of every write; null without sign-in. */
    csrfToken: z.string().nullable(),
  }),
};

export type SessionInfo = z.infer<typeof getSession.reply>;

/** The header that proves that a write comes from a page of ours. */
export const CSRF_HEADER = 'x-floorwatch-csrf';

/** Sends the browser to the platform's sign-in page; `returnTo` is a path of this application, anything else is ignored. */
export const startSignIn = {
  path: '/api/session/sign-in',
  query: z.object({ returnTo: z.string().max(2000).optional() }),
};

/**
 * Why a sign-in did not succeed. `denied`: the person said no · `expired`: it took too long, or was begun in another
 * browser, or this answer was used before · `refused`: the platform did not honour it · `unavailable`: the platform or
 * the store cannot be asked · `locked`: too many failures from this address.
 */
export const SIGN_IN_PROBLEMS = ['denied', 'expired', 'refused', 'unavailable', 'locked'] as const;

export type SignInProblem = (typeof SIGN_IN_PROBLEMS)[number];

/** The page that says why a sign-in did not succeed: `problem`, `returnTo`, and `wait` in seconds where it is locked. */
export const signInPage = { path: '/sign-in' } as const;

/** Where the platform sends the browser back to: with a code, or with an error of RFC 6749. */
export const signInCallback = {
  path: '/api/session/callback',
  query: z.object({
    state: z.string().max(200).optional(),
    code: z.string().max(4000).optional(),
    error: z.string().max(200).optional(),
  }),
};

/** `POST`: ends the session here and revokes its tokens at the platform. */
export const signOut = { path: '/api/session/sign-out' };
