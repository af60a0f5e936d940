import { notAUser } from '../server/access.ts';
import { badRequest } from '../server/platform-error.ts';
import { cutPage, listing } from '../server/paging.ts';
import type { Proficient, UserProfile } from '../org/user-profile.ts';
import { anyOf, type ApiCall, type Operation } from './operation.ts';
import { proficientEntity, USER_EXPANDS } from './user-entity.ts';
import { maySee, requireVisibleUser, userNotFound, writeUser } from './visible-users.ts';

/** The specification names no limit; third parties use up to this (API §4.1). */
const MAX_USERS_PAGE = 500;
const MAX_USER_IDS = 100;
const MAX_PAGE = 100;

const listUsers = (call: ApiCall): object => {
  const { world, query, path } = call;
  const page = cutPage({ items: chooseUsers(call), query, maxPageSize: MAX_USERS_PAGE });
  const expands = query.choices('expand', USER_EXPANDS);
  return listing({ page, path, query, entity: (profile) => writeUser(world, profile, expands) });
};

const chooseUsers = ({ world, query, access }: ApiCall): readonly UserProfile[] => {
  const ids = query.list('id');
  if (ids.length > MAX_USER_IDS) throw badRequest('Only 100 users can be requested at a time.', 'max.user.ids');
  const state = query.choice('state', ['active', 'inactive', 'deleted', 'any']) ?? 'active';
  const { agents, formerUsers } = world.organisation;
  const chosen = ids.length > 0 ? ids.map((id) => world.user(id)).filter((user) => user !== null) : null;
  const candidates = (chosen ?? (state === 'active' ? agents : [...agents, ...formerUsers])).filter((user) =>
    maySee(access, user),
  );
  const users = state === 'any' ? candidates : candidates.filter((user) => user.state === state);
  const order = query.choice('sortOrder', ['ascending', 'descending', 'ASC', 'DESC']);
  return order === 'descending' || order === 'DESC' ? users.toReversed() : users;
};

const getUser = ({ world, query, param, access }: ApiCall): object => {
  const profile = world.user(param('userId'));
  const wanted = query.choice('state', ['active', 'deleted']) ?? 'active';
  if (profile === null || (profile.state === 'deleted' && wanted !== 'deleted') || !maySee(access, profile))
    throw userNotFound();
  return writeUser(world, profile, query.choices('expand', USER_EXPANDS));
};

const ME_EXPANDS = [...USER_EXPANDS, 'date', 'organization'] as const;

/** `date` is the platform's time, for whoever wants to know how wrong the own clock is (API §4.2). */
const getMe = ({ world, query, access }: ApiCall): object => {
  const profile = access.userId === null ? null : world.user(access.userId);
  if (profile === null) throw notAUser();
  const wanted = query.choices('expand', ME_EXPANDS);
  const expands = USER_EXPANDS.filter((expand) => wanted.includes(expand));
  const { id, name } = world.organisation;
  return {
    ...writeUser(world, profile, expands),
    ...(wanted.includes('date') && { date: { currentDate: new Date(world.virtualClock.now()).toISOString() } }),
    ...(wanted.includes('organization') && { organization: { id, name, version: 7 } }),
  };
};

const getState = (call: ApiCall): object => {
  const { state, version } = requireVisibleUser(call);
  return { state, version };
};

const listProficiencies = (call: ApiCall, itemsOf: (user: UserProfile) => readonly Proficient[]): object => {
  const { query, path } = call;
  const page = cutPage({ items: itemsOf(requireVisibleUser(call)), query, maxPageSize: MAX_PAGE });
  return listing({ page, path, query, entity: proficientEntity });
};

const USER = '/api/v2/users/{userId}';

export const userOperations: readonly Operation[] = [
  { id: 'getUsers', method: 'GET', path: '/api/v2/users', run: listUsers },
  { id: 'getUsersMe', method: 'GET', path: '/api/v2/users/me', run: getMe },
  { id: 'getUser', method: 'GET', path: USER, run: getUser },
  {
    id: 'getUserState',
    method: 'GET',
    path: `${USER}/state`,
    permissions: anyOf('directory:userStateChange:view'),
    run: getState,
  },
  {
    id: 'getUserRoutingskills',
    method: 'GET',
    path: `${USER}/routingskills`,
    run: (call) => listProficiencies(call, ({ skills }) => skills),
  },
  {
    id: 'getUserRoutinglanguages',
    method: 'GET',
    path: `${USER}/routinglanguages`,
    run: (call) => listProficiencies(call, ({ languages }) => languages),
  },
];
