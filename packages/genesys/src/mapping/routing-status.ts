import type { RoutingState, RoutingStatus } from '@floorwatch/domain';
import type { RoutingStatus as WireRoutingStatus } from '../wire/routing-status.ts';
import { toSince } from './instant.ts';

/** The platform's routing statuses in our words. */
export const ROUTING_STATE_OF: Readonly<Record<WireRoutingStatus['status'], RoutingState>> = {
  OFF_QUEUE: 'offQueue',
  IDLE: 'idle',
  INTERACTING: 'interacting',
  NOT_RESPONDING: 'notResponding',
  COMMUNICATING: 'communicating',
};

export const toRoutingStatus = (wire: WireRoutingStatus, platformNow: number): RoutingStatus => ({
  state: ROUTING_STATE_OF[wire.status],
  since: toSince(wire.startTime, platformNow),
});
