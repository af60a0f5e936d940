import type { RoutingState, RoutingStatus } from '@floorwatch/domain';
import type { RoutingStatus as WireRoutingStatus } from '../wire/routing-status.ts';
import { toSince } from './instant.ts';

const STATE: Readonly<Record<WireRoutingStatus['status'], RoutingState>> = {
  OFF_QUEUE: 'offQueue',
  IDLE: 'idle',
  INTERACTING: 'interacting',
  NOT_RESPONDING: 'notResponding',
  COMMUNICATING: 'communicating',
};

export const toRoutingStatus = (wire: WireRoutingStatus, platformNow: number): RoutingStatus => ({
  state: STATE[wire.status],
  since: toSince(wire.startTime, platformNow),
});
