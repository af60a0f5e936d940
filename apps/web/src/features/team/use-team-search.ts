import { getRouteApi } from '@tanstack/react-router';
import { useCallback } from 'react';
import { dropAbsent } from '../../lib/page-search.ts';
import { rememberedZone } from '../../lib/remembered-zone.ts';
import type { TeamSearch } from './team-search.ts';

const route = getRouteApi('/team');

type Change = { [Name in keyof TeamSearch]?: TeamSearch[Name] | undefined };

/** The team view in the address, and the way to change it. */
export const useTeamSearch = () => {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const change = useCallback(
    (more: Change): void => void navigate({ search: (held) => dropAbsent<typeof held>({ ...held, ...more }) }),
    [navigate],
  );
  return { search, zone: search.zone ?? rememberedZone(), change };
};
