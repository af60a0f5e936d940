import { z } from 'zod';
import { inNotifications } from '../org/presence-definition.ts';
import type { UserProfile } from '../org/user-profile.ts';
import { notFound } from '../server/platform-error.ts';
import type { World } from '../server/world.ts';
import { sessionsOf, type AgentSession } from './agent-session.ts';
import { analyticsFilter, passes } from './analytics-filter.ts';
import { isoOf } from './interval.ts';
import { anyOf, readBody, type ApiCall, type Operation } from './operation.ts';
import { userDimensionsOf } from './user-dimensions.ts';

const VIEW = 'analytics:agentState:view';
/** There is no second page: narrow the filter instead (API §9.4). */
const TOP = 50;

const statusQuery = z.object({
  userFilter: analyticsFilter.optional(),
  sessionFilter: analyticsFilter.optional(),
  userOrderBy: z
    .enum([
      'userName',
      'segmentStart',
      'sessionStart',
      'presenceDate',
      'routingStatusDate',
      'systemPresence',
      'routingStatus',
      'organizationPresenceId',
    ])
    .default('userName'),
  userOrder: z.enum(['asc', 'desc']).default('asc'),
});

type StatusQuery = z.output<typeof statusQuery>;

const statusEntity = (world: World, { id, name, division, managerId }: UserProfile) => {
  const { presence, routingStatus, outOfOffice } = world.engine.stateOf(id);
  const sessions = sessionsOf(world, id);
  return {
    userId: id,
    userName: name,
    divisionId: division.id,
    ...(managerId !== null && { managerId }),
    sessionCount: sessions.length,
    sessions,
    systemPresence: inNotifications(presence.systemPresence),
    organizationPresenceId: presence.definitionId,
    presenceDate: isoOf(presence.modifiedAt),
    routingStatus: routingStatus.status,
    routingStatusDate: isoOf(routingStatus.startAt),
    isOutOfOffice: outOfOffice.active,
  };
};

type AgentStatus = ReturnType<typeof statusEntity>;

const sessionDimensions = (session: AgentSession, dimension: string): readonly string[] | undefined => {
  switch (dimension) {
    case 'mediaType':
      return [session.mediaType];
    case 'originatingDirection':
      return [session.originatingDirection];
    case 'segmentType':
      return [session.segmentType];
    case 'routedQueueId':
      return session.routedQueueId === undefined ? [] : [session.routedQueueId];
    default:
      return undefined;
  }
};

const chooseAgents = ({ world, access }: ApiCall, { userFilter, sessionFilter }: StatusQuery): UserProfile[] =>
  world.organisation.agents
    .filter((user) => access.holdsIn(VIEW, user.division.id))
    .filter((user) => userFilter === undefined || passes(user, userFilter, userDimensionsOf(world)))
    .filter(
      (user) =>
        sessionFilter === undefined ||
        sessionsOf(world, user.id).some((session) => passes(session, sessionFilter, sessionDimensions)),
    );

const sortKey = (agent: AgentStatus, by: StatusQuery['userOrderBy']): string => {
  if (by === 'segmentStart' || by === 'sessionStart')
    return agent.sessions.map((session) => session[by]).toSorted()[0] ?? '';
  return agent[by];
};

const queryStatus = (call: ApiCall): object => {
  const query = readBody(statusQuery, call.body);
  const sign = query.userOrder === 'desc' ? -1 : 1;
  const keyed = chooseAgents(call, query)
    .map((user) => statusEntity(call.world, user))
    .map((agent) => ({ agent, key: sortKey(agent, query.userOrderBy) }));
  const ordered = keyed.toSorted((a, b) => (a.key === b.key ? 0 : a.key < b.key ? -sign : sign));
  return { entities: ordered.slice(0, TOP).map(({ agent }) => agent) };
};

const GROUPS = ['segmentType', 'presence', 'routingStatus', 'isOutOfOffice'] as const;

const countStatus = (call: ApiCall): object => {
  const query = readBody(statusQuery.pick({ userFilter: true, sessionFilter: true }), call.body);
  const asked = call.query.choices('groupBy', GROUPS);
  const groups = asked.length === 0 ? GROUPS : asked;
  const agents = chooseAgents(call, { ...query, userOrderBy: 'userName', userOrder: 'asc' }).map((user) =>
    statusEntity(call.world, user),
  );
  const counts = {
    segmentType: () => ({
      segmentCounts: countBy(agents.flatMap(({ sessions }) => sessions.map(({ segmentType }) => ({ segmentType })))),
    }),
    presence: () => ({
      presenceCounts: countBy(
        agents.map(({ systemPresence, organizationPresenceId }) => ({ systemPresence, organizationPresenceId })),
      ),
    }),
    routingStatus: () => ({
      routingStatusCounts: countBy(agents.map(({ routingStatus }) => ({ routingStatus }))),
    }),
    isOutOfOffice: () => ({
      isOutOfOfficeCounts: countBy(agents.map(({ isOutOfOffice }) => ({ isOutOfOffice }))),
    }),
  };
  return Object.assign({}, ...groups.map((group) => counts[group]())) as object;
};

/** Equal groups once, with how many there are. */
const countBy = <Group extends object>(groups: readonly Group[]): (Group & { count: number })[] => {
  const counts = new Map<string, Group & { count: number }>();
  for (const group of groups) {
    const key = JSON.stringify(group);
    const held = counts.get(key);
    if (held === undefined) counts.set(key, { ...group, count: 1 });
    else held.count += 1;
  }
  return [...counts.values()];
};

const getStatus = (call: ApiCall): object => {
  const { world, access, param } = call;
  const user = world.user(param('userId'));
  if (user === null || !world.engine.has(user.id)) throw notFound();
  access.requireIn(VIEW, user.division.id);
  return statusEntity(world, user);
};

const AGENTS = '/api/v2/analytics/agents';
const permissions = anyOf(VIEW);

export const agentStatusOperations: readonly Operation[] = [
  {
    id: 'postAnalyticsAgentsStatusQuery',
    method: 'POST',
    path: `${AGENTS}/status/query`,
    permissions,
    run: queryStatus,
  },
  {
    id: 'postAnalyticsAgentsStatusCounts',
    method: 'POST',
    path: `${AGENTS}/status/counts`,
    permissions,
    run: countStatus,
  },
  { id: 'getAnalyticsAgentStatus', method: 'GET', path: `${AGENTS}/{userId}/status`, permissions, run: getStatus },
];
