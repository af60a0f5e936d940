import { activityEvent, conversationSummary, routingStatusEvent, userPresence } from '@floorwatch/genesys/wire';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { SimulatorControl } from '../client.ts';
import { errorOf, handshakeStatus, Listener, PlatformCaller } from '../platform-caller.fake.ts';
import { startSimulator, type RunningSimulator } from '../simulator.ts';
import { TOPIC_TEMPLATES } from './topic-template.ts';
import { SkippingClock } from '../time/skipping-clock.fake.ts';

const HOUR = 3_600_000;

let realClock: SkippingClock;
let simulator: RunningSimulator;
let caller: PlatformCaller;
let control: SimulatorControl;
let userId: string;

beforeEach(async () => {
  realClock = new SkippingClock();
  simulator = await startSimulator({
    agents: 10,
    speed: 0,
    realClock,
    requestsPerMinute: 100_000,
    tokenLifetimeSeconds: 172_800,
  });
  caller = await PlatformCaller.signIn(simulator);
  control = new SimulatorControl(simulator.url);
  userId = (await control.truth()).agents[0]?.userId ?? '';
});

afterEach(() => simulator.close());

const listenTo = async (...topics: string[]): Promise<{ listener: Listener; id: string }> => {
  const { id, connectUri } = await caller.createChannel();
  await caller.subscribe(id, topics);
  return { listener: await Listener.open(connectUri), id };
};

describe('events', () => {
  it('of a combined topic arrive under the topics it stands for, with the bodies of the platform', async () => {
    const { listener } = await listenTo(`v2.users.${userId}?activity&conversationsummary`);
    await control.push({ userId, presence: { systemPresence: 'On Queue' }, routingStatus: 'INTERACTING' });
    await listener.settle();
    const names = listener.frames.map(({ topicName }) => topicName ?? '');
    expect(new Set(names)).toEqual(
      new Set([`v2.users.${userId}.activity`, `v2.users.${userId}.conversationsummary`, 'channel.metadata']),
    );
    const last = listener.frames.findLast(({ topicName }) => topicName?.endsWith('.activity'));
    expect(activityEvent.parse(last?.eventBody)).toMatchObject({
      id: userId,
      presence: { presenceDefinition: { systemPresence: 'ON_QUEUE' }, presenceMessage: '' },
      routingStatus: { status: 'INTERACTING' },
      outOfOffice: { active: simulator.engine.stateOf(userId).outOfOffice.active },
    });
    const summary = listener.frames.findLast(({ topicName }) => topicName?.endsWith('.conversationsummary'));
    expect(conversationSummary.parse(summary?.eventBody).call?.contactCenter).toEqual({ active: 1, acw: 0 });
    expect(summary?.eventBody, 'captured events name no user').not.toHaveProperty('userId');
  });

  it('of single topics carry what each of them tells', async () => {
    const { listener } = await listenTo(
      `v2.users.${userId}.presence`,
      `v2.users.${userId}.routingStatus`,
      `v2.users.${userId}.outofoffice`,
    );
    await control.push({
      userId,
      presence: { systemPresence: 'Meal', message: 'soup' },
      routingStatus: 'COMMUNICATING',
    });
    await control.push({ userId, outOfOffice: true });
    await control.push({ userId, outOfOffice: false });
    await listener.settle();
    const bodyOf = (suffix: string) => listener.frames.find(({ topicName }) => topicName?.endsWith(suffix))?.eventBody;
    expect(bodyOf('.presence')).toMatchObject({ primary: true, source: 'PURECLOUD', message: 'soup' });
    expect(userPresence.parse(bodyOf('.presence')).presenceDefinition.systemPresence).toBe('MEAL');
    expect(routingStatusEvent.parse(bodyOf('.routingStatus')).routingStatus.status).toBe('COMMUNICATING');
    expect(bodyOf('.outofoffice')).toMatchObject({ user: { id: userId }, indefinite: false });
  });

  it('tell who joins and leaves a queue', async () => {
    const before = simulator.engine.stateOf(userId).activeQueues.ids;
    const { listener } = await listenTo(...before.map((id) => `v2.routing.queues.${id}.users`));
    await control.push({ userId, activeQueueIds: [] });
    await listener.settle();
    const told = listener.frames.filter(({ topicName }) => topicName?.endsWith('.users'));
    expect(told.map(({ eventBody }) => eventBody)).toEqual(
      before.map((queueId) => ({ id: userId, user: { id: userId }, queueId, joined: false })),
    );
  });

  it('reach nobody who is not connected, and are not repeated later', async () => {
    const { id, connectUri } = await caller.createChannel();
    await caller.subscribe(id, [`v2.users.${userId}.activity`]);
    await control.push({ userId, presence: { systemPresence: 'Meal' } });
    const listener = await Listener.open(connectUri);
    await listener.settle();
    expect(listener.frames.map(({ topicName }) => topicName)).toEqual(['channel.metadata']);
  });
});

describe('subscribing', () => {
  const topic = (suffix: string): string => `v2.users.${userId}.${suffix}`;
  const stranger = 'v2.users.9f8b1f62-0000-4000-8000-000000000000.activity';

  it('adds with POST, replaces with PUT, clears with DELETE', async () => {
    const { id } = await caller.createChannel();
    const path = `/api/v2/notifications/channels/${id}/subscriptions`;
    await caller.subscribe(id, [topic('activity')], { method: 'POST' });
    await caller.subscribe(id, [topic('presence')], { method: 'POST' });
    const idsOf = async () => (await caller.get(path)).body;
    expect(await idsOf()).toMatchObject({ entities: [{ id: topic('activity') }, { id: topic('presence') }] });
    await caller.subscribe(id, [topic('routingStatus')]);
    expect(await idsOf()).toMatchObject({ entities: [{ id: topic('routingStatus'), state: 'Permitted' }] });
    await caller.send('DELETE', path);
    expect(await idsOf()).toEqual({ entities: [] });
  });

  it('fails as a whole over one bad topic, unless errors are to be ignored', async () => {
    const { id } = await caller.createChannel();
    const refused = await caller.subscribe(id, [topic('activity'), stranger]);
    expect(errorOf(refused)).toMatchObject({ status: 403, code: 'notification.unauthorized.topic' });
    const answer = await caller.subscribe(id, [topic('activity'), stranger, 'v2.users.x'], { ignoreErrors: true });
    expect(answer.body).toMatchObject({
      entities: [
        { id: topic('activity'), state: 'Permitted' },
        { id: stranger, state: 'Rejected', rejectionReason: 'Not authorized for this topic.' },
        { id: 'v2.users.x', state: 'Rejected' },
      ],
    });
    expect((await control.state()).channels).toMatchObject([{ id, topics: 1 }]);
  });

  it.each([
    ['an unknown suffix', (id: string) => `v2.users.${id}?activity&mood`],
    ['another spelling', (id: string) => `v2.users.${id}.routingstatus`],
    ['too long an id', (id: string) => `v2.users.${id}?activity${'&activity'.repeat(20)}`],
  ])('refuses a topic with %s', async (_what, makeTopic) => {
    const { id } = await caller.createChannel();
    expect(errorOf(await caller.subscribe(id, [makeTopic(userId)]))).toMatchObject({
      status: 400,
      code: 'notification.invalid.topic',
    });
  });

  it('takes 1,000 topics on a channel and not one more', async () => {
    await control.restart({ agents: 1001 });
    caller = await PlatformCaller.signIn(simulator);
    const topics = (await control.truth()).agents.map(
      (agent) => `v2.users.${agent.userId}?activity&conversationsummary`,
    );
    const { id } = await caller.createChannel();
    expect((await caller.subscribe(id, topics.slice(0, 1000))).status).toBe(200);
    const oneMore = await caller.subscribe(id, topics.slice(1000), { method: 'POST' });
    expect(errorOf(oneMore)).toMatchObject({ status: 400, code: 'notification.subscription.too.many.subscriptions' });
    expect((await control.state()).channels).toMatchObject([{ topics: 1000 }]);
  });

  it('lists what may be subscribed to', async () => {
    const answer = await caller.get('/api/v2/notifications/availabletopics?expand=transports');
    const { entities } = z.object({ entities: z.array(z.object({ id: z.string() })) }).parse(answer.body);
    expect(entities[0]).toEqual({ id: 'v2.users.{id}.activity' });
    expect(entities.map(({ id }) => id)).toEqual(TOPIC_TEMPLATES.map(({ id }) => id));
    expect(answer.body).toMatchObject({ entities: entities.map(() => ({ transports: ['All'] })) });
  });
});

describe('a socket', () => {
  it('hears a heartbeat every 30 s and a pong for a ping', async () => {
    const { listener } = await listenTo();
    await listener.settle();
    await realClock.advance(30_000);
    await listener.hear(({ eventBody }) => JSON.stringify(eventBody) === '{"message":"WebSocket Heartbeat"}');
    listener.socket.send('{"message":');
    expect(await listener.hear(({ topicName }) => topicName === undefined)).toMatchObject({ result: '400' });
  });

  it('is closed when a second one takes its channel', async () => {
    const { id, connectUri } = await caller.createChannel();
    await caller.subscribe(id, [`v2.users.${userId}.activity`]);
    const first = await Listener.open(connectUri);
    const kicked = first.closed();
    const second = await Listener.open(connectUri);
    expect(await kicked).toBe(1001);
    await control.push({ userId, presence: { systemPresence: 'Meal' } });
    await second.hear(({ topicName }) => topicName === `v2.users.${userId}.activity`);
  });

  it('is turned away with 401 from a channel that does not exist or has expired', async () => {
    const { connectUri, id } = await caller.createChannel();
    expect(await handshakeStatus(connectUri.replace(id, 'streaming-0-none'))).toBe(401);
    await realClock.skip(24 * HOUR);
    expect(await handshakeStatus(connectUri)).toBe(401);
  });

  it('is announced its maintenance close, and can be broken off', async () => {
    const { listener, id } = await listenTo();
    expect(await control.switchOn('socket-closing-notice', { message: 'moving house' })).toMatchObject({ struck: 1 });
    const notice = await listener.hear(({ topicName }) => topicName === 'v2.system.socket_closing');
    expect(notice.eventBody).toEqual({ channelId: id, message: 'moving house' });
    const closed = listener.closed();
    expect(await control.switchOn('socket-cut', { channelId: id })).toMatchObject({ struck: 1 });
    expect(await closed).toBe(1006);
  });
});

describe('a channel', () => {
  const exists = async (id: string) =>
    (await caller.send('HEAD', `/api/v2/notifications/channels/${id}`)).status === 200;

  it('lives 24 hours from its last subscription', async () => {
    const { id } = await caller.createChannel();
    const { id: neglected } = await caller.createChannel();
    await realClock.skip(23 * HOUR);
    await caller.subscribe(id, []);
    await realClock.skip(HOUR);
    expect([await exists(id), await exists(neglected)]).toEqual([true, false]);
    await realClock.skip(23 * HOUR);
    expect(await exists(id)).toBe(false);
  });

  it('takes its socket with it when it expires', async () => {
    const { listener } = await listenTo(`v2.users.${userId}.activity`);
    const closed = listener.closed();
    await realClock.skip(24 * HOUR);
    expect(await closed).toBe(1001);
  });

  it('is the 21st only at the cost of the least recently used one, unconnected ones first', async () => {
    const oldest = await caller.createChannel();
    const listener = await Listener.open(oldest.connectUri);
    const second = await caller.createChannel();
    for (let made = 2; made < 20; made += 1) await caller.createChannel();
    expect(await exists(second.id)).toBe(true);
    await caller.createChannel();
    expect([await exists(oldest.id), await exists(second.id)]).toEqual([true, false]);
    expect((await control.state()).channels).toHaveLength(20);
    listener.socket.close();
  });

  it('dies with its token', async () => {
    const { listener, id } = await listenTo();
    const closed = listener.closed();
    await control.switchOn('token-revoked');
    await closed;
    const told = listener.frames.find(({ topicName }) => topicName === `v2.system.token_revoked.${id}`);
    expect(told?.eventBody).toMatchObject({ systemTopicType: 'token_revoked' });
    caller = await PlatformCaller.signIn(simulator);
    expect(await exists(id)).toBe(false);
  });

  it('is listed to its own token; of other tokens it is only known that they exist', async () => {
    const mine = await caller.createChannel();
    const other = await PlatformCaller.signIn(simulator);
    const theirs = await other.createChannel();
    const path = '/api/v2/notifications/channels';
    expect((await caller.get(path)).body).toMatchObject({ entities: [{ id: mine.id, connectUri: mine.connectUri }] });
    const all = (await caller.get(`${path}?includechannels=oauthclient`)).body;
    expect(all).toMatchObject({ entities: [{ id: mine.id }, { expires: mine.expires }] });
    expect(JSON.stringify(all)).not.toContain(theirs.id);
  });
});
