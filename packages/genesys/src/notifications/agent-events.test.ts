import { agentId, type AgentId } from '@floorwatch/domain';
import { afterEach, expect, test } from 'vitest';
import { makeApiClient } from '../http/api-client.fake.ts';
import { Oddities } from '../oddities.ts';
import { startPlatformServer, type PlatformServer } from '../platform-server.fake.ts';
import { AgentEventChannels, type AgentEventsOptions } from './agent-events.ts';
import { KeptChannels } from './kept-channels.ts';
import { PlatformChannels } from './platform-channels.fake.ts';

let server: PlatformServer;
afterEach(() => server.close());

const agents = (count: number, name = 'agent'): AgentId[] =>
  Array.from({ length: count }, (_, index) => agentId(`${name}-${index}`));

const listen = async (agentIds: readonly AgentId[], options: Partial<AgentEventsOptions> = {}) => {
  server = await startPlatformServer({});
  const { clock, log, platformClock, tokens } = makeApiClient(server.url);
  const platform = new PlatformChannels(clock);
  const gaps: AgentId[] = [];
  const events = new AgentEventChannels(
    {
      clock,
      log,
      platformClock,
      tokens,
      random: () => 0.5,
      oddities: new Oddities(log),
      channels: platform,
      kept: new KeptChannels({ store: null, clock, log }),
      openSocket: platform.openSocket,
    },
    {
      agentIds,
      onObservation: () => undefined,
      onGap: (ids) => gaps.push(...ids),
      onChannelState: () => undefined,
      ...options,
    },
  );
  await clock.advance(0);
  return { clock, log, platform, tokens, events, gaps };
};

test('agents are spread over channels and every one of them is to be read once', async () => {
  const { events, gaps, platform } = await listen(agents(2000));
  expect(events.channels().map(({ agents: size, state }) => [size, state])).toEqual([
    [800, 'live'],
    [800, 'live'],
    [400, 'live'],
  ]);
  expect(gaps.toSorted()).toEqual(agents(2000).toSorted());
  expect(platform.channels.get('streaming-2')?.topics[0]).toBe('v2.users.agent-1600?activity&conversationsummary');
  await events.stop();
});

test('agents who join fill up what room there is before another channel is opened', async () => {
  const { events, gaps, clock } = await listen(agents(900));
  gaps.length = 0;
  const joined = agents(1200, 'joined');
  events.follow(joined);
  await clock.advance(0);
  expect(events.channels().map(({ agents: size }) => size)).toEqual([1000, 1000, 100]);
  expect(gaps.toSorted()).toEqual(joined.toSorted());
  events.follow(joined);
  expect(events.channels().map(({ agents: size }) => size)).toEqual([1000, 1000, 100]);
  await events.stop();
});

test('agents who leave are taken off their channels, with one call for each channel and no new socket', async () => {
  const { events, gaps, clock, platform } = await listen(agents(1000), { topicsPerChannel: 500 });
  gaps.length = 0;
  const [sockets, subscriptions] = [platform.sockets.length, platform.subscriptions];
  events.unfollow(agents(300));
  events.unfollow(agents(600));
  await clock.advance(0);
  expect(events.channels().map(({ agents: size }) => size)).toEqual([0, 400]);
  expect(platform.channels.get('streaming-1')?.topics).toHaveLength(400);
  expect([platform.sockets.length, platform.subscriptions - subscriptions]).toEqual([sockets, 2]);
  events.follow(agents(3));
  await clock.advance(0);
  expect(gaps.toSorted()).toEqual(agents(3));
  expect(events.channels().map(({ agents: size }) => size)).toEqual([3, 400]);
  await events.stop();
});

test('when somebody leaves, the place goes to one who was left uncovered', async () => {
  const { events, gaps, clock } = await listen(agents(16_001));
  gaps.length = 0;
  events.unfollow(agents(1));
  await clock.advance(0);
  expect(events.uncovered).toEqual([]);
  expect(gaps).toEqual(['agent-16000']);
  await events.stop();
});

test('agents beyond 16,000 are named, and stay among those who are not heard', async () => {
  const { events } = await listen(agents(16_002));
  expect(events.channels().length).toBeLessThanOrEqual(19);
  expect(events.uncovered).toEqual(['agent-16000', 'agent-16001']);
  expect(events.unheardAgents()).toEqual(['agent-16000', 'agent-16001']);
  await events.stop();
});

test('while a channel has no socket its agents are not heard, the others are', async () => {
  const { events, platform } = await listen(agents(6), { topicsPerChannel: 3 });
  expect(events.unheardAgents()).toEqual([]);
  platform.mood = 'refuse';
  platform.openSockets.find(({ channelId }) => channelId === 'streaming-1')?.cut();
  expect(events.unheardAgents()).toEqual(['agent-3', 'agent-4', 'agent-5']);
  await events.stop();
});

test('with a new token every channel is replaced, one after the other, each served all the time', async () => {
  const { events, platform, tokens, clock } = await listen(agents(9), { topicsPerChannel: 3 });
  tokens.discard(await tokens.token());
  platform.mood = 'hold';
  await tokens.token();
  for (let round = 1; round <= 3; round += 1) {
    await clock.advance(0);
    expect(platform.openSockets).toHaveLength(3);
    expect(platform.sockets).toHaveLength(3 + round);
    platform.sockets.at(-1)?.accept();
  }
  await clock.advance(0);
  expect(platform.openSockets.map(({ channelId }) => channelId)).toEqual(['streaming-3', 'streaming-4', 'streaming-5']);
  await events.stop();
});

test('the token is renewed in time although nobody else asks for one', async () => {
  const { events, clock, tokens } = await listen(agents(3));
  await tokens.token();
  await clock.advance(86_399_000 - 61_000);
  expect(server.to('/oauth/token')).toHaveLength(1);
  await clock.advance(15_000);
  await expect.poll(() => server.to('/oauth/token')).toHaveLength(2);
  await events.stop();
});

test('a listener that throws is logged and stops nothing', async () => {
  const onGap = (): never => {
    throw new Error('a fault of the listener');
  };
  const { events, log } = await listen(agents(3), { onGap });
  expect(events.channels()[0]?.state).toBe('live');
  expect(log.lines.join()).toContain('listener-failed');
  await events.stop();
});

test('after stop nothing is left that could wake up', async () => {
  const { events, platform, clock } = await listen(agents(2000));
  await events.stop();
  events.follow(agents(5, 'joined'));
  expect(platform.openSockets).toEqual([]);
  expect(clock.pending).toBe(0);
});
