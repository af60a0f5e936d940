import { z } from 'zod';
import { getAgentAvailability } from './get-agent-availability.ts';
import { getAgentHistory } from './get-agent-history.ts';
import { listAvailability } from './list-availability.ts';
import { zone } from './time-range.ts';

export const exportFormat = z.enum(['csv', 'json']).default('csv');

const format = { format: exportFormat };

/**
 * Every view as a file: streamed, whole (no pages), with a head that says what was asked for, in which zone, and when.
 * CSV cells that a spreadsheet would run as a formula are made harmless. Times are told in UTC and in the zone.
 */
export const exportAgentHistory = {
  path: '/api/agents/:id/history/export',
  params: getAgentHistory.params,
  query: getAgentHistory.query.omit({ limit: true, cursor: true }).extend({ ...format, zone: zone.default('UTC') }),
};

/**
 * Transitions in the record that team leads' tools expect, one a change of presence or routing status: `userId, timestamp,
 * uiPresence, routingAvailability, wrapupCode, queueAssignments, stateDurationSeconds`.
 */
export const exportAgentTransitions = {
  path: '/api/agents/:id/transitions/export',
  params: getAgentHistory.params,
  query: getAgentHistory.query
    .omit({ limit: true, cursor: true, kind: true })
    .extend({ ...format, zone: zone.default('UTC') }),
};

export const exportAgentAvailability = {
  path: '/api/agents/:id/availability/export',
  params: getAgentAvailability.params,
  query: getAgentAvailability.query.extend(format),
};

export const exportAvailability = {
  path: '/api/availability/export',
  query: listAvailability.query.omit({ limit: true, cursor: true }).extend(format),
};

/** The wall as it is shown: agents by id in the order given, or everybody by name. */
export const exportAgents = {
  path: '/api/agents/export',
  /** POST, because a wall of 10,000 ids is no address. `filter` is told in the head of the file, in words. */
  body: z.object({
    ...format,
    zone: zone.default('UTC'),
    agents: z.array(z.string().min(1).max(64)).max(20_000).optional(),
    filter: z.string().max(500).default(''),
  }),
};
