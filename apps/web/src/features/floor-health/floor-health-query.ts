import { getFloorHealth } from '@floorwatch/contracts';
import { queryOptions } from '@tanstack/react-query';
import { getFromApi } from '../../lib/api-client.ts';

/** Somebody looks at it: as fine as ages in seconds need, and a few hundred bytes. */
const READ_EVERY_MS = 2000;

/** How every part between the platform and the wall is doing, read anew while the panel is open. */
export const floorHealthQuery = queryOptions({
  queryKey: ['floor-health'],
  queryFn: ({ signal }) => getFromApi({ path: getFloorHealth.path, reply: getFloorHealth.reply, signal }),
  refetchInterval: READ_EVERY_MS,
  staleTime: 0,
  gcTime: 0,
  retry: false,
});
