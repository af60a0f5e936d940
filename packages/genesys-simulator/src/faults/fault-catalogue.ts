import { z } from 'zod';

/** Every named fault: what it does, in words for an operator, and what can be set about it. All of them can be combined. */

const share = z.number().min(0).max(1);
const durationMs = z.int().min(0).max(600_000);
const count = z.int().min(1).max(20_000);

/** A fault of one moment strikes when it is switched on, and with `everyMs` again and again until it is switched off. */
const everyMs = z.int().min(50).max(3_600_000).nullable().default(null);

const fault = <Shape extends z.ZodRawShape>(description: string, shape: Shape) => ({
  description,
  params: z.strictObject(shape),
});

const USER_PARTS = ['presence', 'routingStatus', 'conversationSummary', 'outOfOffice', 'team'] as const;

export const FAULTS = {
  'token-expires': fault(
    'Tokens in circulation end now, without a word, and their channels with them; new ones live only so long.',
    { lifetimeSeconds: z.int().min(1).max(172_800).default(300), everyMs },
  ),
  'token-revoked': fault('All tokens are revoked: sockets are told, and channels die with their token.', { everyMs }),
  'rate-limited': fault(
    'So many calls of a window go through while the headers count down; the rest get 429 until the time is over.',
    {
      remaining: z.int().min(0).max(100_000).default(0),
      /** Above 180 it is a limit of hours, which the headers of the minute know nothing of (API §3.5). */
      retryAfterSeconds: z.int().min(1).max(86_400).default(20),
    },
  ),
  'platform-5xx': fault('Calls fail on the platform’s side.', {
    status: z.int().min(500).max(599).default(503),
    side: z.enum(['api', 'login', 'both']).default('api'),
    share: share.default(1),
  }),
  slow: fault('Answers of the API take their time.', { delayMs: durationMs.default(3000), share: share.default(1) }),
  'half-open': fault('Sockets are cut; new ones are accepted and then say nothing, not even to a ping.', {}),
  'socket-silent': fault(
    'Open sockets say nothing: no event, no heartbeat, no pong. What happens meanwhile is lost.',
    {},
  ),
  'socket-cut': fault('Sockets break, or are closed with a code.', {
    /** One channel; all of them when left out. */
    channelId: z.string().nullable().default(null),
    /** Without a code the connection just breaks: the client sees 1006. */
    code: z.int().min(1000).max(4999).nullable().default(null),
    everyMs,
  }),
  'sockets-refused': fault('New sockets are turned away with 503; open ones stay.', {}),
  'socket-closing-notice': fault('Sockets are told that they will be closed for maintenance, and then are.', {
    message: z.string().default('The socket will be closed for maintenance.'),
    /** The platform gives about a minute (API §8.5). */
    closeAfterMs: durationMs.default(60_000),
    everyMs,
  }),
  'channel-evicted': fault('The channels used least are dropped, as if the client had opened too many.', {
    /** How many; all of them when left out. */
    channels: z.int().min(1).max(20).nullable().default(null),
    everyMs,
  }),
  'topic-forbidden': fault('Part of the topics is refused to whoever subscribes.', { share: share.default(0.1) }),
  'events-duplicated': fault('Part of the events comes twice, the second copy up to so much later.', {
    share: share.default(1),
    delayMs: durationMs.default(0),
  }),
  'events-reordered': fault('Part of the events comes late, so that others overtake them. None is lost.', {
    share: share.default(0.3),
    delayMs: durationMs.default(1500),
  }),
  'events-dropped-during-gap': fault(
    'Sockets are cut and turned away for a while, and nothing of what happens meanwhile is ever told.',
    {
      /** With 0 no socket is cut. */
      gapMs: durationMs.default(2000),
      /** Part of the events that is lost on open sockets as well, for as long as this is on. */
      dropShare: share.default(0),
      everyMs,
    },
  ),
  'unknown-topic': fault('Events of a topic nobody has asked for or heard of come between the others.', {
    share: share.default(1),
  }),
  'unknown-enum': fault('Presence and routing status have names, in events and answers, that no client knows yet.', {
    share: share.default(1),
  }),
  'missing-fields': fault('Fields are missing from the bodies of events and from users in answers.', {
    share: share.default(0.5),
  }),
  'expand-missing': fault('Users are answered without some of the parts that were asked for.', {
    parts: z.array(z.enum(USER_PARTS)).min(1).default(['presence', 'routingStatus', 'conversationSummary']),
    share: share.default(1),
  }),
  'snapshot-truncated': fault('Lists of users end too soon.', {
    keepShare: share.default(0.5),
    /** Whether `total` still counts those who are missing. */
    isTotalTrue: z.boolean().default(true),
  }),
  'snapshot-stale': fault('Answers about users tell how things stood when this was switched on.', {}),
  'clock-skew': fault('The platform’s clock leaps ahead of ours, once. It never goes back.', {
    aheadMs: z.int().min(1).max(3_600_000).default(90_000),
  }),
  'shift-change-of-1000': fault('A thousand agents come or go in the same instant.', {
    agents: count.default(1000),
    everyMs,
  }),
  'stuck-interacting': fault(
    'Agents who are in a contact stay INTERACTING for everybody who asks, long after their contacts have ended.',
    { agents: count.default(1) },
  ),
  'phantom-availability': fault('Agents who wait for work leave the queue, but their routing status stays IDLE.', {
    agents: count.default(1),
  }),
  'flapping-agent': fault('Agents change between two presences, on and on. It truly happens.', {
    agents: count.default(1),
    everyMs: z.int().min(50).max(600_000).default(1000),
  }),
  'writes-slow': fault('Changes of presence and routing status are carried out late, and answered then.', {
    delayMs: durationMs.default(3000),
    share: share.default(1),
  }),
  'writes-in-conflict': fault('Changes of presence and routing status meet an earlier one that is not finished: 409.', {
    share: share.default(0.5),
  }),
  'writes-unanswered': fault(
    'Changes of presence and routing status are carried out, and the connection breaks before the answer.',
    { share: share.default(1) },
  ),
} as const;

export type FaultName = keyof typeof FAULTS;

export const FAULT_NAMES = Object.keys(FAULTS) as readonly FaultName[];

/** What is set about a fault that is on. */
export type FaultParams<Name extends FaultName> = z.output<(typeof FAULTS)[Name]['params']>;

/** What may be set about a fault; the rest has a default. */
export type FaultWish<Name extends FaultName> = z.input<(typeof FAULTS)[Name]['params']>;
