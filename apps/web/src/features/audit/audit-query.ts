import { listAudit, verifyAudit } from '@floorwatch/contracts';
import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { FloorwatchRefused, getFromApi } from '../../lib/api-client.ts';
import type { InstantRange } from '../../lib/calendar-range.ts';
import { writePlainSearch } from '../../lib/plain-search.ts';
import type { AuditSearch } from './audit-search.ts';

const PAGE = 50;
/** How many of an agent's entries the agent's page shows. */
const AGENT_ENTRIES = 10;

/** The filter as the API asks it; `?` alone where there is none. */
export const askFor = (
  { action, outcome, actor, agent, correlation }: AuditSearch,
  range: InstantRange | null,
): string => {
  const instants = range && { from: new Date(range.from).toISOString(), to: new Date(range.to).toISOString() };
  return writePlainSearch({ action, outcome, actor, agent, correlation, ...instants }) || '?';
};

const retry = (failures: number, error: Error): boolean => !(error instanceof FloorwatchRefused) && failures < 2;

/** Entries of the audit, page by page. */
export const auditQuery = (asked: string) =>
  infiniteQueryOptions({
    queryKey: ['audit', 'list', asked],
    queryFn: ({ pageParam, signal }) =>
      getFromApi({
        path: `${listAudit.path}${asked}&limit=${PAGE}${pageParam === '' ? '' : `&cursor=${pageParam}`}`,
        reply: listAudit.reply,
        signal,
      }),
    initialPageParam: '',
    getNextPageParam: ({ cursor }) => cursor,
    placeholderData: keepPreviousData,
    retry,
  });

/** What was done to an agent, the newest. */
export const agentAuditQuery = (agentId: string) =>
  queryOptions({
    queryKey: ['audit', 'agent', agentId],
    queryFn: ({ signal }) =>
      getFromApi({
        path: `${listAudit.path}${writePlainSearch({ agent: agentId, limit: String(AGENT_ENTRIES) })}`,
        reply: listAudit.reply,
        signal,
      }),
    retry,
  });

/** Whether the whole chain holds together. */
export const verificationQuery = queryOptions({
  queryKey: ['audit', 'verification'],
  queryFn: ({ signal }) => getFromApi({ path: verifyAudit.path, reply: verifyAudit.reply, signal }),
  retry,
});
