import { getRouteApi } from '@tanstack/react-router';
import { useCallback } from 'react';
import { dropAbsent } from '../../lib/page-search.ts';
import type { AutomationSearch } from './automation-search.ts';

const route = getRouteApi('/automations');

export type AutomationSearchChange = {
  readonly [Name in keyof AutomationSearch]?: AutomationSearch[Name] | undefined;
};

/** The automation page in the address, and the way to change it. */
export const useAutomationSearch = () => {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const change = useCallback(
    (more: AutomationSearchChange): void =>
      void navigate({ search: (held) => dropAbsent<typeof held>({ ...held, ...more }) }),
    [navigate],
  );
  return { search, change };
};
