import platformClient from 'purecloud-platform-client-v2';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { SimulatorControl } from './client.ts';
import { DEMO_SIGN_IN_CLIENT } from './oauth/oauth-client.ts';
import { askForCode, REDIRECT_URI } from './platform-caller.fake.ts';
import { startSimulator, type RunningSimulator } from './simulator.ts';

/** What the tour must have seen at the end of it. */
const FEWEST_OPERATIONS = 40;
const DAY_MS = 86_400_000;

let simulator: RunningSimulator;
const client = platformClient.ApiClient.instance;

beforeAll(async () => {
  simulator = await startSimulator({ agents: 150, speed: 0, requestsPerMinute: 10_000 });
  const { hostname, port } = new URL(simulator.url);
  client.setGateway({ host: hostname, protocol: 'http', port: Number(port) });
});

afterAll(() => simulator.close());

/** Something that must be there for the tour to go on. */
const the = <Thing>(thing: Thing | null | undefined): Thing => {
  if (thing === undefined || thing === null) throw new Error('the platform left something out');
  return thing;
};

describe('the official SDK, signed in as a service', () => {
  beforeAll(() => client.loginClientCredentialsGrant(simulator.clientId, simulator.clientSecret));

  it('finds out who it is and what there is', async () => {
    const token = await new platformClient.TokensApi().getTokensMe();
    expect(token.OAuthClient?.authorizedGrantType).toBe('CLIENT-CREDENTIALS');
    const organization = new platformClient.OrganizationApi();
    expect((await organization.getOrganizationsMe()).name).toBe(simulator.organisation.name);
    const limits = await organization.getOrganizationsLimitsNamespace('platform.api');
    expect(limits.entities?.some(({ key }) => key === 'token.rate.per.minute')).toBe(true);
    expect(await organization.getOrganizationsLimitsNamespaceDefaults('notifications')).toBeDefined();
    const authorization = new platformClient.AuthorizationApi();
    const divisions = await authorization.getAuthorizationDivisions({ pageSize: 100 });
    const home = await authorization.getAuthorizationDivisionsHome();
    expect(divisions.entities?.map(({ id }) => id)).toContain(home.id);
    await expect(new platformClient.UsersApi().getUsersMe()).rejects.toMatchObject({ status: 400 });
  });

  it('walks through teams, groups, queues and catalogues', async () => {
    const teams = new platformClient.TeamsApi();
    const team = the((await teams.getTeams({ pageSize: 2 })).entities?.[0]);
    expect((await teams.getTeamMembers(the(team.id), { expand: 'entities' })).entities?.[0]?.name).toBeTypeOf('string');
    const groups = new platformClient.GroupsApi();
    const group = the((await groups.getGroups({ pageSize: 50 })).entities?.[0]);
    expect((await groups.getGroupMembers(the(group.id), { expand: ['presence'] })).total).toBeGreaterThan(0);
    expect((await groups.getGroupIndividuals(the(group.id))).entities?.length).toBeGreaterThan(0);
    const routing = new platformClient.RoutingApi();
    const queue = the((await routing.getRoutingQueues({ pageSize: 10 })).entities?.[0]);
    expect((await routing.getRoutingQueue(the(queue.id))).memberCount).toBeGreaterThan(0);
    expect((await routing.getRoutingQueueMembers(the(queue.id))).entities?.[0]?.routingStatus).toBeDefined();
    expect((await routing.getRoutingQueuesDivisionviewsAll({ pageSize: 500 })).total).toBeGreaterThan(0);
    expect((await routing.getRoutingSkills()).total).toBeGreaterThan(0);
    expect((await routing.getRoutingLanguages()).total).toBeGreaterThan(0);
    expect((await routing.getRoutingWrapupcodes()).total).toBeGreaterThan(0);
    expect((await new platformClient.LocationsApi().getLocations()).total).toBeGreaterThan(0);
  });

  it('searches users and reads everything about one', async () => {
    const users = new platformClient.UsersApi();
    const found = await users.postUsersSearch({
      pageSize: 5,
      expand: ['presence', 'routingStatus'],
      query: [{ type: 'EXACT', fields: ['state'], value: 'active' }],
    });
    expect(found.total).toBe(150);
    const page = await users.getUsersQuery({ pageSize: 100 });
    expect((await users.getUsersQuery({ pageSize: 100, cursor: the(page.cursor) })).entities).toHaveLength(50);
    const id = the(found.results[0]?.id);
    expect((await users.getUser(id, { expand: ['team'] })).team?.id).toBeTypeOf('string');
    expect((await users.getUserState(id)).state).toBe('active');
    expect((await users.getUserRoutingskills(id)).total).toBeGreaterThan(0);
    expect((await users.getUserRoutinglanguages(id)).total).toBeGreaterThan(0);
    expect((await users.getUserQueues(id)).entities).toBeDefined();
    expect((await users.getUserStation(id)).lastAssociatedStation ?? {}).toBeDefined();
    expect((await users.putUserOutofoffice(id, { active: true })).active).toBe(true);
    expect((await users.getUserOutofoffice(id)).active).toBe(true);
    expect((await users.getUserRoutingstatus(id)).status).toBeTypeOf('string');
  });

  it('reads and writes presences', async () => {
    const presences = new platformClient.PresenceApi();
    const definitions = the((await presences.getPresenceDefinitions0({ localeCode: 'ALL' })).entities);
    const meal = the(definitions.find(({ systemPresence, type }) => systemPresence === 'Meal' && type === 'System'));
    const agents = simulator.world.organisation.agents.slice(0, 3).map(({ id }) => id);
    expect(await presences.getUsersPresencesPurecloudBulk({ id: agents })).toHaveLength(3);
    const changed = await presences.putUsersPresencesBulk(
      agents.map((id) => ({ id, presenceDefinition: { id: the(meal.id) } })),
    );
    expect(changed.map(({ presenceDefinition }) => presenceDefinition?.systemPresence)).toEqual([
      'Meal',
      'Meal',
      'Meal',
    ]);
    expect((await presences.getPresenceSettings()).restorePresenceSettings?.enabled).toBe(true);
    expect((await presences.getPresenceSources()).entities).toHaveLength(1);
    expect((await presences.getPresenceUserPrimarysource(the(agents[0]))).registered).toBe(true);
    expect(await presences.getSystempresences()).toHaveLength(10);
  });

  it('asks analytics for what was and what is', async () => {
    const analytics = new platformClient.AnalyticsApi();
    const now = simulator.world.virtualClock.now();
    const interval = `${new Date(now - DAY_MS).toISOString()}/${new Date(now).toISOString()}`;
    const userId = the(simulator.world.organisation.agents.find(({ isOffPhones }) => !isOffPhones)).id;
    const ofUser = [{ type: 'or', predicates: [{ dimension: 'userId', operator: 'matches', value: userId }] }];
    const details = await analytics.postAnalyticsUsersDetailsQuery({ interval, userFilters: ofUser });
    expect(details.userDetails?.[0]?.primaryPresence?.length).toBeGreaterThan(1);
    const aggregates = await analytics.postAnalyticsUsersAggregatesQuery({
      interval,
      granularity: 'PT1H',
      groupBy: ['userId'],
      filter: the(ofUser[0]),
      metrics: ['tSystemPresence'],
    });
    expect(aggregates.results?.[0]?.data).toHaveLength(24);
    const job = await analytics.postAnalyticsUsersDetailsJobs({ interval, userFilters: ofUser });
    expect((await analytics.getAnalyticsUsersDetailsJob(the(job.jobId))).state).toBe('FULFILLED');
    expect((await analytics.getAnalyticsUsersDetailsJobResults(the(job.jobId))).userDetails).toHaveLength(1);
    const status = await analytics.postAnalyticsAgentsStatusQuery({
      userFilter: { type: 'and', predicates: [{ dimension: 'routingStatus', value: 'INTERACTING' }] },
    });
    expect(status.entities?.length).toBeGreaterThan(0);
    expect((await analytics.getAnalyticsAgentStatus(userId)).userId).toBe(userId);
    const counts = await analytics.postAnalyticsAgentsStatusCounts({});
    expect(counts.routingStatusCounts?.length).toBeGreaterThan(1);
    const open = await analytics.postAnalyticsConversationsDetailsQuery({ interval });
    expect(open.conversations?.[0]?.conversationEnd).toBeUndefined();
    const audits = await new platformClient.AuditApi().postAuditsQueryRealtime({ interval, serviceName: 'Presence' });
    expect(audits.entities).toBeDefined();
  });

  it('reads plans and how they are kept', async () => {
    const workforce = new platformClient.WorkforceManagementApi();
    const unit = the((await workforce.getWorkforcemanagementBusinessunits()).entities?.[0]);
    const units = await workforce.getWorkforcemanagementBusinessunitManagementunits(the(unit.id));
    const management = the(units.entities?.[0]);
    const members = await workforce.getWorkforcemanagementManagementunitUsers(the(management.id));
    const userIds = the(members.entities).map(({ id }) => the(id));
    expect(await workforce.getWorkforcemanagementAdherence(userIds)).toHaveLength(userIds.length);
    const codes = await workforce.getWorkforcemanagementBusinessunitActivitycodes(the(unit.id));
    expect(codes.entities?.map(({ category }) => category)).toContain('Meal');
    expect((await workforce.getWorkforcemanagementAgentManagementunit(the(userIds[0]))).managementUnit?.id).toBe(
      management.id,
    );
    const now = simulator.world.virtualClock.now();
    const schedules = await workforce.postWorkforcemanagementManagementunitAgentschedulesSearch(the(management.id), {
      startDate: new Date(now).toISOString(),
      endDate: new Date(now + DAY_MS).toISOString(),
      userIds: userIds.slice(0, 3),
    });
    expect(schedules.status).toBe('Complete');
    expect(schedules.result?.agentSchedules?.[0]?.shifts?.[0]?.activities?.length).toBeGreaterThan(1);
  });
});

describe('the official SDK, signed in as a person', () => {
  it('exchanges a code with PKCE', async () => {
    const { code, verifier } = await askForCode(simulator.url, 'team-lead');
    await client.authorizePKCEGrant(DEMO_SIGN_IN_CLIENT.id, verifier, code, REDIRECT_URI);
    const me = await new platformClient.UsersApi().getUsersMe({ expand: ['date', 'presence', 'team'] });
    expect(me.date?.currentDate).toBeTypeOf('string');
    const authorization = new platformClient.AuthorizationApi();
    const permitted = await authorization.getAuthorizationDivisionspermittedPagedMe('presence:userPresence:edit');
    expect(permitted).toMatchObject({ total: 1, allDivsPermitted: false });
    const subject = await authorization.getAuthorizationSubjectsMe();
    expect(subject.grants?.[0]?.role?.name).toBe('Team lead');
    expect((await new platformClient.RoutingApi().getRoutingQueuesMe()).entities).toBeDefined();
  });

  it('exchanges a code with the secret, and refreshes', async () => {
    const { code } = await askForCode(simulator.url, 'supervisor', { code_challenge: '', code_challenge_method: '' });
    const { id, secret } = DEMO_SIGN_IN_CLIENT;
    const signedIn = await client.loginCodeAuthorizationGrant(id, secret, code, REDIRECT_URI);
    // The SDK hands it out, but its types do not know.
    const { refreshToken } = z.object({ refreshToken: z.string() }).parse(signedIn);
    await client.refreshCodeAuthorizationGrant(id, secret, refreshToken);
    const tokens = new platformClient.TokensApi();
    expect((await tokens.getTokensMe()).OAuthClient?.authorizedGrantType).toBe('CODE');
    await tokens.deleteTokensMe();
    await expect(tokens.headTokensMe()).rejects.toMatchObject({ status: 401 });
  });
});

it('has used 40 operations and more by then', async () => {
  const { calls } = await new SimulatorControl(simulator.url).state();
  const operations = Object.keys(calls).filter((id) => id !== 'oauthToken');
  process.stdout.write(`official SDK: ${operations.length} operations called\n`);
  expect(operations.length).toBeGreaterThanOrEqual(FEWEST_OPERATIONS);
});
