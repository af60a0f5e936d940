import { getOperations } from '@floorwatch/contracts';
import { queryOptions } from '@tanstack/react-query';
import { getFromApi } from '../../lib/api-client.ts';

/** Trouble is named within seconds, so it is asked for as often. */
const READ_EVERY_MS = 2000;

/** How Floorwatch itself is doing, read anew while the page is open. */
export const operationsQuery = queryOptions({
  queryKey: ['operations'],
  queryFn: ({ signal }) => getFromApi({ path: getOperations.path, reply: getOperations.reply, signal }),
  refetchInterval: READ_EVERY_MS,
  staleTime: 0,
  gcTime: 0,
  retry: false,
});
