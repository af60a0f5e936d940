import type { UserProfile } from '../org/user-profile.ts';
import { cutPage, listing, listingWithoutTotals, rejectPagePastEnd } from '../server/paging.ts';
import { badRequest, notFound } from '../server/platform-error.ts';
import type { ApiCall, Operation } from './operation.ts';
import { queueEntity } from './queue-entity.ts';
import { routingStatusEntity, USER_EXPANDS, userEntity } from './user-entity.ts';

const MAX_PAGE = 100;
const UUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;

const requireUuids = (ids: readonly string[]): void => {
  if (ids.every((id) => UUID.test(id))) return;
  throw badRequest('A non-UUID value was specified for an ID field.', 'invalid.id');
};

const listQueues = ({ world, query, path }: ApiCall): object => {
  const ids = query.list('id');
  const divisionIds = query.list('divisionId');
  requireUuids([...ids, ...divisionIds.filter((id) => id !== '*')]);
  const name = query.text('name');
  const queues = world.organisation.queues
    .filter((queue) => ids.length === 0 || ids.includes(queue.id))
    .filter((queue) => divisionIds.length === 0 || divisionIds.includes('*') || divisionIds.includes(queue.divisionId))
    .filter((queue) => name === null || matchesPattern(queue.name, name))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
  const ordered = query.choice('sortOrder', ['asc', 'desc']) === 'desc' ? queues.toReversed() : queues;
  const page = cutPage({ items: ordered, query, maxPageSize: MAX_PAGE });
  rejectPagePastEnd(page);
  return listing({ page, path, query, entity: (queue) => queueEntity(world, queue) });
};

/** `*` stands for anything, upper and lower case are one. */
const matchesPattern = (text: string, pattern: string): boolean => {
  const parts = pattern.split('*').map((part) => part.replaceAll(/[^\p{L}\p{N}]/gu, String.raw`\$&`));
  return new RegExp(`^${parts.join('.*')}$`, 'iu').test(text);
};

const getQueue = ({ world, param }: ApiCall): object => queueEntity(world, requireQueue({ world, param }));

const requireQueue = ({ world, param }: Pick<ApiCall, 'world' | 'param'>) => {
  const queueId = param('queueId');
  requireUuids([queueId]);
  const queue = world.queue(queueId);
  if (queue === null) throw notFound('The resource could not be found.', 'resource.not.found');
  return queue;
};

const listMembers = ({ world, query, path, param }: ApiCall): object => {
  const queue = requireQueue({ world, param });
  const joined = query.flag('joined');
  const statuses = query.list('routingStatus');
  const members = world
    .membersOf(queue.id)
    .filter(({ id }) => joined === null || world.hasJoined(id, queue.id) === joined)
    .filter(({ id }) => statuses.length === 0 || statuses.includes(world.engine.stateOf(id).routingStatus.status));
  const page = cutPage({ items: members, query, maxPageSize: MAX_PAGE });
  rejectPagePastEnd(page);
  const expands = query.choices('expand', USER_EXPANDS);
  const entity = (profile: UserProfile): object => {
    const { id, name } = profile;
    const state = world.engine.stateOf(id);
    return {
      id,
      name,
      user: userEntity({ profile, state, expands }),
      ringNumber: 1,
      joined: world.hasJoined(id, queue.id),
      memberBy: 'user',
      routingStatus: routingStatusEntity(id, state),
      selfUri: `/api/v2/routing/queues/${queue.id}/members/${id}`,
    };
  };
  return listingWithoutTotals({ page, path, query, entity });
};

export const queueOperations: readonly Operation[] = [
  { id: 'getRoutingQueues', method: 'GET', path: '/api/v2/routing/queues', run: listQueues },
  { id: 'getRoutingQueue', method: 'GET', path: '/api/v2/routing/queues/{queueId}', run: getQueue },
  { id: 'getRoutingQueueMembers', method: 'GET', path: '/api/v2/routing/queues/{queueId}/members', run: listMembers },
];
