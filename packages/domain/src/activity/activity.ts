import type { AgentState } from '../agent/agent.ts';
import { workKind } from '../agent/contacts.ts';
import type { SystemPresence } from '../agent/presence.ts';
import type { RoutingState } from '../agent/routing-status.ts';
import { laterOf, type Since } from '../agent/since.ts';

/** What an agent is doing, derived from presence and routing status by one table and nothing else. */
export const ACTIVITIES = [
  'notResponding',
  'ready',
  'interacting',
  'afterCallWork',
  'communicating',
  'available',
  'busy',
  'break',
  'meal',
  'meeting',
  'training',
  'away',
  'idle',
  'offline',
  'unknown',
] as const;

export type Activity = (typeof ACTIVITIES)[number];

/** How presence and routing status contradict each other. */
export const DISCREPANCIES = [
  'on-queue-but-off-queue',
  'off-queue-but-idle',
  'offline-but-working',
  'finishing',
] as const;

export type Discrepancy = (typeof DISCREPANCIES)[number];

export interface Reading {
  readonly activity: Activity;
  readonly discrepancy: Discrepancy | null;
}

/** What a presence means for an agent whom routing does not hold. */
const OFF_QUEUE_ACTIVITY: Readonly<Record<SystemPresence, Activity>> = {
  available: 'available',
  away: 'away',
  break: 'break',
  busy: 'busy',
  idle: 'idle',
  meal: 'meal',
  meeting: 'meeting',
  offline: 'offline',
  onQueue: 'available', // routing does not see them on queue: present, but not ready
  training: 'training',
};

/**
 * The truth table: every presence × routing status × after-call work has exactly one reading.
 *
 * - `ready` needs both facts: presence On Queue and routing IDLE.
 * - Whatever routing says the agent has in hand (a contact, a call, an unanswered offer) outweighs the presence.
 * - After-call work is INTERACTING with nothing active and at least one contact in after-call work.
 * - Otherwise the agent is doing what the presence says.
 */
export const readActivity = (presence: SystemPresence, routing: RoutingState, inAfterCallWork: boolean): Reading => {
  const held = (activity: Activity): Reading => ({ activity, discrepancy: heldDiscrepancy(presence) });
  switch (routing) {
    case 'interacting':
      return held(inAfterCallWork ? 'afterCallWork' : 'interacting');
    case 'communicating':
      return held('communicating');
    case 'notResponding':
      return held('notResponding');
    case 'idle':
      return presence === 'onQueue'
        ? { activity: 'ready', discrepancy: null }
        : { activity: OFF_QUEUE_ACTIVITY[presence], discrepancy: 'off-queue-but-idle' };
    case 'offQueue':
      return {
        activity: OFF_QUEUE_ACTIVITY[presence],
        discrepancy: presence === 'onQueue' ? 'on-queue-but-off-queue' : null,
      };
  }
};

/** Routing still holds the agent at work: right on queue, impossible offline, and "finishing" in every other presence. */
const heldDiscrepancy = (presence: SystemPresence): Discrepancy | null => {
  if (presence === 'onQueue') return null;
  return presence === 'offline' ? 'offline-but-working' : 'finishing';
};

const NOT_SEEN: Reading = { activity: 'unknown', discrepancy: null };

/** Reads an agent's state by the truth table. `unknown` until both presence and routing status have been seen. */
export const activityOf = (state: AgentState): Reading => {
  if (state.presence === null || state.routing === null) return NOT_SEEN;
  const inAfterCallWork = state.contacts !== null && workKind(state.contacts) === 'afterCallWork';
  return readActivity(state.presence.system, state.routing.state, inAfterCallWork);
};

/**
 * When the activity began, on the platform's own instants: the later of the facts that make it true.
 * Null for `unknown`: there is nothing to count from.
 */
export const activitySince = (state: AgentState, activity: Activity): Since | null => {
  const { presence, routing, contacts } = state;
  if (presence === null || routing === null) return null;
  switch (activity) {
    case 'ready':
      return laterOf(presence.since, routing.since);
    case 'interacting':
    case 'communicating':
    case 'notResponding':
      return routing.since;
    case 'afterCallWork':
      return contacts === null ? routing.since : laterOf(contacts.since, routing.since);
    case 'available':
      return presence.system === 'onQueue' ? laterOf(presence.since, routing.since) : presence.since;
    default:
      return presence.since;
  }
};

/**
 * When the contradiction began: the later of the two facts, for it needs both.
 * The two services publish separately, so it is worth showing only after a grace period (`DISCREPANCY_GRACE_MS`).
 */
export const discrepancySince = (state: AgentState): Since | null =>
  state.presence === null || state.routing === null ? null : laterOf(state.presence.since, state.routing.since);

/** How long a contradiction may last before it is shown: presence and routing are published by two services. */
export const DISCREPANCY_GRACE_MS = 5000;
