import { cutPage, listing } from '../server/paging.ts';
import type { ApiCall, Operation } from './operation.ts';

const MAX_PAGE = 500;

const listDivisions = ({ world, query, path }: ApiCall): object => {
  const ids = query.list('id');
  const divisions = world.organisation.divisions
    .map((division, index) => ({ ...division, homeDivision: index === 0 }))
    .filter(({ id }) => ids.length === 0 || ids.includes(id));
  const page = cutPage({ items: divisions, query, maxPageSize: MAX_PAGE });
  const entity = (division: (typeof divisions)[number]): object => ({
    ...division,
    description: '',
    selfUri: `/api/v2/authorization/divisions/${division.id}`,
  });
  return listing({ page, path, query, entity });
};

export const divisionOperations: readonly Operation[] = [
  { id: 'getAuthorizationDivisions', method: 'GET', path: '/api/v2/authorization/divisions', run: listDivisions },
];
