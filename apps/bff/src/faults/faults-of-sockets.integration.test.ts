import { afterEach, expect, test } from 'vitest';
import { WatchedFloor } from './watched-floor.fake.ts';

let floor: WatchedFloor;
const expectTruth = (): Promise<void> => floor.expectTruth();
afterEach(() => floor.close());

const channelStates = (): unknown[] => floor.loggedEvents('channel-state').map(({ state }) => state);

test('socket-cut: the socket comes back, and what happened meanwhile is read', async () => {
  floor = await WatchedFloor.open();
  const userId = await floor.someone();
  await floor.control.switchOn('socket-cut');
  await floor.push(userId, { presence: { systemPresence: 'Meal' } });
  await expectTruth();
  await floor.isLive();
});

test('sockets-refused: agents are polled, the hop is named, and push comes back with what the last poll missed', async () => {
  floor = await WatchedFloor.open();
  const userId = await floor.someone();
  await floor.control.switchOn('sockets-refused');
  await floor.control.switchOn('socket-cut');
  await floor.eventually(() => expect(floor.feed.health()).toMatchObject({ state: 'down', hop: 'push' }));
  await floor.push(userId, { presence: { systemPresence: 'Meal' } });
  await expectTruth();
  expect(floor.feed.health().state).toBe('down');
  await floor.push(userId, { presence: { systemPresence: 'Break' } });
  await floor.control.switchOff('sockets-refused');
  await floor.isLive();
  await expectTruth();
});

test('socket-silent: silence is noticed within 45 s, and a new socket takes over', async () => {
  floor = await WatchedFloor.open();
  const userId = await floor.someone();
  await floor.control.switchOn('socket-silent');
  const silentAt = floor.clock.now();
  await floor.push(userId, { presence: { systemPresence: 'Meal' } });
  await floor.eventually(() => expect(channelStates()).toEqual(expect.arrayContaining(['silent', 'lost'])));
  expect(floor.clock.now() - silentAt).toBeLessThan(60_000);
  await expectTruth();
  await floor.isLive();
});

test('half-open: a socket that was accepted and says nothing is not believed for long', async () => {
  floor = await WatchedFloor.open();
  await floor.control.switchOn('half-open');
  await floor.eventually(() => expect(channelStates().slice(-3)).toEqual(['live', 'silent', 'lost']));
  expect(floor.feed.health()).toMatchObject({ state: 'down', hop: 'push' });
  await floor.control.switchOff('half-open');
  await floor.isLive();
  await floor.push(await floor.someone(), { presence: { systemPresence: 'Meal' } });
  await expectTruth();
});

test('socket-closing-notice: the successor is there before the socket closes, and no event falls between them', async () => {
  floor = await WatchedFloor.open();
  const userId = await floor.someone();
  await floor.control.switchOn('socket-closing-notice', { closeAfterMs: 20_000 });
  for (let change = 1; change <= 30; change += 1) {
    await floor.push(userId, { presence: { systemPresence: change % 2 === 0 ? 'Meal' : 'Break' } });
    await expectTruth();
  }
  await floor.eventually(() => expect(channelStates().at(-1)).toBe('live'));
  expect(channelStates()).toContain('draining');
  expect(channelStates()).not.toContain('lost');
});

test('channel-evicted: a channel that is gone is replaced by a new one', async () => {
  floor = await WatchedFloor.open();
  const [before] = (await floor.control.state()).channels;
  await floor.control.switchOn('channel-evicted');
  await floor.push(await floor.someone(), { presence: { systemPresence: 'Meal' } });
  await expectTruth();
  await floor.isLive();
  const [after] = (await floor.control.state()).channels;
  expect(after?.id).not.toBe(before?.id);
});

test('topic-forbidden: the topics are named, and their agents are polled instead', async () => {
  floor = await WatchedFloor.open();
  await floor.control.switchOn('topic-forbidden', { share: 0.5 });
  await floor.control.switchOn('channel-evicted');
  await floor.eventually(() => expect(floor.feed.health()).toMatchObject({ state: 'partial', hop: 'push' }));
  const [channel] = floor.feed.channels();
  const [rejected] = channel?.rejectedTopics ?? [];
  const userId = /^v2\.users\.([^?]+)/.exec(rejected?.topic ?? '')?.[1] ?? expect.fail('no topic was rejected');
  expect(rejected?.reason).toMatch(/Not authorized/);
  await floor.push(userId, { presence: { systemPresence: 'Meal' } });
  await expectTruth();
});
