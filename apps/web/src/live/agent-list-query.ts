import { listAgents } from '@floorwatch/contracts';
import { queryOptions } from '@tanstack/react-query';
import { getFromApi } from '../lib/api-client.ts';

/**
 * The whole board at one position. Never fresh and not kept: the live store takes it over and the socket carries on
 * from there. Retries are the live connection's, so that there is one back-off and not two.
 */
export const agentListQuery = queryOptions({
  queryKey: ['agents', 'list'],
  queryFn: ({ signal }) => getFromApi({ path: listAgents.path, reply: listAgents.reply, signal }),
  staleTime: 0,
  gcTime: 0,
  retry: false,
});
