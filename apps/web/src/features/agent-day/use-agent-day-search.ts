import { getRouteApi } from '@tanstack/react-router';
import { useCallback } from 'react';
import { dropAbsent } from '../../lib/page-search.ts';
import type { AgentDaySearch } from './agent-day-search.ts';

const route = getRouteApi('/agents/$id');

type Change = { [Name in keyof AgentDaySearch]?: AgentDaySearch[Name] | undefined };

/** Whose page it is, the view in the address, and the way to change it. */
export const useAgentDaySearch = () => {
  const { id } = route.useParams();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const change = useCallback(
    /** @param replace keeps the step out of the browser's history: for zoom and pan */
    (next: Change, replace = false): void => {
      void navigate({ search: (held) => dropAbsent<AgentDaySearch>({ ...held, ...next }), replace });
    },
    [navigate],
  );
  return { id, search, change };
};
