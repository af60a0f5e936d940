import { z } from 'zod';
import type { UserProfile } from '../org/user-profile.ts';
import { notAUser } from '../server/access.ts';
import { cutPage, listing, listingWithoutTotals, rejectPagePastEnd } from '../server/paging.ts';
import { badRequest } from '../server/platform-error.ts';
import type { World } from '../server/world.ts';
import { matchesPattern } from '../server/wildcard.ts';
import { anyOf, readBody, type ApiCall, type Operation } from './operation.ts';
import { queueEntity } from './queue-entity.ts';
import { requireQueue } from './queue-operations.ts';
import { routingStatusEntity, USER_EXPANDS } from './user-entity.ts';
import { requireVisibleUser, writeUser } from './visible-users.ts';

const MAX_PAGE = 100;
const MAX_MEMBER_CHANGES = 100;
const MANAGE = 'routing:queueMember:manage';
const MEMBER_READERS = ['routing:queue:view', 'routing:queue:edit', 'routing:queue:readonly', MANAGE];
const MEMBER_WRITERS = ['routing:queue:edit', MANAGE];

/** No totals, and a page past the end is an error (API §4.5). */
const listMembers = (call: ApiCall): object => {
  const { world, query, path } = call;
  const queue = requireQueue(call, MEMBER_READERS);
  const joined = query.flag('joined');
  const statuses = query.list('routingStatus');
  const presences = query.list('presence');
  const name = query.text('name');
  const memberBy = query.choice('memberBy', ['user', 'group']);
  const members = memberBy === 'group' ? [] : world.membersOf(queue.id);
  const found = members.filter((user) => {
    const { routingStatus, presence } = world.engine.stateOf(user.id);
    return (
      (joined === null || world.hasJoined(user.id, queue.id) === joined) &&
      (statuses.length === 0 || statuses.includes(routingStatus.status)) &&
      (presences.length === 0 || presences.includes(presence.definitionId)) &&
      (name === null || matchesPattern(user.name, `${name}*`))
    );
  });
  const page = cutPage({ items: found, query, maxPageSize: MAX_PAGE });
  rejectPagePastEnd(page);
  const expands = query.choices('expand', USER_EXPANDS);
  return listingWithoutTotals({ page, path, query, entity: memberEntity(world, queue.id, expands) });
};

const memberEntity =
  (world: World, queueId: string, expands: readonly (typeof USER_EXPANDS)[number][]) =>
  (profile: UserProfile): object => ({
    id: profile.id,
    name: profile.name,
    user: writeUser(world, profile, expands),
    ringNumber: 1,
    joined: world.hasJoined(profile.id, queueId),
    memberBy: 'user',
    routingStatus: routingStatusEntity(profile.id, world.engine.stateOf(profile.id)),
    selfUri: `/api/v2/routing/queues/${queueId}/members/${profile.id}`,
  });

const membership = z.array(z.object({ id: z.string(), joined: z.boolean() })).max(MAX_MEMBER_CHANGES);

/** Asynchronous on the platform: the answer may be stale there, it never is here. */
const patchMembers = (call: ApiCall): object => {
  const { world, path } = call;
  const queue = requireQueue(call, MEMBER_WRITERS);
  const changes = readBody(membership, call.body);
  const members = changes.map(({ id, joined }) => {
    const user = world.membersOf(queue.id).find((member) => member.id === id);
    if (user === undefined) throw badRequest(`id ${id} is not a member of this queue`);
    return { user, joined };
  });
  for (const { user, joined } of members) join({ world, userId: user.id, queueId: queue.id, joined });
  return {
    entities: members.map(({ user }) => memberEntity(world, queue.id, [])(user)),
    pageSize: MAX_MEMBER_CHANGES,
    pageNumber: 1,
    selfUri: path,
  };
};

interface Joining {
  readonly world: World;
  readonly userId: string;
  readonly queueId: string;
  readonly joined: boolean;
}

const join = ({ world, userId, queueId, joined }: Joining): void => {
  if (world.hasJoined(userId, queueId) === joined) return;
  const { ids } = world.engine.stateOf(userId).activeQueues;
  world.engine.change(userId, { activeQueueIds: joined ? [...ids, queueId] : ids.filter((id) => id !== queueId) });
};

const listUserQueues = (call: ApiCall): object => {
  const joined = call.query.flag('joined') ?? true;
  return listQueuesOf(call, requireVisibleUser(call), joined);
};

const listMyQueues = (call: ApiCall): object => {
  const user = call.access.userId === null ? null : call.world.user(call.access.userId);
  if (user === null) throw notAUser();
  return listQueuesOf(call, user, call.query.flag('joined') ?? true);
};

const listQueuesOf = ({ world, query, path }: ApiCall, user: UserProfile, joined: boolean): object => {
  const divisionIds = query.list('divisionId');
  const queues = user.queueIds
    .map((id) => world.queue(id))
    .filter((queue) => queue !== null)
    .filter((queue) => world.hasJoined(user.id, queue.id) === joined)
    .filter((queue) => divisionIds.length === 0 || divisionIds.includes(queue.divisionId));
  const page = cutPage({ items: queues, query, maxPageSize: MAX_PAGE });
  return listing({ page, path, query, entity: (queue) => ({ ...queueEntity(world, queue), joined }) });
};

const patchUserQueues = (call: ApiCall): object => {
  const { world, access } = call;
  const user = requireVisibleUser(call);
  if (access.userId !== user.id) access.requireIn(MANAGE, user.division.id);
  for (const { id, joined } of readBody(membership, call.body)) {
    if (!user.queueIds.includes(id)) throw badRequest(`id ${id} is not a queue of this user`, 'general.bad.request');
    join({ world, userId: user.id, queueId: id, joined });
  }
  return listQueuesOf(call, user, true);
};

const MEMBERS = '/api/v2/routing/queues/{queueId}/members';
const USER_QUEUES = '/api/v2/users/{userId}/queues';

export const queueMemberOperations: readonly Operation[] = [
  {
    id: 'getRoutingQueueMembers',
    method: 'GET',
    path: MEMBERS,
    permissions: anyOf(...MEMBER_READERS),
    run: listMembers,
  },
  {
    id: 'patchRoutingQueueMembers',
    method: 'PATCH',
    path: MEMBERS,
    permissions: anyOf(...MEMBER_WRITERS),
    run: patchMembers,
  },
  { id: 'getRoutingQueuesMe', method: 'GET', path: '/api/v2/routing/queues/me', run: listMyQueues },
  {
    id: 'getUserQueues',
    method: 'GET',
    path: USER_QUEUES,
    permissions: anyOf('routing:queue:view'),
    run: listUserQueues,
  },
  {
    id: 'patchUserQueues',
    method: 'PATCH',
    path: USER_QUEUES,
    permissions: anyOf('routing:queue:join', MANAGE),
    run: patchUserQueues,
  },
];
