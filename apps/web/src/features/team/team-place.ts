import { useEffect } from 'react';
import type { LiveStore } from '../../live/live-store.ts';
import { useLiveServices } from '../../live/use-live.ts';
import type { TeamSearch } from './team-search.ts';

const places = new WeakMap<LiveStore, TeamSearch>();

/** The team view as it was seen last, for the way back. */
export const lastTeamSearch = (live: LiveStore): TeamSearch => places.get(live) ?? {};

export const useTeamPlace = (search: TeamSearch): void => {
  const { live } = useLiveServices();
  useEffect(() => void places.set(live, search), [live, search]);
};
