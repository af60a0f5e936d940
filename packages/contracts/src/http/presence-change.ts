import {
  ACTIVITY_CATEGORIES,
  BULK_STATES,
  CHANGE_CAUSES,
  CHANGE_KINDS,
  CHANGE_STATES,
  HOLD_ENDINGS,
  ROUTING_STATES,
  SYSTEM_PRESENCES,
  UNKNOWN_POLICIES,
  VERDICTS,
} from '@floorwatch/domain';
import { z } from 'zod';
import { errorCode } from '../errors.ts';
import { presenceThere } from './presence-there.ts';

const agentParams = z.object({ id: z.string().min(1).max(64) });

/** As the platform allows (API §5.6). */
const wanted = z.object({
  definitionId: z.string().min(1).max(64),
  /** The note beside the presence; null or absent for none. */
  message: z.string().trim().max(500).nullable().default(null),
});

/** What the schedule says, and why. */
export const verdictView = z.object({
  verdict: z.enum(VERDICTS),
  /** One sentence for a person, such as "Planned: break until 10:30". */
  reason: z.string(),
  scheduled: z.enum(ACTIVITY_CATEGORIES).nullable(),
  next: z.object({ category: z.enum(ACTIVITY_CATEGORIES), at: z.iso.datetime() }).nullable(),
  /** What it comes to: `unknown` is translated by the setting. */
  effective: z.enum(['allow', 'warn', 'block']),
  /** The setting, where the verdict is `unknown`; null otherwise. */
  unknownPolicy: z.enum(UNKNOWN_POLICIES).nullable(),
});

export type VerdictView = z.infer<typeof verdictView>;

/** What will happen besides the presence itself; words for each are the page's. */
export const CHANGE_EFFECTS = [
  'joins-queue', // contacts will be offered
  'leaves-queue', // no more contacts are offered
  'finishes-contact-first', // the contact in hand goes on: the platform ends queue work after it
  'no-effect-while-offline', // the platform logs nobody in (API §5.6)
  'nothing-changes', // it is there already
] as const;

/** Why it could not be done, as far as that can be told before. */
export const CHANGE_OBSTACLES = [
  'definition-unknown',
  'definition-inactive',
  'definition-of-other-division',
  'agent-offline', // and On Queue was asked for
  'on-queue-in-bulk', // the platform refuses it there (API §5.6); never of a single change
  'not-allowed-here', // the right does not hold in the agent's division
  'schedule-blocks',
  'agent-gone',
] as const;

/** `POST /api/agents/:id/presence-change/preview`: what a change would meet, and do. Changes nothing; reads the platform. */
export const previewPresenceChange = {
  path: '/api/agents/:id/presence-change/preview',
  params: agentParams,
  body: wanted,
  reply: z.object({
    /** To be sent as `If-Match`: the presence as the platform has it now. */
    etag: z.string(),
    current: presenceThere.nullable(),
    routing: z.enum(ROUTING_STATES).nullable(),
    /** A contact is in hand: `after-contact` makes sense. */
    isOnContact: z.boolean(),
    verdict: verdictView,
    effects: z.array(z.enum(CHANGE_EFFECTS)),
    /** Empty: it can be asked for. `schedule-blocks` alone: with an override. */
    obstacles: z.array(z.enum(CHANGE_OBSTACLES)),
    mayOverride: z.boolean(),
  }),
};

export type PresenceChangePreview = z.infer<typeof previewPresenceChange.reply>;

const refusal = z.object({ code: errorCode, message: z.string() });

/** What was asked for, in the organisation's words. */
const wantedWords = z.object({
  definitionId: z.string(),
  label: z.string(),
  system: z.enum(SYSTEM_PRESENCES),
  message: z.string().nullable(),
});

/** Where a change stands. */
export const presenceChange = z.object({
  id: z.string(),
  agentId: z.string(),
  kind: z.enum(CHANGE_KINDS),
  cause: z.enum(CHANGE_CAUSES),
  state: z.enum(CHANGE_STATES),
  /** Null for a reset of Not Responding. */
  wanted: wantedWords.nullable(),
  /** What was there before; null until the platform was read. */
  before: presenceThere.nullable(),
  /** What is there now, of `confirmed`, `not-confirmed` and `version-conflict`; null otherwise. */
  now: presenceThere.nullable(),
  /**
   * What somebody set between our last look and the write: the platform cannot compare, so it was replaced unseen, and is told here
   * (and in the audit) as soon as it is known. Null nearly always.
   */
  replaced: presenceThere.nullable(),
  /** Of `refused` and `failed`; null otherwise. */
  problem: refusal.nullable(),
  requestedAt: z.iso.datetime(),
  settledAt: z.iso.datetime().nullable(),
  /** Until when it can be undone; null where it cannot (any more). */
  undoableUntil: z.iso.datetime().nullable(),
  by: z.object({ kind: z.enum(['person', 'automation', 'system']), name: z.string().nullable() }),
  correlationId: z.string(),
});

export type PresenceChangeView = z.infer<typeof presenceChange>;

/** Headers of every change: which presence is to be replaced, and a name of the try (any text, a UUID is good). */
export const IF_MATCH_HEADER = 'if-match';
export const IDEMPOTENCY_HEADER = 'idempotency-key';

const override = z.object({ reason: z.string().trim().min(3).max(500) });

/**
 * `PATCH /api/agents/:id/presence`: sets another person's presence. 202 with the change, as soon as the platform took it or did not say;
 * it is watched at `getPresenceChange`. Where nothing was changed the answer is an error: 412 `version-conflict` with `now`, somebody else
 * was faster · 428 `version-required` without `If-Match` · 400 without `Idempotency-Key` · 403 `not-allowed`, here or at the platform ·
 * 409 `schedule-blocks` · 409 `change-impossible`, a definition or agent for which it cannot be · 422 `idempotency-conflict`, the key was used
 * for something else · 503 `audit-unavailable`, `rate-limited`, `platform-unavailable`.
 * The same key again answers the same, and writes nothing.
 */
export const changePresence = {
  path: '/api/agents/:id/presence',
  params: agentParams,
  body: wanted.extend({
    when: z.enum(['now', 'after-contact']).default('now'),
    override: override.nullable().default(null),
  }),
  reply: presenceChange,
};

/** `GET /api/presence-changes/:id`: where it stands. Of changes of agents whom the viewer may see. */
export const getPresenceChange = {
  path: '/api/presence-changes/:id',
  params: z.object({ id: z.uuid() }),
  reply: presenceChange,
};

/** `GET /api/presence-changes`: those that are not settled yet, and those that were within a minute; for one agent or all. */
export const listPresenceChanges = {
  path: '/api/presence-changes',
  query: z.object({ agent: z.string().min(1).max(64).optional() }),
  reply: z.object({ changes: z.array(presenceChange) }),
};

/** `POST /api/presence-changes/:id/undo`: puts back what was there, for 10 s and only while nobody else has changed it. */
export const undoPresenceChange = {
  path: '/api/presence-changes/:id/undo',
  params: z.object({ id: z.uuid() }),
  reply: presenceChange,
};

/** `POST /api/presence-changes/:id/cancel`: takes back one that waits. */
export const cancelPresenceChange = {
  path: '/api/presence-changes/:id/cancel',
  params: z.object({ id: z.uuid() }),
  reply: presenceChange,
};

/**
 * `POST /api/agents/:id/not-responding/reset`: routing status Not Responding → Idle (API §6). The same headers (`If-Match` is that of the
 * presence), the same steps, watched at the same place. Cannot be undone.
 */
export const resetNotResponding = {
  path: '/api/agents/:id/not-responding/reset',
  params: agentParams,
  reply: presenceChange,
};

/** Agents one bulk may name. */
export const MAX_BULK_AGENTS = 500;

const bulkWanted = wanted.extend({ agentIds: z.array(z.string().min(1).max(64)).min(1).max(MAX_BULK_AGENTS) });

/** `POST /api/presence-changes/bulk/preview`: the dry run. Per agent what it would meet. */
export const previewBulk = {
  path: '/api/presence-changes/bulk/preview',
  body: bulkWanted,
  reply: z.object({
    agents: z.array(
      z.object({
        agentId: z.string(),
        etag: z.string().nullable(),
        current: presenceThere.nullable(),
        verdict: verdictView.nullable(),
        effects: z.array(z.enum(CHANGE_EFFECTS)),
        obstacles: z.array(z.enum(CHANGE_OBSTACLES)),
      }),
    ),
    mayOverride: z.boolean(),
    /** How long it would take at the pace that the platform's budget allows now, ms. */
    estimatedMs: z.int().nonnegative(),
  }),
};

export type BulkPreview = z.infer<typeof previewBulk.reply>;

export const bulkChange = z.object({
  id: z.string(),
  state: z.enum(BULK_STATES),
  /** Of `stopped`: why, and what to do. */
  reason: z.string().nullable(),
  wanted: wantedWords,
  by: presenceChange.shape.by,
  startedAt: z.iso.datetime(),
  endedAt: z.iso.datetime().nullable(),
  counts: z.record(z.enum(CHANGE_STATES), z.int().nonnegative()),
});

export type BulkChangeView = z.infer<typeof bulkChange>;

/** `POST /api/presence-changes/bulk`: 202; needs `Idempotency-Key`. Each agent with the etag of the dry run. */
export const startBulk = {
  path: '/api/presence-changes/bulk',
  body: wanted.extend({
    agents: z
      .array(z.object({ agentId: z.string().min(1).max(64), etag: z.string().min(1).max(200) }))
      .min(1)
      .max(MAX_BULK_AGENTS),
    override: override.nullable().default(null),
  }),
  reply: bulkChange,
};

/** `GET /api/presence-changes/bulk/:id`: progress, and the result of each agent. */
export const getBulk = {
  path: '/api/presence-changes/bulk/:id',
  params: z.object({ id: z.uuid() }),
  reply: bulkChange.extend({ changes: z.array(presenceChange) }),
};

/** `POST /api/presence-changes/bulk/:id/cancel`: those not begun are left alone. */
export const cancelBulk = {
  path: '/api/presence-changes/bulk/:id/cancel',
  params: z.object({ id: z.uuid() }),
  reply: bulkChange,
};

/** `GET /api/presence-changes/bulk`: those that go on, and those that ended within an hour, where the viewer may see an agent of them. */
export const listBulks = { path: '/api/presence-changes/bulk', reply: z.object({ bulks: z.array(bulkChange) }) };

/** The longest hold, minutes. */
export const MAX_HOLD_MINUTES = 240;

export const presenceHold = z.object({
  id: z.string(),
  agentId: z.string(),
  wanted: wantedWords,
  by: presenceChange.shape.by,
  since: z.iso.datetime(),
  endsAt: z.iso.datetime(),
  /** Times it was set again. */
  reasserted: z.int().nonnegative(),
  /** Null while it holds. `agent`: chose something else · `time`: up · `person`: let go · `refused`: the platform or a rule said no */
  ended: z.object({ at: z.iso.datetime(), why: z.enum(HOLD_ENDINGS), reason: z.string() }).nullable(),
});

export type PresenceHoldView = z.infer<typeof presenceHold>;

/** `POST /api/agents/:id/presence-hold`: sets a presence and sets it again against drift to idle or away; the same headers. */
export const startHold = {
  path: '/api/agents/:id/presence-hold',
  params: agentParams,
  body: wanted.extend({
    minutes: z.int().min(2).max(MAX_HOLD_MINUTES),
    override: override.nullable().default(null),
  }),
  reply: presenceHold,
};

/** `GET /api/presence-holds`: those that hold, and those that ended within an hour. */
export const listHolds = {
  path: '/api/presence-holds',
  query: z.object({ agent: z.string().min(1).max(64).optional() }),
  reply: z.object({ holds: z.array(presenceHold) }),
};

/** `DELETE /api/presence-holds/:id`: lets go; the presence stays as it is. */
export const endHold = { path: '/api/presence-holds/:id', params: z.object({ id: z.uuid() }), reply: presenceHold };
