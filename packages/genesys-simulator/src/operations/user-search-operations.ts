import { z } from 'zod';
import type { UserProfile } from '../org/user-profile.ts';
import { decodeCursor, encodeCursor } from '../server/cursor-paging.ts';
import { badRequest } from '../server/platform-error.ts';
import { anyOf, readBody, type ApiCall, type Operation } from './operation.ts';
import { userMatches, userSearch, type UserSearch } from './user-search.ts';
import { USER_EXPANDS } from './user-entity.ts';
import { maySee, writeUser } from './visible-users.ts';

const MAX_PAGE = 500;
const MAX_RESULTS = 10_000;
const VIEW = 'directory:user:view';

/** Cursor paging over everybody; wants the permission in all divisions (API §4.3). */
const queryUsers = (call: ApiCall): object => {
  const { world, query, path, access } = call;
  access.requireEverywhere(VIEW);
  const state = query.choice('state', ['active', 'inactive', 'deleted', 'any']) ?? 'active';
  const { agents, formerUsers } = world.organisation;
  const users = [...agents, ...formerUsers].filter((user) => state === 'any' || user.state === state);
  const pageSize = query.whole('pageSize', { fallback: 25, min: 1, max: MAX_PAGE });
  const cursor = query.text('cursor');
  const from = cursor === null || cursor === '' ? 0 : decodeCursor(cursor);
  const expands = query.choices('expand', USER_EXPANDS);
  const entities = users.slice(from, from + pageSize).map((profile) => writeUser(world, profile, expands));
  const next = from + pageSize < users.length ? encodeCursor(from + pageSize) : null;
  return {
    entities,
    results: entities.length,
    selfUri: `${path}?${query.with({})}`,
    ...(next !== null && { cursor: next, nextUri: `${path}?${query.with({ cursor: next })}` }),
  };
};

const postSearch = (call: ApiCall): object => search(call, readBody(userSearch, call.body));

/** The pages of a search that was posted: `q64` is the search itself, in base64. */
const getSearch = (call: ApiCall): object => {
  const q64 = call.query.text('q64') ?? '';
  try {
    return search(call, readBody(userSearch, JSON.parse(Buffer.from(q64, 'base64').toString('utf8'))));
  } catch (error) {
    if (error instanceof SyntaxError) throw badRequest('q64 is not a search in base64');
    throw error;
  }
};

const search = (call: ApiCall, asked: UserSearch): object => {
  const { world, access } = call;
  const { pageSize, pageNumber } = asked;
  if (pageSize * pageNumber > MAX_RESULTS)
    throw badRequest(`Only the first ${MAX_RESULTS} results can be requested.`, 'too.many.requested.results');
  const { agents, formerUsers } = world.organisation;
  const found = [...agents, ...formerUsers]
    .filter((user) => maySee(access, user))
    .filter((user) => userMatches(user, asked))
    .toSorted(orderOf(asked));
  const pageCount = Math.ceil(found.length / pageSize);
  const page = found.slice((pageNumber - 1) * pageSize, pageNumber * pageSize);
  const q64 = (number: number): string =>
    Buffer.from(JSON.stringify({ ...asked, pageNumber: number })).toString('base64');
  return {
    total: found.length,
    pageCount,
    pageSize,
    pageNumber,
    currentPage: q64(pageNumber),
    ...(pageNumber < pageCount && { nextPage: q64(pageNumber + 1) }),
    ...(pageNumber > 1 && { previousPage: q64(pageNumber - 1) }),
    types: ['users'],
    results: page.map((profile) => writeUser(world, profile, asked.expand)),
  };
};

const sortable = z.enum(['name', 'email', 'title', 'department', 'id']);

const orderOf = ({ sortBy, sortOrder }: UserSearch): ((a: UserProfile, b: UserProfile) => number) => {
  const field = sortable.catch('name').parse(sortBy);
  const sign = sortOrder === 'DESC' ? -1 : 1;
  return (a, b) => (a[field] === b[field] ? 0 : a[field] < b[field] ? -sign : sign);
};

const SEARCH = '/api/v2/users/search';

export const userSearchOperations: readonly Operation[] = [
  { id: 'getUsersQuery', method: 'GET', path: '/api/v2/users/query', permissions: anyOf(VIEW), run: queryUsers },
  { id: 'getUsersSearch', method: 'GET', path: SEARCH, permissions: anyOf(VIEW), run: getSearch },
  { id: 'postUsersSearch', method: 'POST', path: SEARCH, permissions: anyOf(VIEW), run: postSearch },
];
