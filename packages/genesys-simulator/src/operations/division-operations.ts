import type { Named } from '../org/named.ts';
import { notAUser } from '../server/access.ts';
import { cutPage, listing } from '../server/paging.ts';
import { badRequest, notFound } from '../server/platform-error.ts';
import { matchesPattern } from '../server/wildcard.ts';
import type { World } from '../server/world.ts';
import type { ApiCall, Operation } from './operation.ts';

const MAX_PAGE = 500;
const DIVISIONS = '/api/v2/authorization/divisions';

const divisionEntity = ({ organisation }: World, { id, name }: Named): object => ({
  id,
  name,
  homeDivision: organisation.divisions[0]?.id === id,
  description: '',
  selfUri: `${DIVISIONS}/${id}`,
});

const listDivisions = ({ world, query, path }: ApiCall): object => {
  const ids = query.list('id');
  const name = query.text('name');
  const divisions = world.organisation.divisions
    .filter(({ id }) => ids.length === 0 || ids.includes(id))
    .filter((division) => name === null || matchesPattern(division.name, `*${name}*`));
  const page = cutPage({ items: divisions, query, maxPageSize: MAX_PAGE });
  return listing({ page, path, query, entity: (division) => divisionEntity(world, division) });
};

const getDivision = ({ world, param }: ApiCall): object => {
  const division = world.organisation.divisions.find(({ id }) => id === param('divisionId'));
  if (division === undefined) throw notFound();
  return divisionEntity(world, division);
};

const getHomeDivision = ({ world }: ApiCall): object => {
  const [home] = world.organisation.divisions;
  if (home === undefined) throw notFound();
  return divisionEntity(world, home);
};

/** Where the caller has a permission: what a wall-board may show this person (API §2.8). */
const listPermittedDivisions = ({ world, query, path, access }: ApiCall): object => {
  const permission = query.text('permission');
  if (permission === null || permission === '')
    throw badRequest('The permission query parameter is required.', 'missing.permission.param');
  const permitted = access.divisionsOf(permission);
  const divisions = world.organisation.divisions.filter(({ id }) => permitted === 'all' || permitted.has(id));
  const page = cutPage({ items: divisions, query, maxPageSize: MAX_PAGE });
  return {
    ...listing({ page, path, query, entity: (division) => divisionEntity(world, division) }),
    allDivsPermitted: permitted === 'all',
  };
};

/** `a:b:c` and `a:b:d` are one policy of two actions. */
const policiesOf = (permissions: ReadonlySet<string>): object[] => {
  const actions = new Map<string, string[]>();
  for (const permission of permissions) {
    const [domain = '', entityName = '', action = ''] = permission.split(':');
    const key = `${domain}:${entityName}`;
    actions.set(key, [...(actions.get(key) ?? []), action]);
  }
  return [...actions].map(([key, held]) => {
    const [domain = '', entityName = ''] = key.split(':');
    return { domain, entityName, actions: held };
  });
};

const getSubject = ({ world, access }: ApiCall): object => {
  const { userId, name, grants } = access.subject;
  if (userId === null) throw notAUser();
  return {
    id: userId,
    name,
    version: 1,
    grants: grants.map(({ role, divisionId }) => ({
      subjectId: userId,
      division:
        divisionId === '*'
          ? { id: '*', name: '*', description: '', homeDivision: false, selfUri: `${DIVISIONS}/*` }
          : divisionEntity(
              world,
              world.organisation.divisions.find(({ id }) => id === divisionId) ?? { id: divisionId, name: '' },
            ),
      role: { id: role.id, name: role.name, description: '', policies: policiesOf(role.permissions), default: false },
      grantMadeAt: '2025-01-07T09:00:00.000Z',
    })),
    selfUri: `/api/v2/authorization/subjects/${userId}`,
  };
};

export const divisionOperations: readonly Operation[] = [
  { id: 'getAuthorizationDivisions', method: 'GET', path: DIVISIONS, run: listDivisions },
  { id: 'getAuthorizationDivisionsHome', method: 'GET', path: `${DIVISIONS}/home`, run: getHomeDivision },
  { id: 'getAuthorizationDivision', method: 'GET', path: `${DIVISIONS}/{divisionId}`, run: getDivision },
  {
    id: 'getAuthorizationDivisionspermittedPagedMe',
    method: 'GET',
    path: '/api/v2/authorization/divisionspermitted/paged/me',
    run: listPermittedDivisions,
  },
  {
    id: 'getAuthorizationSubjectsMe',
    method: 'GET',
    path: '/api/v2/authorization/subjects/me',
    run: getSubject,
  },
];
