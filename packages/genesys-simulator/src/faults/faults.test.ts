import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FakeClock } from '@floorwatch/domain/testing';
import { FAULT_NAMES, SimulatorControl } from '../client.ts';
import { errorOf, Listener, PlatformCaller } from '../platform-caller.fake.ts';
import { startSimulator, type RunningSimulator } from '../simulator.ts';

let realClock: FakeClock;
let simulator: RunningSimulator;
let control: SimulatorControl;
let caller: PlatformCaller;

beforeEach(async () => {
  realClock = new FakeClock();
  simulator = await startSimulator({ agents: 50, seed: 'faults', speed: 0, realClock, requestsPerMinute: 300 });
  control = new SimulatorControl(simulator.url);
  caller = await PlatformCaller.signIn(simulator);
});

afterEach(() => simulator.close());

const put = (name: string, body: object): Promise<Response> =>
  fetch(`${simulator.url}/control/faults/${name}`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });

const listen = async (userId: string): Promise<Listener> => {
  const { id, connectUri } = await caller.createChannel();
  await caller.subscribe(id, [`v2.users.${userId}.activity`]);
  return Listener.open(connectUri);
};

const usersOf = ({ body }: { body: unknown }): Record<string, unknown>[] =>
  (body as { entities: Record<string, unknown>[] }).entities;

const someone = async (): Promise<string> => (await control.truth()).agents[0]?.userId ?? expect.fail('nobody there');

describe('the switchboard', () => {
  it('lists every fault with what it does, all off', async () => {
    const faults = await control.faults();
    expect(faults.map(({ name }) => name)).toEqual(FAULT_NAMES);
    expect(faults.every(({ description, isOn, struck }) => description.endsWith('.') && !isOn && struck === 0)).toBe(
      true,
    );
    const reply = await fetch(`${simulator.url}/control/faults`);
    expect(await reply.text()).toContain('"retryAfterSeconds":{"default":20');
  });

  it('has all of them on at once, and everything well again after the last one is off', async () => {
    for (const name of FAULT_NAMES) await control.switchOn(name);
    expect((await control.state()).faults.length).toBeGreaterThan(15);
    await control.switchAllOff();
    expect((await control.state()).faults).toEqual([]);
    await realClock.advance(10_000);
    caller = await PlatformCaller.signIn(simulator);
    const userId = await someone();
    const listener = await listen(userId);
    await control.push({ userId, presence: { systemPresence: 'Meal', message: 'well again' } });
    await listener.hear(({ eventBody }) => JSON.stringify(eventBody).includes('well again'));
    expect(usersOf(await caller.get('/api/v2/users?pageSize=100&expand=presence'))).toHaveLength(50);
  });

  it('says what is set about a fault that is on, with the defaults, and how often it has struck', async () => {
    await control.switchOn('slow', { delayMs: 0 });
    await caller.get('/api/v2/users');
    await caller.get('/api/v2/users');
    const slow = (await control.faults()).find(({ name }) => name === 'slow');
    expect(slow).toMatchObject({ isOn: true, params: { delayMs: 0, share: 1 }, struck: 2 });
    expect(await control.switchOff('slow')).toMatchObject({ isOn: false, params: null, struck: 2 });
  });

  it('strikes again at its pace until it is switched off', async () => {
    await listen(await someone());
    await control.switchOn('token-revoked', { everyMs: 1000 });
    await realClock.advance(2500);
    expect(await control.switchOff('token-revoked')).toMatchObject({ struck: 3 });
    await realClock.advance(5000);
    expect(await control.switchOff('token-revoked')).toMatchObject({ struck: 3 });
  });

  it.each([
    ['gremlins', {}, /there is no fault gremlins; the faults are: token-expires, /],
    ['slow', { delayMs: -1 }, /delayMs/],
    ['slow', { speed: 1 }, /speed/],
  ])('refuses %s %j, naming what is wrong', async (name, body, words) => {
    const reply = await put(name, body);
    expect(reply.ok).toBe(false);
    expect(await reply.text()).toMatch(words);
  });
});

describe('a fault of the budget', () => {
  it('lets so many calls through while the headers count down, refuses the rest, and begins anew', async () => {
    await control.switchOn('rate-limited', { remaining: 2, retryAfterSeconds: 20 });
    const counts: (string | null)[] = [];
    for (let call = 0; call < 3; call += 1)
      counts.push((await caller.get('/api/v2/users')).headers.get('inin-ratelimit-count'));
    expect(counts).toEqual(['299', '300', '300']);
    await realClock.advance(5000);
    const refused = await caller.get('/api/v2/users');
    expect(errorOf(refused)).toMatchObject({ status: 429 });
    expect(refused.headers.get('retry-after')).toBe('15');
    await realClock.advance(15_000);
    expect((await caller.get('/api/v2/users')).status).toBe(200);
  });

  it('leaves the minute’s headers alone where the limit is one of hours', async () => {
    await control.switchOn('rate-limited', { retryAfterSeconds: 7200 });
    const { status, headers } = await caller.get('/api/v2/users');
    expect([status, headers.get('retry-after'), headers.get('inin-ratelimit-count')]).toEqual([429, '7200', '1']);
  });
});

describe('a fault of the floor', () => {
  it('makes the clock leap, and nothing happen sooner for it', async () => {
    const before = await control.state();
    await control.switchOn('clock-skew', { aheadMs: 3_600_000 });
    const after = await control.state();
    expect(Date.parse(after.virtualNow) - Date.parse(before.virtualNow)).toBe(3_600_000);
    expect(after.transitions).toBe(before.transitions);
    const userId = await someone();
    await control.push({ userId, presence: { systemPresence: 'Meal' } });
    const truth = (await control.truth()).agents.find((agent) => agent.userId === userId);
    expect(truth?.presence.modifiedDate).toBe(after.virtualNow);
  });

  it('keeps agents INTERACTING for everybody who asks, while their summary tells the truth', async () => {
    const userId = (await control.truth()).agents.find(
      ({ routingStatus }) => routingStatus.status === 'INTERACTING',
    )?.userId;
    expect(await control.switchOn('stuck-interacting', { agents: 50 })).not.toMatchObject({ struck: 0 });
    await control.push({ userId: userId ?? '', routingStatus: 'IDLE' });
    const [user] = usersOf(
      await caller.get(`/api/v2/users?id=${userId}&expand=routingStatus&expand=conversationSummary`),
    );
    expect(user).toMatchObject({
      routingStatus: { status: 'INTERACTING' },
      conversationSummary: { call: { contactCenter: { active: 0, acw: 0 } } },
    });
    const { body } = await caller.get(`/api/v2/users/${userId}/routingstatus`);
    expect(body).toMatchObject({ status: 'INTERACTING' });
  });
});

describe('a fault of answers', () => {
  it('tells how things stood when it was switched on', async () => {
    const userId = await someone();
    const read = async (): Promise<unknown> =>
      usersOf(await caller.get(`/api/v2/users?id=${userId}&expand=presence&expand=team`))[0];
    const before = await read();
    await control.switchOn('snapshot-stale');
    await control.push({ userId, presence: { systemPresence: 'Training' } });
    expect(await read()).toEqual(before);
    await control.switchOff('snapshot-stale');
    expect(await read()).toMatchObject({ presence: { presenceDefinition: { systemPresence: 'Training' } } });
  });

  it('ends lists too soon, with or without saying so in the total', async () => {
    await control.switchOn('snapshot-truncated', { keepShare: 0.5 });
    expect((await caller.get('/api/v2/users?pageSize=100')).body).toMatchObject({ total: 50 });
    await control.switchOn('snapshot-truncated', { keepShare: 0.5, isTotalTrue: false });
    const answer = await caller.get('/api/v2/users?pageSize=100');
    expect(answer.body).toMatchObject({ total: 25 });
    expect(usersOf(answer)).toHaveLength(25);
  });
});

describe('changes of presence', () => {
  const BUSY = { presenceDefinition: { id: '31fe3bac-dea6-44b7-bed7-47f91660a1a0' }, message: 'asked for' };

  const change = async (userId: string): Promise<Response> => {
    const { url, clientId, clientSecret } = simulator;
    const body = new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: clientId,
      client_secret: clientSecret,
    });
    const { access_token: token } = (await (await fetch(`${url}/oauth/token`, { method: 'POST', body })).json()) as {
      access_token: string;
    };
    return fetch(`${url}/api/v2/users/${userId}/presences/purecloud`, {
      method: 'PATCH',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify(BUSY),
    });
  };

  const messageOf = async (userId: string): Promise<string | undefined> =>
    (await control.truth()).agents.find((agent) => agent.userId === userId)?.presence.message;

  it('are carried out late, while reads are not', async () => {
    const userId = await someone();
    await control.switchOn('writes-slow', { delayMs: 4000 });
    const answer = change(userId);
    await caller.get(`/api/v2/users/${userId}/presences/purecloud`);
    expect(await messageOf(userId)).not.toBe('asked for');
    await expect
      .poll(async () => {
        await realClock.advance(1000);
        return messageOf(userId);
      })
      .toBe('asked for');
    expect((await answer).status).toBe(200);
  });

  it('meet an earlier one, and are not carried out', async () => {
    const userId = await someone();
    await control.switchOn('writes-in-conflict', { share: 1 });
    const answer = await change(userId);
    expect([answer.status, ((await answer.json()) as { code: string }).code]).toEqual([
      409,
      'presenceservice.conflict',
    ]);
    expect(await messageOf(userId)).not.toBe('asked for');
  });

  it('are carried out, and nobody is told', async () => {
    const userId = await someone();
    await control.switchOn('writes-unanswered');
    await expect(change(userId)).rejects.toThrow('fetch failed');
    expect(await messageOf(userId)).toBe('asked for');
  });
});
