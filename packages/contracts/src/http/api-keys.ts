import { API_KEY_SCOPES, API_KEY_STATES } from '@floorwatch/domain';
import { z } from 'zod';
import { namedEntity } from './list-agents.ts';
import { instant } from './time-range.ts';

const apiKey = z.object({
  /** In the secret's text, and no secret itself. */
  id: z.string(),
  name: z.string(),
  scopes: z.array(z.enum(API_KEY_SCOPES)),
  /** Of whose agents it tells; `all` for every division, those of tomorrow too. */
  divisions: z.union([z.literal('all'), z.array(namedEntity)]),
  state: z.enum(API_KEY_STATES),
  createdBy: z.object({ id: z.string(), name: z.string() }),
  createdAt: instant,
  /** Null for one that does not expire. */
  expiresAt: instant.nullable(),
  revokedAt: instant.nullable(),
  /** To the minute; null for one that was never used. */
  lastUsedAt: instant.nullable(),
});

export type ApiKeyView = z.infer<typeof apiKey>;

/** `GET /api/api-keys`: the keys of other systems that are wholly in the divisions whose settings the viewer manages, the newest first. */
export const listApiKeys = {
  path: '/api/api-keys',
  reply: z.object({
    keys: z.array(apiKey),
    /** Divisions whose agents' feed the viewer may open with a key. */
    divisions: z.array(namedEntity),
    /** A key may tell of every division. */
    mayOpenAll: z.boolean(),
  }),
};

export type ApiKeyList = z.infer<typeof listApiKeys.reply>;

/** `POST /api/api-keys`: makes a key. 201, with the text that is shown this once; it is kept as a hash. */
export const createApiKey = {
  path: '/api/api-keys',
  body: z.object({
    name: z.string().trim().min(1).max(80),
    scopes: z.array(z.enum(API_KEY_SCOPES)).min(1).max(API_KEY_SCOPES.length),
    /** Ids of divisions, or `all`. */
    divisions: z.union([z.literal('all'), z.array(z.string().min(1).max(64)).min(1).max(500)]),
    /** Null for one that does not end. */
    expiresInDays: z.int().min(1).max(3650).nullable().default(null),
  }),
  reply: z.object({
    key: apiKey,
    /** To be sent as `authorization: Bearer …`. */
    secret: z.string(),
  }),
};

export type CreateApiKey = z.input<typeof createApiKey.body>;

export type ApiKeyCreated = z.infer<typeof createApiKey.reply>;

/** `POST /api/api-keys/:id/revoke`: from now on it opens nothing. Revoking again changes nothing. */
export const revokeApiKey = {
  path: '/api/api-keys/:id/revoke',
  params: z.object({ id: z.string().min(1).max(64) }),
  reply: apiKey,
};
