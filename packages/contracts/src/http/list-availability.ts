import { z } from 'zod';
import { availabilityFigures, availabilityInterval } from './availability-figures.ts';
import { cursor } from './get-agent-history.ts';
import { granularity, instant, timeRange, zone } from './time-range.ts';

const ids = z
  .string()
  .transform((text) => [...new Set(text.split(',').map((id) => id.trim()))].filter((id) => id !== ''))
  .pipe(z.array(z.string().max(200)).min(1).max(1000));

/** Whom a team view is about; what is given narrows together. Nothing given: everybody. */
export const availabilityScope = z.object({
  agents: ids.optional(),
  /** Ids; `none` names agents without one. */
  division: ids.optional(),
  queue: ids.optional(),
  /** Names of teams. */
  team: ids.optional(),
});

export type AvailabilityScope = z.infer<typeof availabilityScope>;

/** The figures of a line that can be put in order. */
export const AVAILABILITY_FIGURES = [
  'readyShare',
  'accessibleShare',
  'occupancy',
  'availableSeconds',
  'onCallSeconds',
  'wrapUpSeconds',
  'notReadySeconds',
  'offlineSeconds',
  'unknownSeconds',
  'stateTransitions',
] as const;

export type AvailabilityFigure = (typeof AVAILABILITY_FIGURES)[number];

export const AVAILABILITY_SORT_KEYS = ['name', ...AVAILABILITY_FIGURES] as const;

export type AvailabilitySortKey = (typeof AVAILABILITY_SORT_KEYS)[number];

/** One agent's line. */
const agentAvailability = z.object({
  agentId: z.string(),
  name: z.string(),
  team: z.string().nullable(),
  divisionId: z.string().nullable(),
  total: availabilityFigures,
  /** For small bars; empty unless a granularity was asked for. */
  intervals: z.array(availabilityInterval),
});

export type AgentAvailabilityLine = z.infer<typeof agentAvailability>;

/**
 * `GET /api/availability`: the same figures for many. Whom it is about is whoever is in the scope now. Sorted before it is
 * cut into pages; agents without a figure to sort by come last. The total is over all in scope, not over the page.
 */
export const listAvailability = {
  path: '/api/availability',
  query: timeRange.extend({
    ...availabilityScope.shape,
    granularity: granularity.optional(),
    zone: zone.default('UTC'),
    sort: z.enum(AVAILABILITY_SORT_KEYS).default('name'),
    order: z.enum(['asc', 'desc']).default('asc'),
    limit: z.coerce.number().int().min(1).max(500).default(100),
    cursor: cursor.optional(),
  }),
  reply: z.object({
    from: instant,
    to: instant,
    zone: z.string(),
    /** How many agents are in the scope. */
    agents: z.int().nonnegative(),
    lines: z.array(agentAvailability),
    total: availabilityFigures,
    /** Of each figure the median over all in scope who have it; null where nobody has. */
    median: z.record(z.enum(AVAILABILITY_FIGURES), z.number().nonnegative().nullable()),
    retainedFrom: instant,
    /** Since when anything has been recorded at all; null while nothing has. */
    recordedFrom: instant.nullable(),
    cursor: cursor.nullable(),
  }),
};

export type AvailabilityList = z.infer<typeof listAvailability.reply>;
