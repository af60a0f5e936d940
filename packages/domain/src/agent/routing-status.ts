import { sameSince, type Since } from './since.ts';

/** The five routing statuses: how the automatic contact distribution sees the agent. */
export const ROUTING_STATES = ['communicating', 'idle', 'interacting', 'notResponding', 'offQueue'] as const;

export type RoutingState = (typeof ROUTING_STATES)[number];

/** The other fact: the agent's routing status. Never merged with the presence. */
export interface RoutingStatus {
  readonly state: RoutingState;
  readonly since: Since;
}

export const sameRoutingStatus = (a: RoutingStatus, b: RoutingStatus): boolean =>
  a.state === b.state && sameSince(a.since, b.since);
