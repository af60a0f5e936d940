import type { QueueProfile } from '../org/queue-profile.ts';
import { cutPage, listing, rejectPagePastEnd } from '../server/paging.ts';
import { notFound, PlatformError } from '../server/platform-error.ts';
import { matchesPattern } from '../server/wildcard.ts';
import { allOf, anyOf, type ApiCall, type Operation } from './operation.ts';
import { queueEntity, queueReference } from './queue-entity.ts';
import { requireUuids } from './uuid.ts';

const MAX_PAGE = 100;
const MAX_PAGE_OF_ALL = 500;
/** The filtered light list ends here, however much more there is (API §7). */
const LAST_FILTERED_PAGE = 5;
const VIEW = 'routing:queue:view';
const SEARCH = 'routing:queue:search';

const chooseQueues = ({ world, query, access }: ApiCall, permission: string): readonly QueueProfile[] => {
  const ids = query.list('id');
  const divisionIds = query.list('divisionId');
  requireUuids([...ids, ...divisionIds.filter((id) => id !== '*')]);
  const name = query.text('name');
  const queues = world.organisation.queues
    .filter(({ divisionId }) => access.holdsIn(permission, divisionId))
    .filter((queue) => ids.length === 0 || ids.includes(queue.id))
    .filter((queue) => divisionIds.length === 0 || divisionIds.includes('*') || divisionIds.includes(queue.divisionId))
    .filter((queue) => name === null || matchesPattern(queue.name, name))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
  return query.choice('sortOrder', ['asc', 'desc']) === 'desc' ? queues.toReversed() : queues;
};

const listQueues = (call: ApiCall): object => {
  const { world, query, path } = call;
  const page = cutPage({ items: chooseQueues(call, VIEW), query, maxPageSize: MAX_PAGE });
  rejectPagePastEnd(page);
  return listing({ page, path, query, entity: (queue) => queueEntity(world, queue) });
};

/** Everything there is, light, by name. */
const listAllLight = (call: ApiCall): object => {
  const { world, query, path } = call;
  const page = cutPage({ items: chooseQueues(call, SEARCH), query, maxPageSize: MAX_PAGE_OF_ALL });
  rejectPagePastEnd(page);
  return listing({ page, path, query, entity: (queue) => queueReference(world, queue) });
};

const listFilteredLight = (call: ApiCall): object => {
  const { world, query, path } = call;
  query.whole('pageNumber', { fallback: 1, min: 1, max: LAST_FILTERED_PAGE });
  const page = cutPage({ items: chooseQueues(call, SEARCH), query, maxPageSize: MAX_PAGE });
  return listing({ page, path, query, entity: (queue) => queueReference(world, queue) });
};

/** The queue named in the path. @throws 404, or 403 where one of the permissions would be needed in its division */
export const requireQueue = ({ world, param, access }: ApiCall, permissions: readonly string[]): QueueProfile => {
  const queueId = param('queueId');
  requireUuids([queueId]);
  const queue = world.queue(queueId);
  if (queue === null) throw notFound('The resource could not be found.', 'resource.not.found');
  if (permissions.some((permission) => access.holdsIn(permission, queue.divisionId))) return queue;
  throw new PlatformError({
    status: 403,
    code: 'missing.any.division.permissions',
    message:
      'Unable to perform the requested action. You are missing at least one of the following permissions in the provided division(s): {permissions}',
    params: { permissions: permissions.join(', ') },
  });
};

const QUEUES = '/api/v2/routing/queues';

export const queueOperations: readonly Operation[] = [
  { id: 'getRoutingQueues', method: 'GET', path: QUEUES, permissions: anyOf(VIEW), run: listQueues },
  {
    id: 'getRoutingQueuesDivisionviewsAll',
    method: 'GET',
    path: `${QUEUES}/divisionviews/all`,
    permissions: allOf(SEARCH),
    run: listAllLight,
  },
  {
    id: 'getRoutingQueuesDivisionviews',
    method: 'GET',
    path: `${QUEUES}/divisionviews`,
    permissions: allOf(SEARCH),
    run: listFilteredLight,
  },
  {
    id: 'getRoutingQueue',
    method: 'GET',
    path: `${QUEUES}/{queueId}`,
    permissions: allOf(VIEW),
    run: (call) => queueEntity(call.world, requireQueue(call, [VIEW])),
  },
];
