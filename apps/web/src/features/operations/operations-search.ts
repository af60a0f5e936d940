import { getRouteApi } from '@tanstack/react-router';
import { useCallback } from 'react';
import { dropAbsent } from '../../lib/page-search.ts';

/** The page, as it stands in the address. Absent: the last hour as drawings. */
export interface OperationsSearch {
  readonly hour?: 'table';
}

export const readOperationsSearch = (raw: Readonly<Record<string, unknown>>): OperationsSearch =>
  raw['hour'] === 'table' ? { hour: 'table' } : {};

const route = getRouteApi('/operations');

export const useOperationsSearch = () => {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const setTable = useCallback(
    (isTable: boolean): void =>
      void navigate({
        search: (held) => dropAbsent<typeof held>({ ...held, hour: isTable ? 'table' : undefined }),
        replace: true,
      }),
    [navigate],
  );
  return { isTable: search.hour === 'table', setTable };
};
