import { z } from 'zod';
import { inNotifications } from '../org/presence-definition.ts';
import type { UserProfile } from '../org/user-profile.ts';
import type { QueueProfile } from '../org/queue-profile.ts';
import { badRequest } from '../server/platform-error.ts';
import type { World } from '../server/world.ts';
import { analyticsFilter, passes, valuesNamed } from './analytics-filter.ts';
import { isoOf } from './interval.ts';
import { anyOf, readBody, type ApiCall, type Operation } from './operation.ts';
import { CONVERSATION_METRICS, countConversations, isConversationMetric } from './queue-counts.ts';
import { userDimensionsOf } from './user-dimensions.ts';

/** What is true right now, counted by queue or by user (API §9.4). */

const QUEUE_METRICS = [
  'oOnQueueUsers',
  'oOffQueueUsers',
  'oUserPresences',
  'oUserRoutingStatuses',
  'oMemberUsers',
  'oActiveUsers',
  ...CONVERSATION_METRICS,
] as const;

type QueueMetric = (typeof QUEUE_METRICS)[number];

const QUEUE_VIEW = 'analytics:queueObservation:view';

const queueQuery = z.object({
  filter: analyticsFilter,
  metrics: z.array(z.enum(QUEUE_METRICS)).min(1),
});

const countValues = (values: readonly string[]): ReadonlyMap<string, number> => {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
};

const userObservations = (world: World, queue: QueueProfile, metric: QueueMetric): object[] => {
  const members = world.membersOf(queue.id);
  const active = members.filter(({ id }) => world.hasJoined(id, queue.id));
  const states = active.map(({ id }) => world.engine.stateOf(id));
  const onQueue = states.filter(({ presence }) => presence.systemPresence === 'On Queue');
  const one = (count: number): object[] => [{ metric, stats: { count } }];
  const each = (values: readonly string[]): object[] =>
    [...countValues(values)].map(([qualifier, count]) => ({ metric, qualifier, stats: { count } }));
  switch (metric) {
    case 'oMemberUsers':
      return one(members.length);
    case 'oActiveUsers':
      return one(active.length);
    case 'oUserPresences':
      return each(states.map(({ presence }) => presence.definitionId));
    case 'oUserRoutingStatuses':
      return each(states.map(({ routingStatus }) => routingStatus.status));
    case 'oOnQueueUsers':
      return each(onQueue.map(({ routingStatus }) => routingStatus.status));
    default:
      return each(
        states
          .filter(({ presence }) => presence.systemPresence !== 'On Queue')
          .map(({ presence }) => inNotifications(presence.systemPresence)),
      );
  }
};

const queryQueues = (call: ApiCall): object => {
  const { world, access } = call;
  const { filter, metrics } = readBody(queueQuery, call.body);
  const ids = valuesNamed([filter], 'queueId');
  if (ids === null) throw badRequest('filter: name at least one queueId');
  const queues = [...ids]
    .map((id) => world.queue(id))
    .filter((queue) => queue !== null)
    .filter(({ divisionId }) => access.holdsIn(QUEUE_VIEW, divisionId));
  const ofConversations = metrics.filter(isConversationMetric);
  const ofUsers = metrics.filter((metric) => !isConversationMetric(metric));
  return {
    results: queues.flatMap((queue) => [
      ...(ofUsers.length === 0
        ? []
        : [{ group: { queueId: queue.id }, data: ofUsers.flatMap((one) => userObservations(world, queue, one)) }]),
      ...(ofConversations.length === 0
        ? []
        : countConversations(world, queue.id, ofConversations).map(({ mediaType, counts }) => ({
            group: { queueId: queue.id, mediaType },
            data: counts,
          }))),
    ]),
  };
};

const MAX_PAGE = 200;
const USER_VIEW = 'analytics:userObservation:view';
const userMetric = z.enum(['oActiveQueues', 'oMemberQueues']);

const activityQuery = z.object({
  metrics: z.array(z.object({ metric: userMetric, details: z.boolean().default(false) })).min(1),
  groupBy: z.array(z.literal('userId')).default(['userId']),
  filter: analyticsFilter.optional(),
});

const queryActivity = (call: ApiCall): object => {
  const { world, access, query } = call;
  const { metrics, filter } = readBody(activityQuery, call.body);
  const pageSize = query.whole('pageSize', { fallback: 100, min: 1, max: MAX_PAGE });
  const pageNumber = query.whole('pageNumber', { fallback: 1, min: 1, max: 1_000_000 });
  const users = world.organisation.agents
    .filter((user) => access.holdsIn(USER_VIEW, user.division.id))
    .filter((user) => filter === undefined || passes(user, filter, userDimensionsOf(world)))
    .slice((pageNumber - 1) * pageSize, pageNumber * pageSize);
  return { results: users.map((user) => activityOf(world, user, metrics)), entityIdDimension: 'queueId' };
};

const activityOf = (world: World, user: UserProfile, metrics: z.output<typeof activityQuery>['metrics']): object => {
  const { presence, routingStatus, activeQueues } = world.engine.stateOf(user.id);
  const idsOf = { oActiveQueues: activeQueues.ids, oMemberQueues: user.queueIds };
  return {
    group: { userId: user.id },
    data: metrics.map(({ metric, details }) => ({
      metric,
      count: idsOf[metric].length,
      ...(details && { entityIds: idsOf[metric] }),
    })),
    truncated: false,
    entities: [
      {
        activityDate: isoOf(Math.max(presence.modifiedAt, routingStatus.startAt)),
        userId: user.id,
        teamId: user.team.id,
        systemPresence: inNotifications(presence.systemPresence),
        organizationPresenceId: presence.definitionId,
        presenceDate: isoOf(presence.modifiedAt),
        routingStatus: routingStatus.status,
        routingStatusDate: isoOf(routingStatus.startAt),
      },
    ],
  };
};

export const observationOperations: readonly Operation[] = [
  {
    id: 'postAnalyticsQueuesObservationsQuery',
    method: 'POST',
    path: '/api/v2/analytics/queues/observations/query',
    permissions: anyOf(QUEUE_VIEW),
    run: queryQueues,
  },
  {
    id: 'postAnalyticsUsersActivityQuery',
    method: 'POST',
    path: '/api/v2/analytics/users/activity/query',
    permissions: anyOf(USER_VIEW),
    run: queryActivity,
  },
];
