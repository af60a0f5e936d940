import { badRequest, notFound, PlatformError } from '../server/platform-error.ts';
import { cutPage, listing } from '../server/paging.ts';
import type { World } from '../server/world.ts';
import type { UserProfile } from '../org/user-profile.ts';
import type { ApiCall, Operation } from './operation.ts';
import { queueEntity } from './queue-entity.ts';
import { USER_EXPANDS, userEntity } from './user-entity.ts';

/** The specification names no limit; third parties use up to this (API §4.1). */
const MAX_USERS_PAGE = 500;
const MAX_USER_IDS = 100;
const MAX_QUEUES_PAGE = 100;

const listUsers = (call: ApiCall): object => {
  const { world, query, path } = call;
  const page = cutPage({ items: chooseUsers(call), query, maxPageSize: MAX_USERS_PAGE });
  const expands = query.choices('expand', USER_EXPANDS);
  return listing({
    page,
    path,
    query,
    entity: (profile) => userEntity({ profile, state: liveOf(world, profile), expands }),
  });
};

const chooseUsers = ({ world, query }: ApiCall): readonly UserProfile[] => {
  const ids = query.list('id');
  if (ids.length > MAX_USER_IDS) throw badRequest('Only 100 users can be requested at a time.', 'max.user.ids');
  const state = query.choice('state', ['active', 'inactive', 'deleted', 'any']) ?? 'active';
  const { agents, formerUsers } = world.organisation;
  const chosen = ids.length > 0 ? ids.map((id) => world.user(id)).filter((user) => user !== null) : null;
  const candidates = chosen ?? (state === 'active' ? agents : [...agents, ...formerUsers]);
  const users = state === 'any' ? candidates : candidates.filter((user) => user.state === state);
  const order = query.choice('sortOrder', ['ascending', 'descending', 'ASC', 'DESC']);
  return order === 'descending' || order === 'DESC' ? users.toReversed() : users;
};

const liveOf = (world: World, { id, state }: UserProfile) => (state === 'active' ? world.engine.stateOf(id) : null);

const getUser = ({ world, query, param }: ApiCall): object => {
  const profile = world.user(param('userId'));
  const wanted = query.choice('state', ['active', 'deleted']) ?? 'active';
  if (profile === null || (profile.state === 'deleted' && wanted !== 'deleted'))
    throw notFound('Unable to find a user with that userId', 'general.resource.not.found');
  return userEntity({ profile, state: liveOf(world, profile), expands: query.choices('expand', USER_EXPANDS) });
};

/** Service tokens stand for nobody (API §2.7). */
const getMe = (): never => {
  throw new PlatformError({
    status: 400,
    code: 'not.a.user',
    message: 'This request requires a user context. Client credentials cannot be used for requests to this resource.',
  });
};

const listUserQueues = ({ world, query, path, param }: ApiCall): object => {
  const user = world.user(param('userId'));
  if (user === null || user.state !== 'active')
    throw notFound('Unable to find a user with that userId', 'general.resource.not.found');
  const wanted = query.flag('joined') ?? true;
  const divisionIds = query.list('divisionId');
  const queues = user.queueIds
    .map((id) => world.queue(id))
    .filter((queue) => queue !== null)
    .filter((queue) => world.hasJoined(user.id, queue.id) === wanted)
    .filter((queue) => divisionIds.length === 0 || divisionIds.includes(queue.divisionId));
  const page = cutPage({ items: queues, query, maxPageSize: MAX_QUEUES_PAGE });
  return listing({ page, path, query, entity: (queue) => ({ ...queueEntity(world, queue), joined: wanted }) });
};

export const userOperations: readonly Operation[] = [
  { id: 'getUsers', method: 'GET', path: '/api/v2/users', run: listUsers },
  { id: 'getUsersMe', method: 'GET', path: '/api/v2/users/me', run: getMe },
  { id: 'getUser', method: 'GET', path: '/api/v2/users/{userId}', run: getUser },
  { id: 'getUserQueues', method: 'GET', path: '/api/v2/users/{userId}/queues', run: listUserQueues },
];
