import { z } from 'zod';
import { ROUTING_STATUSES } from '../floor/live-state.ts';
import { badRequest, notFound } from '../server/platform-error.ts';
import { readBody, type ApiCall, type Operation } from './operation.ts';
import { routingStatusEntity } from './user-entity.ts';

/** A user that does not exist is OFF_QUEUE, like one that is (API §6). */
const getRoutingStatus = ({ world, param }: ApiCall): object => {
  const userId = param('userId');
  if (world.engine.has(userId)) return routingStatusEntity(userId, world.engine.stateOf(userId));
  return { userId, status: 'OFF_QUEUE', startTime: new Date(world.virtualClock.now()).toISOString() };
};

/** Not declared by the specification, but nobody changes the state of others without rights. */
const MANAGE = 'routing:queueMember:manage';

const routingStatusPut = z.object({ status: z.enum(ROUTING_STATUSES) });

/** The one move a client may make is to wake an agent that did not respond. Going on queue is a presence (API §6). */
const putRoutingStatus = (call: ApiCall): object => {
  const { world, param, body, access } = call;
  const userId = param('userId');
  const { status } = readBody(routingStatusPut, body);
  if (!world.engine.has(userId)) throw notFound('The resource could not be found.', 'resource.not.found');
  if (access.userId !== userId) access.requireIn(MANAGE, world.user(userId)?.division.id ?? '');
  const held = world.engine.stateOf(userId).routingStatus.status;
  if (held !== status && !(held === 'NOT_RESPONDING' && status === 'IDLE'))
    throw badRequest(`An invalid routing status transition was requested: ${held} to ${status}`, 'general.bad.request');
  if (held !== status) world.engine.change(userId, { routingStatus: status });
  return getRoutingStatus(call);
};

const PATH = '/api/v2/users/{userId}/routingstatus';

export const routingStatusOperations: readonly Operation[] = [
  { id: 'getUserRoutingstatus', method: 'GET', path: PATH, run: getRoutingStatus },
  { id: 'putUserRoutingstatus', method: 'PUT', path: PATH, run: putRoutingStatus },
];
