import { z } from 'zod';
import { SYSTEM_PRESENCES } from '@floorwatch/domain';
import { availabilityFigures, availabilityInterval } from './availability-figures.ts';
import { granularity, instant, timeRange, zone } from './time-range.ts';

/** Time in one presence definition: primary or secondary. */
const statusTime = z.object({
  system: z.enum(SYSTEM_PRESENCES),
  definitionId: z.string().nullable(),
  label: z.string().nullable(),
  isSecondary: z.boolean(),
  seconds: z.number().nonnegative(),
  /** How often it was entered in the range. */
  times: z.int().nonnegative(),
});

export type StatusTime = z.infer<typeof statusTime>;

/** `GET /api/agents/:id/availability`: one agent's time, added up per interval and in all. */
export const getAgentAvailability = {
  path: '/api/agents/:id/availability',
  params: z.object({ id: z.string().min(1).max(64) }),
  query: timeRange.extend({ granularity: granularity.default('15m'), zone: zone.default('UTC') }),
  reply: z.object({
    agentId: z.string(),
    from: instant,
    to: instant,
    zone: z.string(),
    granularity,
    intervals: z.array(availabilityInterval),
    total: availabilityFigures,
    /** Longest first. */
    statuses: z.array(statusTime),
    /** Why the platform's history could not fill what was not recorded, for people; null where it did, or need not. */
    analyticsProblem: z.string().nullable(),
    /** Of the range, what is not known, seconds. */
    gapSeconds: z.number().nonnegative(),
    retainedFrom: instant,
  }),
};

export type AgentAvailability = z.infer<typeof getAgentAvailability.reply>;

/** One day beside which today is put. Null figures: nothing is known of that day. */
const comparedDay = z.object({ from: instant, to: instant, figures: availabilityFigures.nullable() });

/**
 * `GET /api/agents/:id/comparison`: a day so far against the agent's own last four same weekdays up to the same time of day,
 * and against the median of the team on that day.
 */
export const getAgentComparison = {
  path: '/api/agents/:id/comparison',
  params: z.object({ id: z.string().min(1).max(64) }),
  query: z.object({ day: z.iso.date(), zone: zone.default('UTC') }),
  reply: z.object({
    agentId: z.string(),
    zone: z.string(),
    day: comparedDay,
    /** Newest first, always four. */
    sameWeekdays: z.array(comparedDay),
    team: z.object({
      name: z.string().nullable(),
      /** Agents whose figures made the median, the agent left out. */
      agents: z.int().nonnegative(),
      /** Median of each share; null where nobody has one. */
      readyShare: z.number().nullable(),
      accessibleShare: z.number().nullable(),
      occupancy: z.number().nullable(),
    }),
  }),
};

export type AgentComparison = z.infer<typeof getAgentComparison.reply>;
