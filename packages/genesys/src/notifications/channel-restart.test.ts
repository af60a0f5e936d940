import { agentId } from '@floorwatch/domain';
import { expect, test } from 'vitest';
import { AGENTS, HOUR_MS, makePlatform, MINUTE_MS, startChannel } from './channel.fake.ts';

test('after a restart the channel of the last run is used again, and with the same topics nothing is subscribed', async () => {
  const place = makePlatform();
  const before = startChannel(undefined, place);
  await place.clock.advance(0);
  await before.channel.stop();
  const after = startChannel(undefined, place);
  await place.clock.advance(0);
  expect(after.channel.status().state).toBe('live');
  expect(after.gaps).toEqual([{ ids: AGENTS, why: 'first connection', subscribed: AGENTS }]);
  expect([place.platform.channels.size, place.platform.subscriptions]).toEqual([1, 1]);
  after.channel.follow([agentId('a3')]);
  await place.clock.advance(0);
  expect(place.platform.channels.get('streaming-0')?.topics).toHaveLength(3);
  await after.channel.stop();
});

test('a channel of the last run that the platform has forgotten is not tried', async () => {
  const place = makePlatform();
  const before = startChannel(undefined, place);
  await place.clock.advance(0);
  await before.channel.stop();
  place.platform.forgetChannels();
  const after = startChannel(undefined, place);
  await place.clock.advance(0);
  expect(place.platform.openSockets.map(({ channelId }) => channelId)).toEqual(['streaming-1']);
  expect(place.saved().map(({ id }) => id.reveal())).toEqual(['streaming-1']);
  await after.channel.stop();
});

test('a channel of the last run is replaced before the token ends that it was made with', async () => {
  const place = makePlatform();
  const before = startChannel(undefined, place);
  await place.clock.advance(0);
  await before.channel.stop();
  await place.clock.advance(20 * HOUR_MS);
  const after = startChannel(undefined, place);
  await place.clock.advance(4 * HOUR_MS - MINUTE_MS - 1);
  expect(place.platform.openSockets.map(({ channelId }) => channelId)).toEqual(['streaming-0']);
  await place.clock.advance(1);
  expect(place.platform.openSockets.map(({ channelId }) => channelId)).toEqual(['streaming-1']);
  expect(after.states.map(({ state }) => state)).not.toContain('lost');
  await after.channel.stop();
});

test('where nothing can be kept it says so once and goes on', async () => {
  const place = makePlatform();
  const refuse = async (): Promise<never> => {
    throw new Error('read-only file system');
  };
  const { channel, log } = startChannel(undefined, { ...place, store: { load: refuse, save: refuse } });
  await place.clock.advance(0);
  expect(channel.status().state).toBe('live');
  channel.follow([agentId('a3')]);
  await place.clock.advance(0);
  expect(log.lines.filter((line) => line.includes('channels-not-kept'))).toHaveLength(1);
  expect(log.lines.join()).toContain('read-only file system');
  await channel.stop();
});
