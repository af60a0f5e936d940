import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FakeClock } from '@floorwatch/domain/testing';
import { SimulatorControl, type AgentTruth } from '../client.ts';
import { askForToken, errorOf, handshakeStatus, Listener, PlatformCaller } from '../platform-caller.fake.ts';
import { startSimulator, type RunningSimulator } from '../simulator.ts';

let realClock: FakeClock;
let simulator: RunningSimulator;
let control: SimulatorControl;
let caller: PlatformCaller;

beforeEach(async () => {
  realClock = new FakeClock();
  simulator = await startSimulator({ agents: 50, seed: 'control', realClock, requestsPerMinute: 10_000 });
  control = new SimulatorControl(simulator.url);
  caller = await PlatformCaller.signIn(simulator);
});

afterEach(() => simulator.close());

const someone = async (): Promise<AgentTruth> => {
  const [first] = (await control.truth()).agents;
  if (first === undefined) throw new Error('nobody there');
  return first;
};

describe('the control API on time', () => {
  it('changes the speed without a jump', async () => {
    await realClock.advance(1000);
    const before = await control.state();
    expect((await control.setSpeed(30)).virtualNow).toBe(before.virtualNow);
    await realClock.advance(1000);
    const after = await control.freeze();
    expect(Date.parse(after.virtualNow) - Date.parse(before.virtualNow)).toBe(30_000);
    await realClock.advance(60_000);
    expect(await control.state()).toMatchObject({ virtualNow: after.virtualNow, transitions: after.transitions });
  });

  it('lives through a step at once, each thing at its own instant, and answers when listeners have heard of it', async () => {
    const startsAt = '2026-10-24T23:59:00.000Z';
    await control.restart({ startsAt });
    await control.freeze();
    const stranger = await PlatformCaller.signIn(simulator);
    const { id, connectUri } = await stranger.createChannel();
    const { agents } = await control.truth();
    await stranger.subscribe(
      id,
      agents.map(({ userId }) => `v2.users.${userId}.routingStatus`),
    );
    const listener = await Listener.open(connectUri);
    const after = await control.advance(600_000);
    expect(Date.parse(after.virtualNow) - Date.parse(startsAt)).toBe(600_000);
    const { entries } = await control.journal();
    const routing = entries.filter(({ part }) => part === 'routingStatus');
    expect(new Set(routing.map(({ at }) => at)).size).toBeGreaterThan(30);
    expect(listener.frames).toHaveLength(routing.length);
    listener.socket.terminate();
  });

  it('makes about as many transitions a second as asked for, and none on a frozen floor', async () => {
    const before = (await control.setRate(200)).transitions;
    await realClock.advance(5000);
    const made = (await control.state()).transitions - before;
    expect(made).toBeGreaterThanOrEqual(990);
    expect(made).toBeLessThanOrEqual(1010);
    const frozen = (await control.freeze()).transitions;
    await realClock.advance(1000);
    expect((await control.state()).transitions).toBe(frozen);
  });
});

describe('the control API on the truth', () => {
  it('tells a journal that adds up from one truth to the next', async () => {
    const start = await control.truth();
    await control.setSpeed(60);
    await realClock.advance(10_000);
    await control.freeze();
    const end = await control.truth();
    const { entries, lastSeq } = await control.journal({ after: start.seq });
    expect(entries.length).toBeGreaterThan(100);
    expect(lastSeq).toBe(end.seq);
    const states = new Map(start.agents.map((agent) => [agent.userId, agent]));
    for (const { userId, part, before, after } of entries) {
      const held = states.get(userId);
      if (held === undefined) throw new Error('an entry of a stranger');
      expect(held[part]).toEqual(before);
      states.set(userId, { ...held, [part]: after });
    }
    expect([...states.values()]).toEqual(end.agents);
  });

  it('makes things happen to an agent, with journal, truth and REST in agreement', async () => {
    const { userId } = await someone();
    await control.freeze();
    const entries = await control.push({
      userId,
      presence: { definitionId: '0b1f6f0e-2f53-4f4e-9a55-3a1f8c9c0a02', message: 'stand-up' },
      conversationSummary: { email: { contactCenter: { active: 2 } } },
      outOfOffice: true,
    });
    expect(entries.map(({ part }) => part)).toEqual(['presence', 'conversationSummary', 'outOfOffice']);
    const truth = (await control.truth()).agents.find((agent) => agent.userId === userId);
    expect(truth).toMatchObject({
      presence: { systemPresence: 'Meeting', message: 'stand-up' },
      conversationSummary: {
        email: { contactCenter: { active: 2, acw: 0 } },
        call: { contactCenter: { active: 0, acw: 0 } },
      },
      outOfOffice: { active: true },
    });
    const { body } = await caller.get(`/api/v2/users/${userId}?expand=presence&expand=outOfOffice`);
    expect(body).toMatchObject({ presence: { message: 'stand-up' }, outOfOffice: { active: true } });
  });

  it('opens another organisation on request; tokens and channels are gone, the address stays', async () => {
    const before = await control.state();
    await caller.createChannel();
    const after = await control.restart({ seed: 'other', agents: 7 });
    expect(after).toMatchObject({ seed: 'other', agents: 7, tokens: 0, channels: [], transitions: 0 });
    expect(after.organisation.id).not.toBe(before.organisation.id);
    expect(errorOf(await caller.get('/api/v2/users'))).toMatchObject({ status: 401 });
    const again = await control.restart({ seed: 'control', agents: 50 });
    expect(again.organisation.id).toBe(before.organisation.id);
  });

  it.each([
    ['/control/clock', { speed: 3601 }, 'speed'],
    ['/control/rate', { eventsPerSecond: -1 }, 'eventsPerSecond'],
    ['/control/restart', { agents: 20_001 }, 'agents'],
    ['/control/events', { userId: 'nobody', outOfOffice: true }, 'userId'],
    ['/control/events', { userId: 'nobody' }, 'at least one part'],
    ['/control/events', { userId: 'nobody', mood: 'good' }, 'mood'],
  ])('refuses %s %j, naming what is wrong', async (path, body, named) => {
    const response = await fetch(`${simulator.url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    expect(response.ok).toBe(false);
    expect(await response.text()).toContain(named);
  });
});

describe('faults', () => {
  const listen = async (userId: string): Promise<Listener> => {
    const { id, connectUri } = await caller.createChannel();
    await caller.subscribe(id, [`v2.users.${userId}.presence`]);
    return Listener.open(connectUri);
  };

  const messagesOf = (listener: Listener): unknown[] =>
    listener.frames
      .filter(({ topicName }) => topicName?.endsWith('.presence'))
      .map(({ eventBody }) => (eventBody as { message: string }).message);

  it('make the API answer 429 with Retry-After, 503, or late, until they are cleared', async () => {
    await control.switchOn('rate-limited', { retryAfterSeconds: 20 });
    const limited = await caller.get('/api/v2/users');
    expect(errorOf(limited)).toMatchObject({ status: 429, code: 'too.many.requests.retry.after' });
    expect(limited.headers.get('retry-after')).toBe('20');
    await control.switchOn('platform-5xx');
    expect(errorOf(await caller.get('/api/v2/users'))).toMatchObject({ status: 503, code: 'service.unavailable' });
    await control.switchAllOff();
    await control.switchOn('slow', { delayMs: 3000 });
    let isAnswered = false;
    const slow = caller.get('/api/v2/users').then(() => (isAnswered = true));
    await realClock.advance(2900);
    expect(isAnswered).toBe(false);
    while (!isAnswered) await realClock.advance(100);
    await slow;
    expect((await control.state()).faults).toEqual(['slow']);
    await control.switchAllOff();
    expect((await control.state()).faults).toEqual([]);
    expect((await caller.get('/api/v2/users')).status).toBe(200);
  });

  it('make sign-in fail while the API works', async () => {
    await control.switchOn('platform-5xx', { side: 'login' });
    const { url, clientId, clientSecret } = simulator;
    const answer = await askForToken(url, { clientId, clientSecret, form: 'grant_type=client_credentials' });
    expect(answer).toMatchObject({ status: 503, body: { error: 'temporarily_unavailable' } });
    expect((await caller.get('/api/v2/users')).status).toBe(200);
  });

  it('turn new sockets away while open ones go on', async () => {
    const { userId } = await someone();
    const listener = await listen(userId);
    const { connectUri } = await caller.createChannel();
    await control.switchOn('sockets-refused');
    expect(await handshakeStatus(connectUri)).toBe(503);
    await control.push({ userId, presence: { systemPresence: 'Meal' } });
    await listener.hear(({ topicName }) => topicName === `v2.users.${userId}.presence`);
  });

  it('send events twice', async () => {
    const { userId } = await someone();
    await control.freeze();
    const listener = await listen(userId);
    await control.switchOn('events-duplicated');
    await control.push({ userId, presence: { systemPresence: 'Meal', message: 'one' } });
    await listener.settle();
    expect(messagesOf(listener)).toEqual(['one', 'one']);
  });

  it('send events late, so that others overtake them, and lose none', async () => {
    const { userId } = await someone();
    await control.freeze();
    const listener = await listen(userId);
    const sent = Array.from({ length: 12 }, (_, index) => String(index));
    await control.switchOn('events-reordered', { share: 0.5, delayMs: 5000 });
    for (const message of sent) await control.push({ userId, presence: { systemPresence: 'Meal', message } });
    await realClock.advance(5000);
    await listener.settle();
    expect(messagesOf(listener)).not.toEqual(sent);
    expect(new Set(messagesOf(listener))).toEqual(new Set(sent));
    expect(messagesOf(listener)).toHaveLength(sent.length);
  });

  it('put anything on the wire', async () => {
    const { userId } = await someone();
    const listener = await listen(userId);
    const raw: string[] = [];
    listener.socket.removeAllListeners('message');
    listener.socket.on('message', (data) => raw.push(Buffer.isBuffer(data) ? data.toString('utf8') : ''));
    expect(await control.sendFrame({ text: '{"topicName"', topicName: `v2.users.${userId}.presence` })).toBe(1);
    expect(await control.sendFrame({ text: 'nobody', topicName: 'v2.users.nobody.presence' })).toBe(0);
    expect(await control.sendFrame({ text: 'everybody' })).toBe(1);
    const isClosed = listener.closed();
    await control.switchOn('socket-cut', { code: 4000 });
    expect(await isClosed).toBe(4000);
    expect(raw).toEqual(['{"topicName"', 'everybody']);
  });
});

describe('the control API on secrets', () => {
  it('tells every secret that the login has seen or given, those that are over too', async () => {
    const { clientId, clientSecret } = simulator;
    await askForToken(simulator.url, { clientId, clientSecret, form: 'grant_type=client_credentials' });
    await control.restart();
    const secrets = await control.secrets();
    expect(secrets).toContainEqual({ kind: 'client secret', value: simulator.clientSecret });
    expect(secrets.filter(({ kind }) => kind === 'access token').length).toBeGreaterThan(1);
  });
});
