import type { Named } from '../org/named.ts';
import type { WrapUpCode } from '../org/wrap-up-code.ts';
import { cutPage, listing } from '../server/paging.ts';
import { matchesPattern } from '../server/wildcard.ts';
import { divisionReference } from './division-entity.ts';
import { locationEntity } from './location-entity.ts';
import { allOf, anyOf, type ApiCall, type Operation } from './operation.ts';
import { requireUuids } from './uuid.ts';

/** Skills, languages, locations, wrap-up codes: short lists that hardly ever change. */

const MAX_PAGE = 500;
const CHANGED = '2025-01-07T09:00:00.000Z';

const listCatalogue = <Item extends Named>(
  { query, path }: ApiCall,
  items: readonly Item[],
  entity: (item: Item) => object,
): object => {
  const ids = query.list('id');
  requireUuids(ids);
  const name = query.text('name');
  const found = items
    .filter(({ id }) => ids.length === 0 || ids.includes(id))
    .filter((item) => name === null || matchesPattern(item.name, `${name}*`));
  return listing({ page: cutPage({ items: found, query, maxPageSize: MAX_PAGE }), path, query, entity });
};

const routingEntity =
  (kind: 'skills' | 'languages') =>
  ({ id, name }: Named): object => ({
    id,
    name,
    dateModified: CHANGED,
    state: 'active',
    version: '1',
    selfUri: `/api/v2/routing/${kind}/${id}`,
  });

const listWrapUpCodes = (call: ApiCall): object => {
  const divisionIds = call.query.list('divisionId');
  const permitted = call.access.divisionsOf('routing:wrapupCode:view');
  const codes = call.world.organisation.wrapUpCodes
    .filter(({ divisionId }) => permitted === 'all' || permitted.has(divisionId))
    .filter(({ divisionId }) => divisionIds.length === 0 || divisionIds.includes(divisionId));
  return listCatalogue(call, codes, ({ id, name, divisionId }: WrapUpCode) => ({
    id,
    name,
    division: divisionReference(call.world, divisionId),
    dateCreated: CHANGED,
    selfUri: `/api/v2/routing/wrapupcodes/${id}`,
  }));
};

export const catalogueOperations: readonly Operation[] = [
  {
    id: 'getRoutingSkills',
    method: 'GET',
    path: '/api/v2/routing/skills',
    permissions: anyOf('routing:skill:view'),
    run: (call) => listCatalogue(call, call.world.organisation.skills, routingEntity('skills')),
  },
  {
    id: 'getRoutingLanguages',
    method: 'GET',
    path: '/api/v2/routing/languages',
    run: (call) => listCatalogue(call, call.world.organisation.languages, routingEntity('languages')),
  },
  {
    id: 'getLocations',
    method: 'GET',
    path: '/api/v2/locations',
    run: (call) => listCatalogue(call, call.world.organisation.locations, locationEntity),
  },
  {
    id: 'getRoutingWrapupcodes',
    method: 'GET',
    path: '/api/v2/routing/wrapupcodes',
    permissions: allOf('routing:wrapupCode:view'),
    run: listWrapUpCodes,
  },
];
