import type { NamedEntity } from '@floorwatch/contracts';
import { useMemo } from 'react';
import { useLive } from './use-live.ts';
import { NO_DIVISION } from './view-filter.ts';

type Counts = ReadonlyMap<string, number> | null;

const NO_ENTITIES: readonly NamedEntity[] = [];
const WITHOUT_DIVISION: NamedEntity = { id: NO_DIVISION, name: 'No division' };

/** Divisions to choose from; one more for agents without, where there are such. */
export const useDivisions = (): readonly NamedEntity[] => {
  const divisions = useLive(({ organisation }) => organisation?.divisions ?? NO_ENTITIES);
  const someHaveNone = useLive(({ view }) => view?.counts.divisions.has(NO_DIVISION) ?? false);
  return useMemo(() => (someHaveNone ? [...divisions, WITHOUT_DIVISION] : divisions), [divisions, someHaveNone]);
};

export const useQueues = (): readonly NamedEntity[] =>
  useLive(({ organisation }) => organisation?.queues ?? NO_ENTITIES);

/** Teams of the agents on the board. They are known by name. */
const useTeams = (): readonly NamedEntity[] => {
  const names = useLive(({ view }) => [...(view?.counts.teams.keys() ?? [])].join('\n')); // a text is equal to its like
  return useMemo(() => (names === '' ? NO_ENTITIES : names.split('\n').map((name) => ({ id: name, name }))), [names]);
};

/** Agents per option under all other facets; null before the first frame. They change all day. */
const useDivisionCounts = (): Counts => useLive(({ view }) => view?.counts.divisions ?? null);
const useQueueCounts = (): Counts => useLive(({ view }) => view?.counts.queues ?? null);
const useTeamCounts = (): Counts => useLive(({ view }) => view?.counts.teams ?? null);
export const useFlagCounts = (): Counts => useLive(({ view }) => view?.counts.flags ?? null);

/** What narrows a floor wherever one is shown: on the wall and in the team view, in this order. The hooks never change places. */
export const SCOPE_FACETS = [
  { key: 'division', label: 'Division', useOptions: useDivisions, useCounts: useDivisionCounts },
  { key: 'queue', label: 'Queue', useOptions: useQueues, useCounts: useQueueCounts },
  { key: 'team', label: 'Team', useOptions: useTeams, useCounts: useTeamCounts },
] as const;

export type ScopeFacet = (typeof SCOPE_FACETS)[number];
