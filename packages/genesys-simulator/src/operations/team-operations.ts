import type { Named } from '../org/named.ts';
import { cursorListing } from '../server/cursor-paging.ts';
import { notFound } from '../server/platform-error.ts';
import { matchesPattern } from '../server/wildcard.ts';
import { divisionReference } from './division-entity.ts';
import { anyOf, type ApiCall, type Operation } from './operation.ts';

const MAX_PAGE = 100;

const teamEntity = ({ world }: ApiCall, { id, name }: Named): object => ({
  id,
  name,
  division: divisionReference(world, world.organisation.divisions[0]?.id ?? ''),
  description: '',
  memberCount: world.teamMembers(id).length,
  selfUri: `/api/v2/teams/${id}`,
});

/** Cursor paging, no totals. */
const listTeams = (call: ApiCall): object => {
  const { world, query, path } = call;
  const name = query.text('name');
  const items = world.organisation.teams.filter((team) => name === null || matchesPattern(team.name, `${name}*`));
  return cursorListing({ items, path, query, maxPageSize: MAX_PAGE, entity: (team) => teamEntity(call, team) });
};

const requireTeam = ({ world, param }: ApiCall): Named => {
  const team = world.organisation.teams.find(({ id }) => id === param('teamId'));
  if (team === undefined) throw notFound('The requested team was not found.', 'general.resource.not.found');
  return team;
};

/** Members are references; `expand=entities` adds the names. */
const listTeamMembers = (call: ApiCall): object => {
  const { world, query, path } = call;
  const isExpanded = query.choices('expand', ['entities']).length > 0;
  return cursorListing({
    items: world.teamMembers(requireTeam(call).id),
    path,
    query,
    maxPageSize: MAX_PAGE,
    entity: ({ id, name }) => ({ id, ...(isExpanded && { name }), selfUri: `/api/v2/users/${id}` }),
  });
};

const permissions = anyOf('groups:team:view');

export const teamOperations: readonly Operation[] = [
  { id: 'getTeams', method: 'GET', path: '/api/v2/teams', permissions, run: listTeams },
  {
    id: 'getTeam',
    method: 'GET',
    path: '/api/v2/teams/{teamId}',
    permissions,
    run: (call) => teamEntity(call, requireTeam(call)),
  },
  {
    id: 'getTeamMembers',
    method: 'GET',
    path: '/api/v2/teams/{teamId}/members',
    permissions,
    run: listTeamMembers,
  },
];
