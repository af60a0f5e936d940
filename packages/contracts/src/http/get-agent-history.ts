import { z } from 'zod';
import {
  ACTIVITIES,
  DISCREPANCIES,
  GAP_REASONS,
  GAP_STATES,
  ROUTING_STATES,
  SYSTEM_PRESENCES,
  TRANSITION_SOURCES,
} from '@floorwatch/domain';
import { actor } from './actor.ts';
import { instant, timeRange } from './time-range.ts';

/**
 * What can be asked for. `system` and `organisation` are one lane told twice: by the platform's ten presences, and by the
 * names of the organisation (secondary presences are told apart). `activity` is derived from presence, routing and work.
 */
export const HISTORY_KINDS = ['system', 'organisation', 'routing', 'activity', 'schedule'] as const;

export type HistoryKind = (typeof HISTORY_KINDS)[number];

const stretch = {
  from: instant,
  to: instant,
  /** False where it began before the range, or at an instant nobody saw ("≥"). */
  startsExactly: z.boolean(),
  /** It goes on: `to` is the end of what is known, not of the segment. */
  isOngoing: z.boolean(),
};

/** `own`: heard as it happened or read by us · `analytics`: told later by the platform's history · null where nothing is known */
const source = z.enum(TRANSITION_SOURCES).nullable();

/** One stretch of one lane, oldest first within its kind. A null value is a stretch of which nothing is known. */
const historySegment = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('system'), ...stretch, system: z.enum(SYSTEM_PRESENCES).nullable(), source }),
  z.object({
    kind: z.literal('organisation'),
    ...stretch,
    system: z.enum(SYSTEM_PRESENCES).nullable(),
    definitionId: z.string().nullable(),
    /** In the organisation's words; null where the definition is not known any more. */
    label: z.string().nullable(),
    message: z.string().nullable(),
    actor,
    source,
  }),
  z.object({ kind: z.literal('routing'), ...stretch, routing: z.enum(ROUTING_STATES).nullable(), source }),
  z.object({
    kind: z.literal('activity'),
    ...stretch,
    activity: z.enum(ACTIVITIES),
    discrepancy: z.enum(DISCREPANCIES).nullable(),
  }),
  z.object({
    kind: z.literal('schedule'),
    ...stretch,
    /** The platform's category of the activity, in its own spelling, for instance `OnQueueWork`, `Break`. */
    category: z.string(),
    /** The activity code's name; null where the organisation has none for it. */
    activityCode: z.string().nullable(),
    isPaid: z.boolean().nullable(),
  }),
]);

export type HistorySegment = z.infer<typeof historySegment>;

/** Where a page of history ends; opaque. */
export const cursor = z.string().min(1).max(500);

/**
 * `GET /api/agents/:id/history`: what happened, as segments of each lane asked for. Own records win, the platform's history
 * fills what was before or between them, and what nobody knows is a gap.
 *
 * Pages are cut by time: a page holds all kinds up to the same instant. Fails with `outside-retention` when the range
 * begins before anything is kept, and names the range that can be asked for.
 */
export const getAgentHistory = {
  path: '/api/agents/:id/history',
  params: z.object({ id: z.string().min(1).max(64) }),
  query: timeRange.extend({
    /** Comma-separated; all where it is left out. */
    kind: z
      .string()
      .transform((text) => text.split(','))
      .pipe(z.array(z.enum(HISTORY_KINDS)).min(1))
      .optional(),
    limit: z.coerce.number().int().min(25).max(5000).default(1000),
    cursor: cursor.optional(),
  }),
  reply: z.object({
    agentId: z.string(),
    from: instant,
    /**
     * At most now: nothing is told of the future but the schedule, which goes to the `to` that was asked for. Where `schedule`
     * alone is asked for a time that has not begun, it is `from`.
     */
    to: instant,
    segments: z.array(historySegment),
    /** Of what happened: none, where `schedule` alone is asked for. */
    gaps: z.array(z.object({ from: instant, to: instant, reason: z.enum(GAP_REASONS), state: z.enum(GAP_STATES) })),
    /** Stretches in which the agent flapped; none, where `schedule` alone is asked for. */
    volatile: z.array(z.object({ from: instant, to: instant, transitions: z.int().nonnegative() })),
    /** Why the platform's history could not fill what was not recorded, for people; null where it did, or need not. */
    analyticsProblem: z.string().nullable(),
    /** Why there is no schedule lane, for people; null where there is one. */
    scheduleProblem: z.string().nullable(),
    /** The oldest instant that can be asked for. */
    retainedFrom: instant,
    /** The next page; null at the end. */
    cursor: cursor.nullable(),
  }),
};

export type AgentHistory = z.infer<typeof getAgentHistory.reply>;
