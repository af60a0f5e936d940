import {
  ACCESSIBILITIES,
  ACTIVITIES,
  FACT_KINDS,
  ROUTING_STATES,
  SYSTEM_PRESENCES,
  TRANSITION_SOURCES,
} from '@floorwatch/domain';
import { z } from 'zod';
import { availabilityFigures } from './availability-figures.ts';
import { instant } from './time-range.ts';

/** What a fact became, each kind with what belongs to it. */
const recordedFact = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('presence'),
    /** One of the platform's ten. */
    presence: z.enum(SYSTEM_PRESENCES),
    /** The organisation's own; null where only the platform's is known. */
    definitionId: z.string().nullable(),
    message: z.string().nullable(),
  }),
  z.object({ kind: z.literal('routing'), routing: z.enum(ROUTING_STATES) }),
  z.object({ kind: z.literal('work'), work: z.enum(['none', 'contact', 'afterCallWork']) }),
  z.object({ kind: z.literal('outOfOffice'), active: z.boolean() }),
  z.object({ kind: z.literal('queues'), queueIds: z.array(z.string()) }),
]);

export type RecordedFactView = z.infer<typeof recordedFact>;

/** As they are today; of somebody who has left only the id is known. */
const fedAgent = z.object({
  id: z.string(),
  name: z.string().nullable(),
  divisionId: z.string().nullable(),
});

/** Before and after; null where it cannot be known. */
const change = <Word extends string>(words: readonly [Word, ...Word[]]) =>
  z.object({ before: z.enum(words).nullable(), after: z.enum(words).nullable() });

/** One change of one fact of one agent. */
export const feedTransition = z.object({
  /** The same whenever it is told: agent, kind and instant. Whoever has it already has it. */
  id: z.string(),
  /** Just after this entry: where to go on. */
  cursor: z.string(),
  agent: fedAgent,
  kind: z.enum(FACT_KINDS),
  /** When it began to hold: the platform's own instant, UTC. */
  at: instant,
  /** False where the true beginning was not seen: it has held since `at` or longer. */
  exact: z.boolean(),
  /** When Floorwatch heard of it. */
  ingestedAt: instant,
  /** `event`: told as it happened · `snapshot`: found by a later reading · `analytics`: from the platform's own history. */
  source: z.enum(TRANSITION_SOURCES),
  value: recordedFact,
  /** What held before, of the same kind; null where it cannot be known. */
  previous: recordedFact.nullable(),
  /** What the agent was doing just before `at`, and from it on. */
  activity: change(ACTIVITIES),
  /** How that counts. */
  accessibility: change(ACCESSIBILITIES),
});

export type FeedTransition = z.infer<typeof feedTransition>;

/** Five minutes of one agent, added up. One that is made again, because something came late, comes again with a higher version. */
export const feedWindow = z.object({
  /** Agent and start. */
  id: z.string(),
  cursor: z.string(),
  /** Of two versions of one window the higher holds. */
  version: z.int().positive(),
  agent: fedAgent,
  windowStart: instant,
  windowEnd: instant,
  figures: availabilityFigures,
});

export type FeedWindow = z.infer<typeof feedWindow>;

const query = z.object({
  /** Where the last answer ended (`next`), or `now` for the end; the oldest that is kept where it is left out. */
  cursor: z.string().min(1).max(40).optional(),
  limit: z.coerce.number().int().min(25).max(1000).default(100),
});

const page = {
  /** The next cursor, also where nothing was told: go on from here. */
  next: z.string(),
  /** More follows at once. A page may have fewer than `limit` though it does. */
  hasMore: z.boolean(),
};

/**
 * `GET /api/feed/transitions`: everything that was recorded of the agents of the key's divisions, in the order in which it was
 * recorded, each once. `accept: application/x-ndjson` gives a line each, with `next` and `hasMore` in headers;
 * `accept: text/event-stream` goes on for ever, with the cursor as the event's id.
 *
 * Fails with `cursor-too-old` where retention has dropped what follows the cursor, and names the oldest.
 */
export const feedTransitions = {
  path: '/api/feed/transitions',
  query,
  reply: z.object({ transitions: z.array(feedTransition), ...page }),
};

/** `GET /api/feed/windows`: the same for windows, when they are over. */
export const feedWindows = {
  path: '/api/feed/windows',
  query,
  reply: z.object({ windows: z.array(feedWindow), ...page }),
};

export type FeedQuestion = z.infer<typeof query>;

/** `next` and `hasMore` of an answer in lines. */
export const FEED_NEXT_HEADER = 'x-feed-next';
export const FEED_HAS_MORE_HEADER = 'x-feed-has-more';
