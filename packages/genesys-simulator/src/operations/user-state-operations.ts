import { z } from 'zod';
import { notFound } from '../server/platform-error.ts';
import { anyOf, readBody, type ApiCall, type Operation } from './operation.ts';
import { stationEntity } from './user-entity.ts';
import { requireVisibleUser } from './visible-users.ts';

/** Out of office, and the phone: what else is true of a person besides presence and routing. */

const outOfOfficeEntity = (call: ApiCall): object => {
  const userId = call.param('userId');
  if (!call.world.engine.has(userId))
    throw notFound('The specified user was not found', 'presenceservice.usernotfound');
  return {
    id: userId,
    user: { id: userId, version: 1, selfUri: `/api/v2/users/${userId}` },
    active: call.world.engine.stateOf(userId).outOfOffice.active,
    indefinite: false,
    selfUri: call.path,
  };
};

const outOfOfficePut = z.object({ active: z.boolean() });

const putOutOfOffice = (call: ApiCall): object => {
  const { world, access, param } = call;
  const userId = param('userId');
  const user = world.user(userId);
  const { active } = readBody(outOfOfficePut, call.body);
  if (user !== null && access.userId !== userId) access.requireIn('presence:userPresence:edit', user.division.id);
  if (world.engine.has(userId)) world.engine.change(userId, { outOfOffice: active });
  return outOfOfficeEntity(call);
};

const getStation = (call: ApiCall): object => {
  const user = requireVisibleUser(call);
  return stationEntity(user, call.world.stations.isAssociated(user.id));
};

const detachStation = (call: ApiCall): undefined => {
  const { world, access, param } = call;
  const user = world.user(param('userId'));
  if (user === null || !world.engine.has(user.id))
    throw notFound('The user does not exist.', 'edgeconfiguser.userdoesnotexist');
  access.requireIn('telephony:station:disassociate', user.division.id);
  world.stations.detach(user.id);
  return undefined;
};

const OUT_OF_OFFICE = '/api/v2/users/{userId}/outofoffice';
const STATION = '/api/v2/users/{userId}/station';

export const userStateOperations: readonly Operation[] = [
  { id: 'getUserOutofoffice', method: 'GET', path: OUT_OF_OFFICE, run: outOfOfficeEntity },
  { id: 'putUserOutofoffice', method: 'PUT', path: OUT_OF_OFFICE, run: putOutOfOffice },
  {
    id: 'getUserStation',
    method: 'GET',
    path: STATION,
    permissions: anyOf('telephony:otherStationAssociation:view'),
    run: getStation,
  },
  {
    id: 'deleteUserStationAssociatedstation',
    method: 'DELETE',
    path: `${STATION}/associatedstation`,
    permissions: anyOf('telephony:station:disassociate'),
    status: 202,
    run: detachStation,
  },
];
