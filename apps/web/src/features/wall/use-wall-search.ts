import { getRouteApi } from '@tanstack/react-router';
import { useCallback } from 'react';
import { dropAbsent } from '../../lib/page-search.ts';
import type { WallSearch } from './wall-search.ts';

const route = getRouteApi('/');

type Change = (search: WallSearch) => { [Name in keyof WallSearch]?: WallSearch[Name] | undefined };

/** The view in the address, and the way to change it. */
export const useWallSearch = () => {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const change = useCallback(
    /** @param replace keeps the step out of the browser's history: for typing */
    (next: Change, replace = false): void => {
      void navigate({ search: (held) => dropAbsent(next(held)), replace });
    },
    [navigate],
  );
  return { search, change };
};
