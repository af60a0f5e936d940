import { RIGHTS } from '@floorwatch/domain';
import { z } from 'zod';
import { presenceThere } from './http/presence-there.ts';

/** Every way an API call of ours can fail; closed, so that the browser can act on each. */
export const errorCode = z.enum([
  'invalid-request',
  'not-found',
  'agent-not-found',
  'not-ready',
  'outside-retention',
  'store-unavailable',
  'signed-out',
  'not-allowed',
  'csrf-failed',
  'key-refused',
  'cursor-too-old',
  'cursor-unknown',
  'version-required',
  'version-conflict',
  'idempotency-conflict',
  'change-impossible',
  'schedule-blocks',
  'automation-paused',
  'audit-unavailable',
  'rate-limited',
  'platform-unavailable',
  'internal',
]);

export type ErrorCode = z.infer<typeof errorCode>;

/** The one error body of the API. Of a fault of ours (5xx) it says nothing but the correlation id. */
export const errorBody = z.object({
  code: errorCode,
  message: z.string(),
  /** Ties the answer to our log. */
  correlationId: z.string(),
  /** When another try makes sense, ms. */
  retryAfterMs: z.int().nonnegative().optional(),
  /** Of `outside-retention`: the range that can be asked for. */
  allowed: z.object({ from: z.iso.datetime(), to: z.iso.datetime() }).optional(),
  /** Of `version-conflict`: what is there now; null where the platform knows of no presence. */
  now: presenceThere.nullable().optional(),
  /** Of `cursor-too-old`: what is still kept follows this one. */
  oldestCursor: z.string().optional(),
  /** Of `not-allowed`: the right that is missing, and the permissions of Genesys Cloud that make it. */
  missing: z.object({ right: z.enum(RIGHTS), permissions: z.array(z.string()) }).optional(),
});

export type ErrorBody = z.infer<typeof errorBody>;
