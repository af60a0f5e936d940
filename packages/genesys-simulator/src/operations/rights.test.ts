import { FakeClock } from '@floorwatch/domain/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { SimulatorControl } from '../client.ts';
import type { PersonaKey } from '../org/persona.ts';
import type { UserProfile } from '../org/user-profile.ts';
import { errorOf, PlatformCaller } from '../platform-caller.fake.ts';
import { startSimulator, type RunningSimulator } from '../simulator.ts';

const BREAK = '227b37e2-f1d0-4dd0-8f50-badd7cf6d158';
const ON_QUEUE = 'e08eaf1b-ee47-4fa9-a231-1200e284798f';

const realClock = new FakeClock();
let simulator: RunningSimulator;
let supervisor: PlatformCaller;
let lead: PlatformCaller;
let viewer: PlatformCaller;
let agent: PlatformCaller;
let home: string;
let inside: UserProfile;
let outside: UserProfile;

beforeAll(async () => {
  simulator = await startSimulator({ agents: 200, speed: 0, realClock, requestsPerMinute: 10_000 });
  const signIn = (key: PersonaKey): Promise<PlatformCaller> => PlatformCaller.signInAs(simulator, key);
  [supervisor, lead, viewer, agent] = [
    await signIn('supervisor'),
    await signIn('team-lead'),
    await signIn('viewer'),
    await signIn('agent'),
  ];
  const { world, engine } = simulator;
  const grants = world.personas.find(({ key }) => key === 'team-lead')?.subject.grants ?? [];
  home = grants[0]?.divisionId ?? '';
  const people = new Set(world.personas.map(({ subject }) => subject.userId));
  const present = world.organisation.agents.filter(
    ({ id }) => !people.has(id) && engine.stateOf(id).presence.systemPresence !== 'Offline',
  );
  const find = (isInside: boolean): UserProfile => {
    const found = present.find(({ division }) => (division.id === home) === isInside);
    if (found === undefined) throw new Error('the organisation has people in every division');
    return found;
  };
  inside = find(true);
  outside = find(false);
});

afterAll(() => simulator.close());

const total = async (caller: PlatformCaller, path: string): Promise<number> =>
  z.object({ total: z.number() }).parse((await caller.get(path)).body).total;

const presencePath = ({ id }: UserProfile): string => `/api/v2/users/${id}/presences/purecloud`;

const put = async (caller: PlatformCaller, user: UserProfile, id: string) => {
  await realClock.advance(1000);
  return caller.send('PATCH', presencePath(user), { presenceDefinition: { id } });
};

describe('a team leader of one division', () => {
  it('sees the people and queues of that division only', async () => {
    const { agents, queues } = simulator.world.organisation;
    expect(await total(lead, '/api/v2/users')).toBe(agents.filter(({ division }) => division.id === home).length);
    expect(await total(supervisor, '/api/v2/users')).toBe(200);
    expect(await total(lead, '/api/v2/routing/queues')).toBe(queues.filter((one) => one.divisionId === home).length);
    expect(errorOf(await lead.get(`/api/v2/users/${outside.id}`)).status).toBe(404);
  });

  it('is told which division that is, and the supervisor that it is all of them', async () => {
    const path = '/api/v2/authorization/divisionspermitted/paged/me?permission=presence:userPresence:edit';
    expect((await lead.get(path)).body).toMatchObject({ entities: [{ id: home }], total: 1, allDivsPermitted: false });
    expect((await supervisor.get(path)).body).toMatchObject({ total: 6, allDivsPermitted: true });
    expect((await agent.get(path)).body).toMatchObject({ total: 0, allDivsPermitted: false });
    expect(errorOf(await lead.get('/api/v2/authorization/divisionspermitted/paged/me'))).toMatchObject({
      code: 'missing.permission.param',
    });
  });

  it('may not list everybody with a cursor: that takes every division', async () => {
    const refused = await lead.get('/api/v2/users/query');
    expect(errorOf(refused)).toMatchObject({ status: 403, code: 'missing.division.permission' });
    expect(refused.body).toMatchObject({ messageParams: { permission: 'directory:user:view' } });
  });

  it('may change the presences of that division and no others', async () => {
    expect((await put(lead, inside, BREAK)).status).toBe(200);
    expect(errorOf(await put(lead, outside, BREAK))).toMatchObject({
      status: 403,
      code: 'presence.not.authorized.update.other.user.presence',
    });
  });

  it('may follow the people of that division and no others', async () => {
    const { id } = await lead.createChannel();
    const topics = [`v2.users.${inside.id}.activity`, `v2.users.${outside.id}.activity`];
    const answer = await lead.subscribe(id, topics, { ignoreErrors: true });
    expect(answer.body).toMatchObject({ entities: [{ state: 'Permitted' }, { state: 'Rejected' }] });
  });
});

describe('a viewer', () => {
  it('changes nobody but the own presence', async () => {
    expect((await viewer.get('/api/v2/users')).status).toBe(200);
    expect(errorOf(await put(viewer, inside, BREAK))).toMatchObject({ status: 403 });
    const own = simulator.world.personas.find(({ key }) => key === 'viewer')?.subject.userId ?? '';
    const user = simulator.world.user(own);
    if (user === null) throw new Error('the viewer is a user');
    expect((await put(viewer, user, BREAK)).status).toBe(200);
    const bulk = await viewer.send('PUT', '/api/v2/users/presences/bulk', [
      { id: inside.id, presenceDefinition: { id: BREAK } },
    ]);
    expect(errorOf(bulk)).toMatchObject({ status: 403, code: 'missing.permissions' });
    expect(bulk.body).toMatchObject({ messageParams: { permissions: 'presence:userPresence:edit' } });
  });
});

describe('an agent without rights', () => {
  it('sees only the own account, and is told which permission is missing for the rest', async () => {
    expect(await total(agent, '/api/v2/users')).toBe(1);
    const refused = await agent.get('/api/v2/routing/queues');
    expect(errorOf(refused)).toMatchObject({ status: 403, code: 'missing.permissions' });
    expect(refused.body).toMatchObject({
      messageWithParams:
        'Unable to perform the requested action. You are missing the following permission(s): {permissions}',
      messageParams: { permissions: 'routing:queue:view' },
    });
    const members = await agent.get(`/api/v2/routing/queues/${inside.queueIds[0]}/members`);
    expect(errorOf(members)).toMatchObject({ status: 403, code: 'missing.any.permissions' });
  });
});

describe('presences in bulk', () => {
  const bulk = (items: readonly object[]) => supervisor.send('PUT', '/api/v2/users/presences/bulk', items);

  it('are changed for up to 50 users, but nobody is put on queue that way', async () => {
    await realClock.advance(1000);
    const { agents } = simulator.world.organisation;
    const all = agents.slice(0, 51).map(({ id }) => ({ id, presenceDefinition: { id: BREAK } }));
    expect(errorOf(await bulk(all))).toMatchObject({ status: 400, code: 'max.user.presences' });
    const answer = await bulk(all.slice(0, 50));
    expect(z.array(z.object({ id: z.string() })).parse(answer.body)).toHaveLength(50);
    const onQueue = await bulk([{ id: inside.id, presenceDefinition: { id: ON_QUEUE } }]);
    expect(errorOf(onQueue)).toMatchObject({ status: 400, code: 'endpoint.does.not.support.on.queue' });
  });
});

it('leaves a trace of who changed whose presence', async () => {
  const control = new SimulatorControl(simulator.url);
  await control.push({ userId: outside.id, presence: { systemPresence: 'Meal' } });
  expect((await put(supervisor, outside, BREAK)).status).toBe(200);
  const now = Date.parse((await control.state()).virtualNow);
  const interval = `${new Date(now - 3_600_000).toISOString()}/${new Date(now + 60_000).toISOString()}`;
  const filters = [{ property: 'EntityId', value: outside.id }];
  const answer = await supervisor.send('POST', '/api/v2/audits/query/realtime', { interval, filters, pageSize: 2 });
  const [boss] = simulator.world.personas;
  expect(answer.body).toMatchObject({
    entities: [
      {
        user: { id: boss?.subject.userId },
        serviceName: 'Presence',
        action: 'Update',
        propertyChanges: [{ property: 'PRESENCE', oldValues: ['Meal'], newValues: ['Break'] }],
      },
      { user: { id: outside.id } },
    ],
  });
});

it('can be taken away from everybody, and given back', async () => {
  const control = new SimulatorControl(simulator.url);
  await control.withdrawPermissions(['routing:queue:view']);
  expect(errorOf(await supervisor.get('/api/v2/routing/queues'))).toMatchObject({ code: 'missing.permissions' });
  await control.withdrawPermissions([]);
  expect((await supervisor.get('/api/v2/routing/queues')).status).toBe(200);
});
