import type { Named } from '../org/named.ts';
import { cutPage, listing } from '../server/paging.ts';
import { notFound } from '../server/platform-error.ts';
import type { ApiCall, Operation } from './operation.ts';
import { USER_EXPANDS } from './user-entity.ts';
import { writeUser } from './visible-users.ts';

const MAX_PAGE = 500;

const groupEntity = ({ world }: ApiCall, { id, name }: Named): object => ({
  id,
  name,
  description: '',
  dateModified: '2025-01-07T09:00:00.000Z',
  memberCount: world.groupMembers(id).length,
  state: 'active',
  version: 3,
  type: 'official',
  rulesVisible: false,
  visibility: 'public',
  rolesEnabled: false,
  includeOwners: false,
  callsEnabled: false,
  selfUri: `/api/v2/groups/${id}`,
});

const listGroups = (call: ApiCall): object => {
  const { world, query, path } = call;
  const ids = query.list('id');
  const groups = world.organisation.groups
    .filter(({ id }) => ids.length === 0 || ids.includes(id))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
  const items = /^desc/i.test(query.choice('sortOrder', ['ascending', 'descending', 'ASC', 'DESC']) ?? '')
    ? groups.toReversed()
    : groups;
  const page = cutPage({ items, query, maxPageSize: MAX_PAGE });
  return listing({ page, path, query, entity: (group) => groupEntity(call, group) });
};

const requireGroup = ({ world, param }: ApiCall): Named => {
  const group = world.organisation.groups.find(({ id }) => id === param('groupId'));
  if (group === undefined) throw notFound('Unable to find a group with that groupId', 'general.resource.not.found');
  return group;
};

/** Members take the expands of users. */
const listMembers = (call: ApiCall): object => {
  const { world, query, path } = call;
  const items = world.groupMembers(requireGroup(call).id);
  const expands = query.choices('expand', USER_EXPANDS);
  const page = cutPage({ items, query, maxPageSize: MAX_PAGE });
  return listing({ page, path, query, entity: (profile) => writeUser(world, profile, expands) });
};

/** Everybody on one page, groups within the group resolved. */
const listIndividuals = (call: ApiCall): object => {
  const { world, path } = call;
  const members = world.groupMembers(requireGroup(call).id);
  return {
    entities: members.map((profile) => writeUser(world, profile, [])),
    total: members.length,
    selfUri: path,
  };
};

const GROUP = '/api/v2/groups/{groupId}';

export const groupOperations: readonly Operation[] = [
  { id: 'getGroups', method: 'GET', path: '/api/v2/groups', run: listGroups },
  { id: 'getGroup', method: 'GET', path: GROUP, run: (call) => groupEntity(call, requireGroup(call)) },
  { id: 'getGroupMembers', method: 'GET', path: `${GROUP}/members`, run: listMembers },
  { id: 'getGroupIndividuals', method: 'GET', path: `${GROUP}/individuals`, run: listIndividuals },
];
