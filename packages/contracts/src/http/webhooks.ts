import { ACTIVITIES, FACT_KINDS } from '@floorwatch/domain';
import { z } from 'zod';
import { instant } from './time-range.ts';

/** Most webhooks there may be. */
export const MAX_WEBHOOKS = 50;

const id = z.string().min(1).max(64);
const params = z.object({ id });

/** Values of one kind widen, kinds narrow; an empty list asks nothing. */
export const webhookFilter = z.object({
  /** What has changed: presence, routing status, work, out of office, queues. */
  kinds: z.array(z.enum(FACT_KINDS)).max(FACT_KINDS.length).default([]),
  /** Where the agent works today. */
  divisions: z.array(id).max(200).default([]),
  /** Joined before or after the change. */
  queues: z.array(id).max(500).default([]),
  /** The agent's team today, by name. */
  teams: z.array(z.string().min(1).max(200)).max(200).default([]),
  /** What the agent was doing before or is doing after. */
  activities: z.array(z.enum(ACTIVITIES)).max(ACTIVITIES.length).default([]),
});

export type WebhookFilter = z.infer<typeof webhookFilter>;

const settings = z.object({
  name: z.string().trim().min(1).max(100),
  /** https, a public host, no user name or password; more where whoever runs Floorwatch allows it. */
  url: z.string().trim().min(1).max(2000),
  filter: webhookFilter,
  /** Names of agents and their own words beside a presence go along. Without: ids only. */
  withNames: z.boolean().default(false),
});

export type WebhookSettingsAsked = z.infer<typeof settings>;

/**
 * `delivering`: the last attempt succeeded, or there was none · `failing`: every attempt since `failingSince` failed ·
 * `paused`: nothing is sent, and nothing is lost: it goes on from where it stands
 */
export const WEBHOOK_STATES = ['delivering', 'failing', 'paused'] as const;

export const webhookView = z.object({
  ...settings.shape,
  id,
  version: z.int(),
  state: z.enum(WEBHOOK_STATES),
  /** Who paused it: a person, or Floorwatch because the target answered that it is gone for good (410). */
  pausedBy: z.enum(['person', 'gone']).nullable(),
  /** `environment`: made at the start from WEBHOOK_ENDPOINT. */
  origin: z.enum(['people', 'environment']),
  createdAt: instant,
  failingSince: instant.nullable(),
  lastError: z.string().nullable(),
  lastSuccessAt: instant.nullable(),
  /** Messages taken up and not delivered yet; a bounded number, what lies behind them waits in the record. */
  waiting: z.int().nonnegative(),
  /** When the oldest of them was taken up. */
  waitingSince: instant.nullable(),
  /** Messages given up after a day. They can be replayed. */
  dead: z.int().nonnegative(),
  /** Until when the secret before counts as well; null where there is none. */
  previousSecretUntil: instant.nullable(),
  /** The secret can be read by this Floorwatch; where not (another SESSION_SECRET), it has to be made anew. */
  isSecretKnown: z.boolean(),
});

export type WebhookView = z.infer<typeof webhookView>;

/** Shown this once. */
const secret = z.string();

/** `GET`: all webhooks the viewer may manage; those that tell of agents elsewhere are left out. */
export const listWebhooks = {
  path: '/api/webhooks',
  reply: z.object({
    webhooks: z.array(webhookView),
    /** Divisions the viewer may have told about; `all` for every one. Otherwise the filter must name some of them. */
    divisions: z.union([z.literal('all'), z.array(id)]),
  }),
};

export type WebhookList = z.infer<typeof listWebhooks.reply>;

/** `POST /api/webhooks`: begins with what happens from now on. 400 `invalid-request` where the address is refused. */
export const createWebhook = {
  path: '/api/webhooks',
  body: settings,
  reply: z.object({ webhook: webhookView, secret }),
};

export type CreatedWebhook = z.infer<typeof createWebhook.reply>;

/** `PUT`: 409 `version-conflict` where somebody else was faster. */
export const changeWebhook = {
  path: '/api/webhooks/:id',
  params,
  body: settings.extend({ version: z.int() }),
  reply: webhookView,
};

/** `DELETE`: with its log and everything that waits. */
export const deleteWebhook = { path: '/api/webhooks/:id', params };

/** `POST`: a new secret. Messages are signed with both for a day. */
export const rotateWebhookSecret = {
  path: '/api/webhooks/:id/secret',
  params,
  body: z.object({ version: z.int() }),
  reply: createWebhook.reply,
};

/** `POST`: pauses, or goes on from where it stands. */
export const pauseWebhook = {
  path: '/api/webhooks/:id/pause',
  params,
  body: z.object({ isPaused: z.boolean() }),
  reply: webhookView,
};

export const DELIVERY_LOG_STATES = ['waiting', 'delivered', 'dead', 'failed'] as const;

/** One message to one webhook, and what came of the last attempt. */
export const deliveryView = z.object({
  id,
  messageId: z.string(),
  type: z.string(),
  /** Null where it is about nobody. */
  agent: z.object({ id, name: z.string().nullable() }).nullable(),
  /** `failed`: a test that did not succeed; it is not tried again. */
  state: z.enum(DELIVERY_LOG_STATES),
  /** By the platform. */
  occurredAt: instant,
  takenAt: instant,
  attempts: z.int().nonnegative(),
  attemptedAt: instant.nullable(),
  status: z.int().nullable(),
  latencyMs: z.int().nullable(),
  /** What was sent, to the letter. */
  request: z.string(),
  /** The beginning of what was answered. */
  response: z.string().nullable(),
  error: z.string().nullable(),
});

export type DeliveryView = z.infer<typeof deliveryView>;

/** `GET`: the delivery log, newest first. Delivered ones are kept for three days, the newest 10,000; dead ones for a month. */
export const listDeliveries = {
  path: '/api/webhooks/:id/deliveries',
  params,
  query: z.object({
    state: z
      .string()
      .transform((text) => text.split(','))
      .pipe(z.array(z.enum(DELIVERY_LOG_STATES)).min(1))
      .optional(),
    agent: id.optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
    cursor: z
      .string()
      .regex(/^\d{1,15}$/, 'must be the cursor of an earlier answer')
      .transform(Number)
      .optional(),
  }),
  reply: z.object({ deliveries: z.array(deliveryView), cursor: z.string().nullable() }),
};

/** `POST`: lets dead messages wait again, all of them (at most 1,000 at a time) or those named. */
export const replayDeliveries = {
  path: '/api/webhooks/:id/replay',
  params,
  body: z.object({
    deliveries: z.union([
      z.literal('all'),
      z
        .array(z.string().regex(/^\d{1,15}$/))
        .min(1)
        .max(1000),
    ]),
  }),
  reply: z.object({ replayed: z.int().nonnegative() }),
};

/** `POST`: sends `webhook.ping` at once, past everything that waits. 200 also where the target does not take it. */
export const pingWebhook = { path: '/api/webhooks/:id/ping', params, reply: deliveryView };

const heldState = z.object({
  presence: z
    .object({
      system: z.string(),
      definitionId: z.string().nullable(),
      /** The agent's own words; only where names go along. */
      message: z.string().nullable().optional(),
    })
    .nullable(),
  routing: z.string().nullable(),
  work: z.string().nullable(),
  queueIds: z.array(z.string()).nullable(),
  activity: z.string().nullable(),
  accessibility: z.string().nullable(),
});

/**
 * What is sent for a transition, as JSON, with the headers `webhook-id`, `webhook-timestamp` and `webhook-signature` of Standard
 * Webhooks. Whatever cannot be known is null. At least once, in order for each agent: `webhook-id` and `data.id` are the same
 * however often it comes.
 */
export const agentTransitionMessage = z.object({
  type: z.literal('agent.transition'),
  /** When it happened, by the platform. */
  timestamp: instant,
  data: z.object({
    /** `{agent}:{kind}:{instant}`: the identity of the transition, everywhere. */
    id: z.string(),
    kind: z.enum(FACT_KINDS),
    agent: z.object({
      id: z.string(),
      /** Only where names go along. */
      name: z.string().nullable().optional(),
      divisionId: z.string().nullable(),
      team: z.string().nullable(),
    }),
    previous: heldState,
    current: heldState,
    outOfOffice: z.boolean().optional(),
    /** False where it began at `occurredAt` or earlier. */
    isExact: z.boolean(),
    /** By the platform's clock, as `timestamp`. */
    occurredAt: instant,
    /** When Floorwatch was told, by its own clock. */
    ingestedAt: instant,
    /** `event`: told as it happened · `snapshot`: found by a later reading · `analytics`: from the platform's history, later */
    source: z.string(),
  }),
});

export type AgentTransitionMessage = z.infer<typeof agentTransitionMessage>;

export const pingMessage = z.object({
  type: z.literal('webhook.ping'),
  timestamp: instant,
  data: z.object({ webhookId: z.string(), name: z.string() }),
});

export type PingMessage = z.infer<typeof pingMessage>;
