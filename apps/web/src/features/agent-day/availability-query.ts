import { getAgentAvailability, getAgentComparison } from '@floorwatch/contracts';
import type { Granularity, Interval } from '@floorwatch/domain';
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { getFromApi } from '../../lib/api-client.ts';
import { addressOf } from './address-of.ts';
import { readAgainAfter, readKept, retryOnce } from './kept-range.ts';

interface AvailabilityAsked {
  readonly agentId: string;
  readonly range: Interval;
  readonly granularity: Granularity;
  readonly zone: string;
  /** It goes on, or a gap of it is still to be filled. */
  readonly mayChange: boolean;
}

/** An agent's time, added up per interval and in all. */
export const availabilityQuery = ({ agentId, range, granularity, zone, mayChange }: AvailabilityAsked) =>
  queryOptions({
    queryKey: ['agent', agentId, 'availability', granularity, zone, range.from, range.to],
    queryFn: ({ signal }) =>
      readKept(range, ({ from, to }) =>
        getFromApi({
          path: addressOf(getAgentAvailability.path, agentId, {
            from: new Date(from).toISOString(),
            to: new Date(to).toISOString(),
            granularity,
            zone,
          }),
          reply: getAgentAvailability.reply,
          signal,
        }),
      ),
    staleTime: mayChange ? 0 : Number.POSITIVE_INFINITY,
    refetchInterval: ({ state }) => readAgainAfter(state.error, mayChange),
    retry: retryOnce,
    placeholderData: (held, before) => (before?.queryKey[1] === agentId ? keepPreviousData(held) : undefined),
  });

interface ComparisonAsked {
  readonly agentId: string;
  readonly day: string;
  readonly zone: string;
  /** It goes on, or a gap of it is still to be filled. */
  readonly mayChange: boolean;
}

/** A day beside the agent's own same weekdays, and beside the team. */
export const comparisonQuery = ({ agentId, day, zone, mayChange }: ComparisonAsked) =>
  queryOptions({
    queryKey: ['agent', agentId, 'comparison', zone, day],
    queryFn: ({ signal }) =>
      getFromApi({
        path: addressOf(getAgentComparison.path, agentId, { day, zone }),
        reply: getAgentComparison.reply,
        signal,
      }),
    staleTime: mayChange ? 0 : Number.POSITIVE_INFINITY,
    refetchInterval: ({ state }) => readAgainAfter(state.error, mayChange),
    retry: retryOnce,
  });
