import type { PersonaKey } from '../org/persona.ts';
import type { RunningSimulator } from '../simulator.ts';

/** How a test calls an operation so that it answers with something worth looking at. */
export interface SampleCall {
  readonly path?: string;
  readonly query?: string;
  readonly body?: unknown;
  /** Whose token; the service's where left out. */
  readonly as?: PersonaKey;
}

/** Ids of things that exist, for the paths and bodies of sample calls. */
export interface SampleIds {
  readonly userId: string;
  readonly otherUserId: string;
  readonly queueId: string;
  readonly teamId: string;
  readonly groupId: string;
  readonly divisionId: string;
  readonly channelId: string;
  readonly businessUnitId: string;
  readonly managementUnitId: string;
  readonly agentId: string;
  readonly activityCodeId: string;
  /** What routing says about the user: putting it again changes nothing. */
  readonly routingStatus: string;
  readonly now: number;
  /** Of an asynchronous query, once one was started. */
  readonly jobId?: string;
  readonly transactionId?: string;
  readonly conversationId: string;
}

export const sampleIdsOf = ({ world, engine }: RunningSimulator, channelId: string): SampleIds => {
  const { agents, teams, groups, divisions } = world.organisation;
  const { workforce } = world;
  const [user, other] = agents.filter(({ id, isOffPhones }) => !isOffPhones && workforce.unitOf(id) !== null);
  if (user === undefined || other === undefined) throw new Error('the organisation is too small for samples');
  const firstId = (items: readonly { readonly id: string }[]): string => items[0]?.id ?? '';
  return {
    userId: user.id,
    otherUserId: other.id,
    queueId: user.queueIds[0] ?? '',
    teamId: firstId(teams),
    groupId: firstId(groups),
    divisionId: firstId(divisions),
    channelId,
    businessUnitId: workforce.businessUnit.id,
    managementUnitId: workforce.unitOf(user.id)?.id ?? '',
    agentId: user.id,
    activityCodeId: '1',
    conversationId: firstId(agents.flatMap(({ id }) => engine.contactsOf(id))),
    now: world.virtualClock.now(),
    routingStatus: engine.stateOf(user.id).routingStatus.status,
  };
};

const BREAK = '227b37e2-f1d0-4dd0-8f50-badd7cf6d158';
const ALL_EXPANDS =
  'pageSize=100&expand=presence,routingStatus,conversationSummary,outOfOffice,station,team,groups,skills,languages,locations';

const lastDays = ({ now }: SampleIds, days: number): string =>
  `${new Date(now - days * 86_400_000).toISOString()}/${new Date(now + 1).toISOString()}`;

const nextDays = ({ now }: SampleIds, days: number): object => ({
  startDate: new Date(now).toISOString(),
  endDate: new Date(now + days * 86_400_000).toISOString(),
});

const ofUser = ({ userId }: SampleIds): object => ({
  type: 'or',
  predicates: [{ type: 'dimension', dimension: 'userId', operator: 'matches', value: userId }],
});

/** Parameters of paths stand for the id of the same name. */
export const sampleCalls = (ids: SampleIds): Readonly<Record<string, SampleCall>> => ({
  ...directoryCalls(ids),
  ...analyticsCalls(ids),
  ...notificationCalls(ids),
});

const directoryCalls = (ids: SampleIds): Readonly<Record<string, SampleCall>> => ({
  getUsers: { query: ALL_EXPANDS },
  getUser: { query: ALL_EXPANDS },
  getUsersQuery: { query: ALL_EXPANDS },
  getUsersMe: { query: `${ALL_EXPANDS},date,organization`, as: 'supervisor' },
  postUsersSearch: { body: { pageSize: 3, query: [{ type: 'EXACT', fields: ['state'], value: 'active' }] } },
  getUsersSearch: { query: `q64=${Buffer.from('{"pageSize":3}').toString('base64')}` },
  getRoutingQueuesMe: { as: 'agent' },
  deleteTokensMe: { as: 'viewer' },
  getAuthorizationSubjectsMe: { as: 'team-lead' },
  getAuthorizationDivisionspermittedPagedMe: { query: 'permission=routing:queue:view', as: 'team-lead' },
  getTeams: { query: 'pageSize=2' },
  getTeamMembers: { query: 'expand=entities' },
  getGroupMembers: { query: ALL_EXPANDS },
  getRoutingQueueMembers: { query: ALL_EXPANDS },
  patchRoutingQueueMembers: { body: [{ id: ids.userId, joined: true }] },
  patchUserQueues: { body: [{ id: ids.queueId, joined: true }] },
  getPresenceDefinition: { path: `/api/v2/presence/definitions/${BREAK}` },
  getPresencedefinition: { path: `/api/v2/presencedefinitions/${BREAK}` },
  getPresenceDefinitions: { query: 'localeCode=ALL' },
  getPresenceSource: { path: '/api/v2/presence/sources/3f6f3b1e-6c0d-4a6b-9d64-8b1f2a9c0b01' },
  getUsersPresencesPurecloudBulk: { query: `id=${ids.userId}&id=${ids.otherUserId}` },
  patchUserPresencesPurecloud: { body: { presenceDefinition: { id: BREAK }, message: 'tea' } },
  putUsersPresencesBulk: { body: [{ id: ids.otherUserId, presenceDefinition: { id: BREAK } }] },
  putUserRoutingstatus: { body: { status: ids.routingStatus } },
  putUserOutofoffice: { body: { active: true } },

  getOrganizationsLimitsNamespace: { path: '/api/v2/organizations/limits/namespaces/platform.api' },
  getOrganizationsLimitsNamespaceDefaults: { path: '/api/v2/organizations/limits/namespaces/notifications/defaults' },
});

const analyticsCalls = (ids: SampleIds): Readonly<Record<string, SampleCall>> => ({
  postAnalyticsUsersDetailsQuery: { body: { interval: lastDays(ids, 2), userFilters: [ofUser(ids)] } },
  postAnalyticsUsersDetailsJobs: { body: { interval: lastDays(ids, 9), userFilters: [ofUser(ids)] } },
  postAnalyticsUsersAggregatesQuery: {
    body: {
      interval: lastDays(ids, 1),
      granularity: 'PT30M',
      groupBy: ['userId'],
      filter: ofUser(ids),
      metrics: ['tSystemPresence', 'tOrganizationPresence', 'tAgentRoutingStatus'],
    },
  },
  postAnalyticsAgentsStatusQuery: {
    body: {
      userFilter: { type: 'and', predicates: [{ dimension: 'routingStatus', value: 'INTERACTING' }] },
      userOrderBy: 'routingStatusDate',
    },
  },
  postAnalyticsAgentsStatusCounts: {
    query: 'groupBy=segmentType&groupBy=presence,routingStatus,isOutOfOffice',
    body: {},
  },
  postAnalyticsUsersActivityQuery: {
    body: { metrics: [{ metric: 'oActiveQueues', details: true }], groupBy: ['userId'], filter: ofUser(ids) },
  },
  postAnalyticsQueuesObservationsQuery: {
    body: {
      filter: { type: 'or', predicates: [{ dimension: 'queueId', value: ids.queueId }] },
      metrics: [
        'oOnQueueUsers',
        'oOffQueueUsers',
        'oUserPresences',
        'oUserRoutingStatuses',
        'oMemberUsers',
        'oWaiting',
        'oInteracting',
      ],
    },
  },
  postAnalyticsConversationsDetailsQuery: { body: { interval: lastDays(ids, 1) } },
  postAuditsQueryRealtime: { query: 'expand=user', body: { interval: lastDays(ids, 1), serviceName: 'Presence' } },
  postAuditsQuery: { body: { interval: lastDays(ids, 20), serviceName: 'Presence' } },
  getWorkforcemanagementAdherence: { query: `userId=${ids.userId}&userId=${ids.otherUserId}` },
  postWorkforcemanagementManagementunitAgentschedulesSearch: { body: { ...nextDays(ids, 1), userIds: [ids.userId] } },
  postWorkforcemanagementBusinessunitAgentschedulesSearch: { body: nextDays(ids, 7) },
});

const notificationCalls = (ids: SampleIds): Readonly<Record<string, SampleCall>> => ({
  getNotificationsAvailabletopics: {
    query:
      'expand=description&expand=enforced&expand=visibility&expand=transports&expand=requiresPermissions&expand=permissionDetails&expand=topicParameters',
  },
  putNotificationsChannelSubscriptions: { body: [{ id: `v2.users.${ids.userId}.activity` }] },
  postNotificationsChannelSubscriptions: { query: 'ignoreErrors=true', body: [{ id: 'v2.no.such.topic' }] },
});

/** The path of a call with its parameters filled in. */
export const pathOf = (template: string, { path, query }: SampleCall, ids: SampleIds): string => {
  const known: Readonly<Record<string, string | number>> = { ...ids };
  const filled = path ?? template.replaceAll(/\{(\w+)\}/g, (_all, name: string) => String(known[name] ?? name));
  return query === undefined ? filled : `${filled}?${query}`;
};
