import { listAvailability, type AvailabilitySortKey } from '@floorwatch/contracts';
import type { Granularity } from '@floorwatch/domain';
import { infiniteQueryOptions, keepPreviousData } from '@tanstack/react-query';
import { FloorwatchRefused, getFromApi } from '../../lib/api-client.ts';
import type { InstantRange } from '../../lib/calendar-range.ts';
import { writePlainSearch } from '../../lib/plain-search.ts';
import { pageSizeFor } from '../../lib/bar-grain.ts';
import type { TeamScope } from './team-search.ts';

/** Everything that decides what the team view shows. */
export interface TeamQuestion extends TeamScope {
  readonly range: InstantRange;
  readonly zone: string;
  readonly grain: Granularity;
  readonly sort: AvailabilitySortKey;
  readonly order: 'asc' | 'desc';
}

/** While the range goes on its figures grow: read anew so often, and less often the more pages have been read. */
const GROWING_MS = 30_000;
/** Something is out of order; it may be back. */
const FAILED_MS = 10_000;

/** The question as the API asks it, without pages; without `grain` it is of the range as a whole. */
export const askFor = ({
  range,
  zone,
  grain,
  sort,
  order,
  division,
  queue,
  team,
}: Omit<TeamQuestion, 'grain'> & { readonly grain?: Granularity }): string =>
  writePlainSearch({
    from: new Date(range.from).toISOString(),
    to: new Date(range.to).toISOString(),
    zone,
    granularity: grain,
    sort,
    order,
    division,
    queue,
    team,
  });

/** The lines of the team view, page by page. */
export const teamQuery = (question: TeamQuestion, isRunning: boolean) => {
  const asked = askFor(question);
  const limit = pageSizeFor(question.range.to - question.range.from, question.grain);
  return infiniteQueryOptions({
    queryKey: ['availability', asked],
    queryFn: ({ pageParam, signal }) =>
      getFromApi({
        path: `${listAvailability.path}${asked}&limit=${limit}${pageParam === '' ? '' : `&cursor=${encodeURIComponent(pageParam)}`}`,
        reply: listAvailability.reply,
        signal,
      }),
    initialPageParam: '',
    getNextPageParam: ({ cursor }) => cursor,
    placeholderData: keepPreviousData,
    retry: (failures, error) => !(error instanceof FloorwatchRefused) && failures < 2,
    refetchInterval: ({ state }) => {
      if (state.error !== null) return isFinal(state.error) ? false : FAILED_MS;
      return isRunning && GROWING_MS * Math.max(1, (state.data?.pages.length ?? 1) / 2);
    },
    staleTime: GROWING_MS / 2,
  });
};

/** Asking again cannot help: the question itself is refused. */
const isFinal = (error: Error): boolean =>
  error instanceof FloorwatchRefused &&
  (error.body?.code === 'outside-retention' || error.body?.code === 'invalid-request');
