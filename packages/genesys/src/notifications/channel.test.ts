import fc from 'fast-check';
import { agentId } from '@floorwatch/domain';
import { expect, test } from 'vitest';
import { AGENTS, HOUR_MS, MINUTE_MS, startChannel, TOPICS } from './channel.fake.ts';
import { toTopic } from './topics.ts';

const startLive = async (random?: () => number) => {
  const parts = startChannel(random);
  await parts.clock.advance(0);
  expect(parts.channel.status().state).toBe('live');
  return parts;
};

const activity = (id: string) => ({
  topicName: `v2.users.${id}.activity`,
  eventBody: { routingStatus: { status: 'IDLE', startTime: '2026-08-15T08:00:00.000Z' } },
});
const heartbeat = { topicName: 'channel.metadata', eventBody: { message: 'WebSocket Heartbeat' } };

test('it subscribes all topics before it connects, then asks for the agents to be read', async () => {
  const { platform, gaps, channel } = await startLive();
  expect(platform.channels.get('streaming-0')?.topics).toEqual(TOPICS);
  expect(gaps).toEqual([{ ids: AGENTS, why: 'first connection', subscribed: AGENTS }]);
  expect(channel.status()).toMatchObject({ state: 'live', agents: 2, attempt: 0, nextAttemptAt: null, reason: null });
  await channel.stop();
});

test('events of the socket are handed on', async () => {
  const { platform, observed, channel } = await startLive();
  platform.sockets[0]?.say(activity('a2'));
  platform.sockets[0]?.say({ topicName: 'v2.users.a2.unheard', eventBody: {} });
  platform.sockets[0]?.say(activity('a1'));
  expect(observed).toEqual(['a2', 'a1']);
  await channel.stop();
});

test('rejected topics are shown by name', async () => {
  const { platform, channel, clock, log } = startChannel();
  platform.rejected = [{ topic: 'v2.users.a2?activity', reason: 'not allowed' }];
  await clock.advance(0);
  expect(channel.status().rejectedTopics).toEqual([{ topic: 'v2.users.a2?activity', reason: 'not allowed' }]);
  expect(channel.unheardAgents()).toEqual(['a2']);
  expect(log.lines.join()).toMatch(/topics-rejected.*v2\.users\.a2\?activity.*not allowed/);
  await channel.stop();
});

test('agents who join are subscribed on the same channel and then to be read', async () => {
  const { platform, clock, gaps, channel } = await startLive();
  channel.follow([agentId('a3')]);
  channel.follow([agentId('a4')]);
  await clock.advance(0);
  expect(platform.channels.get('streaming-0')?.topics).toEqual([
    ...TOPICS,
    ...['a3', 'a4'].map((id) => `v2.users.${id}?activity`),
  ]);
  expect(gaps.slice(1).flatMap(({ ids }) => ids)).toEqual(['a3', 'a4']);
  expect(channel.status()).toMatchObject({ state: 'live', agents: 4 });
  expect(platform.sockets).toHaveLength(1);
  await channel.stop();
});

test('a slow subscription is not overtaken by the next one', async () => {
  const { platform, clock, channel } = await startLive();
  platform.restDelaysMs = [10, 5000, 10, 5000];
  for (const name of ['a3', 'a4', 'a5']) channel.follow([agentId(name)]);
  const counts: number[] = [];
  for (let second = 0; second < 20; second += 1) {
    await clock.advance(1000);
    counts.push(platform.channels.get('streaming-0')?.topics.length ?? 0);
  }
  expect(counts).toEqual(counts.toSorted((a, b) => a - b));
  expect(counts.at(-1)).toBe(5);
  await channel.stop();
});

test('agents who join while the first subscription is under way are not forgotten', async () => {
  const { platform, clock, channel } = startChannel();
  platform.restDelaysMs = [1000];
  await clock.advance(1500);
  channel.follow([agentId('a3')]);
  await clock.advance(5000);
  expect(platform.channels.get('streaming-0')?.topics).toEqual([...TOPICS, 'v2.users.a3?activity']);
  expect(channel.unheardAgents()).toEqual([]);
  await channel.stop();
});

test('a cut socket is opened again on the same channel, and the gap is told', async () => {
  const { platform, clock, gaps, channel } = await startLive();
  await clock.advance(MINUTE_MS / 2);
  platform.sockets[0]?.cut();
  expect(channel.status()).toMatchObject({ state: 'lost', reason: 'the connection was cut' });
  await clock.advance(1000);
  expect(channel.status().state).toBe('live');
  expect(platform.channels.size).toBe(1);
  expect(gaps.map(({ why }) => why)).toEqual(['first connection', 'back after: the connection was cut']);
  await channel.stop();
});

test('silence is answered by a ping after 35 s, and any frame shows that the socket lives', async () => {
  const { platform, clock, channel } = await startLive();
  platform.answersPings = false;
  await clock.advance(20_000);
  platform.sockets[0]?.say(heartbeat);
  await clock.advance(34_999);
  expect(platform.sockets[0]?.sent).toEqual([]);
  await clock.advance(1);
  expect(platform.sockets[0]?.sent).toEqual(['{"message":"ping"}']);
  expect(channel.status().state).toBe('silent');
  platform.sockets[0]?.say(activity('a1'));
  expect(channel.status().state).toBe('live');
  await channel.stop();
});

test('a half-open socket is given up 10 s after the ping', async () => {
  const { platform, clock, channel } = await startLive();
  platform.answersPings = false;
  await clock.advance(44_999);
  expect(channel.status().state).toBe('silent');
  await clock.advance(1);
  expect(channel.status()).toMatchObject({ state: 'lost', reason: expect.stringContaining('nothing heard') as string });
  await clock.advance(1000);
  expect(channel.status().state).toBe('live');
  expect(platform.sockets).toHaveLength(2);
  await channel.stop();
});

test('a handshake without an answer is given up after 10 s', async () => {
  const { platform, clock, channel } = startChannel();
  platform.mood = 'hold';
  await clock.advance(9999);
  expect(channel.status()).toMatchObject({ state: 'opening', attempt: 0 });
  await clock.advance(1);
  expect(channel.status()).toMatchObject({ state: 'lost', attempt: 1 });
  await channel.stop();
});

test('a channel that the platform has forgotten is replaced by a new one with all topics', async () => {
  const { platform, clock, channel } = await startLive();
  platform.forgetChannels();
  await clock.advance(10_000);
  expect(channel.status().state).toBe('live');
  expect(platform.channels.size).toBe(2);
  expect(platform.channels.get('streaming-1')?.topics).toEqual(TOPICS);
  await channel.stop();
});

test('a long outage of the sockets makes no new channel, for they are few', async () => {
  const { platform, clock, channel } = await startLive();
  platform.mood = 'refuse';
  platform.sockets[0]?.cut();
  await clock.advance(2 * HOUR_MS);
  expect(channel.status()).toMatchObject({ state: 'lost' });
  expect(platform.channels.size).toBe(1);
  platform.mood = 'accept';
  await clock.advance(30_000);
  expect(channel.status()).toMatchObject({ state: 'live', attempt: 0 });
  await channel.stop();
});

test('after an outage of a minute it is live again within 4 s, and after hours within 30 s', async () => {
  const { platform, clock, channel } = await startLive(() => 0.999_999);
  for (const [outageMs, withinMs] of [
    [MINUTE_MS, 4000],
    [3 * HOUR_MS, 30_000],
  ] as const) {
    platform.mood = 'refuse';
    platform.openSockets[0]?.cut();
    await clock.advance(outageMs);
    platform.mood = 'accept';
    await clock.advance(withinMs);
    expect(channel.status().state).toBe('live');
  }
  await channel.stop();
});

test('before an announced close the successor is live, and only then the old socket goes', async () => {
  const { platform, clock, gaps, channel, states } = await startLive();
  const [first] = platform.sockets;
  platform.mood = 'hold';
  first?.say({ topicName: 'v2.system.socket_closing', eventBody: { message: 'maintenance' } });
  await clock.advance(1000);
  expect(channel.status().state).toBe('draining');
  expect(first?.isOpen).toBe(true);
  platform.sockets[1]?.accept();
  await clock.advance(0);
  expect(channel.status().state).toBe('live');
  expect(platform.openSockets.map(({ channelId }) => channelId)).toEqual(['streaming-1']);
  expect(gaps).toHaveLength(2);
  expect(states.map(({ state }) => state)).not.toContain('lost');
  await channel.stop();
});

test('events are heard from the old socket while its successor is being opened', async () => {
  const { platform, clock, observed, channel } = await startLive();
  platform.mood = 'hold';
  channel.rotate('the access token was renewed');
  await clock.advance(0);
  platform.sockets[0]?.say(activity('a1'));
  expect(observed).toEqual(['a1']);
  await channel.stop();
});

test('a successor that is wanted while a socket is being opened is made afterwards', async () => {
  const { platform, clock, channel } = startChannel();
  platform.mood = 'hold';
  await clock.advance(0);
  channel.rotate('the access token was renewed');
  platform.mood = 'accept';
  platform.sockets[0]?.accept();
  await clock.advance(0);
  expect(platform.openSockets.map(({ channelId }) => channelId)).toEqual(['streaming-1']);
  expect(channel.status().state).toBe('live');
  await channel.stop();
});

test('a socket that ends while its successor is on its way leaves no further try behind', async () => {
  const { platform, clock, channel } = await startLive();
  platform.mood = 'hold';
  channel.rotate('the access token was renewed');
  await clock.advance(0);
  platform.sockets[0]?.cut();
  expect(channel.status().state).toBe('lost');
  platform.sockets[1]?.accept();
  await clock.advance(0);
  expect(channel.status()).toMatchObject({ state: 'live', nextAttemptAt: null, attempt: 0 });
  await channel.stop();
});

test('where no successor can be made and the old socket ends, it goes back to the old channel', async () => {
  const { platform, clock, channel } = await startLive();
  platform.isRestUp = false;
  channel.rotate('the access token was renewed');
  await clock.advance(0);
  platform.sockets[0]?.cut();
  await clock.advance(10_000);
  expect(channel.status().state).toBe('live');
  expect(platform.openSockets.map(({ channelId }) => channelId)).toEqual(['streaming-0']);
  await channel.stop();
});

test('a channel that another socket has taken is not fought over', async () => {
  const { platform, clock, channel } = await startLive();
  const eventBody = { reason: 'another_channel_subscribed' };
  platform.sockets[0]?.say({ topicName: 'v2.system.no_longer_subscribed.streaming-0', eventBody });
  expect(channel.status().state).toBe('lost');
  await clock.advance(1000);
  expect(platform.openSockets.map(({ channelId }) => channelId)).toEqual(['streaming-1']);
  await channel.stop();
});

test('the subscription is renewed an hour before the 24 hours are over, without a new socket', async () => {
  const { platform, clock, channel } = await startLive();
  const remote = platform.channels.get('streaming-0');
  if (remote) remote.topics = [];
  await clock.advance(23 * HOUR_MS - 1);
  expect(remote?.topics).toEqual([]);
  await clock.advance(1);
  expect(remote?.topics).toEqual(TOPICS);
  await clock.advance(23 * HOUR_MS);
  expect(platform.sockets).toHaveLength(1);
  await channel.stop();
});

test('where the subscription cannot be renewed the channel is replaced while it still serves', async () => {
  const { platform, clock, channel, states } = await startLive();
  const remote = platform.channels.get('streaming-0');
  if (remote) remote.isAlive = false;
  await clock.advance(23 * HOUR_MS);
  expect(platform.openSockets.map(({ channelId }) => channelId)).toEqual(['streaming-1']);
  expect(states.map(({ state }) => state)).not.toContain('lost');
  await channel.stop();
});

test('nothing secret is in the log or in what is shown', async () => {
  const { platform, clock, channel, log, states, gaps } = await startLive();
  platform.forgetChannels();
  await clock.advance(MINUTE_MS);
  await channel.stop();
  expect(log.lines.length).toBeGreaterThan(0);
  expect([...log.lines, JSON.stringify([states, gaps])].join('\n')).not.toMatch(/streaming-\d|wss:/);
});

test('stopping in the midst of anything leaves no socket, no timer and no more calls', async () => {
  for (const mood of ['accept', 'hold', 'refuse', 'cut'] as const) {
    const { platform, clock, channel, states } = startChannel();
    platform.mood = mood;
    await clock.advance(500);
    await channel.stop();
    const told = states.length;
    await clock.advance(HOUR_MS);
    expect(platform.openSockets).toEqual([]);
    expect(clock.pending).toBe(0);
    expect(states).toHaveLength(told);
  }
});

const fault = fc.oneof(
  { weight: 3, arbitrary: fc.record({ do: fc.constant('wait' as const), ms: fc.integer({ min: 1, max: 90_000 }) }) },
  fc.record({ do: fc.constant('mood' as const), mood: fc.constantFrom('accept', 'refuse', 'cut', 'hold') }),
  fc.record({ do: fc.constant('rest' as const), isUp: fc.boolean() }),
  fc.record({ do: fc.constant('slow' as const), delaysMs: fc.array(fc.nat(8000), { minLength: 1, maxLength: 4 }) }),
  fc.record({ do: fc.constant('pings' as const), areAnswered: fc.boolean() }),
  fc.record({ do: fc.constantFrom('join', 'leave', 'cut', 'accept', 'forget', 'rotate', 'closing', 'evict', 'event') }),
);

type Fault = typeof fault extends fc.Arbitrary<infer One> ? One : never;

test('whatever happens to the sockets, it ends live once the platform behaves', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fault, { maxLength: 30 }),
      fc.double({ min: 0, max: 0.999, noNaN: true }),
      async (faults, chance) => {
        const parts = startChannel(() => chance);
        const { platform, clock, channel, gaps } = parts;
        for (const one of faults) {
          strike(parts, one);
          await clock.advance(one.do === 'wait' ? one.ms : 0);
          expect(platform.openSockets.length).toBeLessThanOrEqual(2);
        }
        platform.mood = 'accept';
        platform.isRestUp = true;
        platform.restDelaysMs = [0];
        platform.answersPings = true;
        await clock.advance(3 * MINUTE_MS);

        expect(channel.status()).toMatchObject({ state: 'live', nextAttemptAt: null });
        expect(platform.openSockets).toHaveLength(1);
        expect(platform.mostSocketsOnOneChannel).toBe(1);
        const [socket] = platform.openSockets;
        const { followed } = parts;
        const topics = followed.map((id) => toTopic(id, ['activity']));
        expect(platform.channels.get(socket?.channelId ?? '')).toEqual({ topics, isAlive: true });
        for (const id of followed) expect(gaps.findLast(({ ids }) => ids.includes(id))?.subscribed).toContain(id);
        expect(channel.unheardAgents()).toEqual([]);

        await channel.stop();
        expect(clock.pending).toBe(0);
        expect(platform.openSockets).toEqual([]);
      },
    ),
    { numRuns: 300 },
  );
});

const strike = ({ platform, channel, followed, states }: ReturnType<typeof startChannel>, one: Fault): void => {
  const [socket] = platform.openSockets;
  switch (one.do) {
    case 'mood':
      platform.mood = one.mood;
      break;
    case 'rest':
      platform.isRestUp = one.isUp;
      break;
    case 'slow':
      platform.restDelaysMs = one.delaysMs;
      break;
    case 'pings':
      platform.answersPings = one.areAnswered;
      break;
    case 'cut':
      socket?.cut();
      break;
    case 'accept':
      platform.sockets.at(-1)?.accept();
      break;
    case 'forget':
      platform.forgetChannels();
      break;
    case 'rotate':
      channel.rotate('a test wants it');
      break;
    case 'closing':
      socket?.say({ topicName: 'v2.system.socket_closing', eventBody: {} });
      break;
    case 'evict':
      socket?.say({ topicName: `v2.system.no_longer_subscribed.${socket.channelId}`, eventBody: {} });
      break;
    case 'join':
      followed.push(agentId(`joined-${states.length}`)); // each change of the channel is one more state, so no name comes twice
      channel.follow(followed.slice(-1));
      break;
    case 'leave':
      channel.unfollow(new Set(followed.splice(0, 1)));
      break;
    case 'event':
      socket?.say(activity('a1'));
      break;
    case 'wait':
  }
};
