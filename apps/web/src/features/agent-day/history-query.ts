import { getAgentHistory, type AgentHistory, type HistoryKind } from '@floorwatch/contracts';
import type { Interval } from '@floorwatch/domain';
import { queryOptions } from '@tanstack/react-query';
import { getFromApi } from '../../lib/api-client.ts';
import { addressOf } from './address-of.ts';
import { readAgainAfter, readKept, retryOnce } from './kept-range.ts';
import { readTold, type ToldTime } from './told-lanes.ts';

/** Largest page the API gives. */
const PAGE_SEGMENTS = 5000;

export interface HistoryPart {
  readonly agentId: string;
  /** A range is asked for part by part, so that each is kept for itself and the page fills as they come. */
  readonly part: Interval;
  readonly kinds: readonly HistoryKind[];
  /** It has begun and is not over. */
  readonly isRunning: boolean;
}

/** What was told of a stretch, and from when on it is kept at all. */
export interface ToldHistory {
  readonly told: ToldTime;
  /** What lies before this instant, ms, is not kept any more; null where all of the stretch is. */
  readonly keptFrom: number | null;
}

/** One stretch of an agent's history, all pages of it. Only a running one is read again. */
export const historyPartQuery = ({ agentId, part, kinds, isRunning }: HistoryPart) =>
  queryOptions({
    queryKey: ['agent', agentId, 'history', kinds.join(','), part.from, part.to],
    queryFn: ({ signal }): Promise<ToldHistory> =>
      readKept(part, async (range) => readTold(await readPages({ agentId, part: range, kinds, signal }))),
    staleTime: isRunning ? 0 : Number.POSITIVE_INFINITY,
    refetchInterval: ({ state }) => readAgainAfter(state.error, isRunning || state.data?.told.isSettled === false),
    structuralSharing: false, // thousands of segments: comparing them costs more than drawing them
    retry: retryOnce,
  });

type Read = Omit<HistoryPart, 'isRunning'> & { readonly signal: AbortSignal };

const readPages = async ({ agentId, part, kinds, signal }: Read): Promise<AgentHistory[]> => {
  const pages: AgentHistory[] = [];
  let cursor: string | null = null;
  do {
    const path = addressOf(getAgentHistory.path, agentId, {
      from: new Date(part.from).toISOString(),
      to: new Date(part.to).toISOString(),
      kind: kinds.join(','),
      limit: String(PAGE_SEGMENTS),
      ...(cursor !== null && { cursor }),
    });
    const page: AgentHistory = await getFromApi({ path, reply: getAgentHistory.reply, signal });
    pages.push(page);
    cursor = page.cursor;
  } while (cursor !== null);
  return pages;
};
