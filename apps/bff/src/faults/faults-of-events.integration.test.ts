import { afterEach, expect, test } from 'vitest';
import { WatchedFloor } from './watched-floor.fake.ts';

let floor: WatchedFloor;
const expectTruth = (): Promise<void> => floor.expectTruth();
afterEach(() => floor.close());

const PRESENCES = ['Meal', 'Break', 'Meeting', 'Training', 'Busy'];

/** Presence after presence for one agent; nothing but events tells of them. */
const liveThrough = async (userId: string, changes: number): Promise<void> => {
  for (let change = 0; change < changes; change += 1)
    await floor.push(userId, {
      presence: { systemPresence: PRESENCES[change % PRESENCES.length] ?? 'Meal', message: `change ${String(change)}` },
    });
};

const delivered = (): Promise<void> => floor.clock.sleep(6000);

test('events-duplicated: a second copy changes nothing, however late it comes', async () => {
  floor = await WatchedFloor.open();
  const userId = await floor.someone(({ presence }) => presence.systemPresence === 'Offline');
  await floor.eventually(() => {
    expect(floor.rowOf(userId).queueIds).not.toBeNull(); // who is in which queue is read last, and is a version too
  });
  const { version } = floor.board;
  await floor.control.switchOn('events-duplicated', { delayMs: 5000 });
  await liveThrough(userId, 3); // one more in a minute would flag the agent as volatile, which is a version too
  await expectTruth();
  await delivered();
  await expectTruth();
  expect(floor.board.version).toBe(version + 3);
});

test('events-reordered: what is overtaken stays behind', async () => {
  floor = await WatchedFloor.open();
  const userId = await floor.someone();
  await floor.control.switchOn('events-reordered', { share: 0.7, delayMs: 5000 });
  await liveThrough(userId, 30);
  await expectTruth();
  await delivered();
  await expectTruth();
});

test('events-dropped-during-gap: what no event told is read as soon as the channel is back', async () => {
  floor = await WatchedFloor.open();
  await floor.control.switchOn('events-dropped-during-gap', { gapMs: 5000 });
  await liveThrough(await floor.someone(), 3);
  await expectTruth();
});

test('events-dropped-during-gap: what is lost without a gap is found by the sweep', async () => {
  floor = await WatchedFloor.open({ sweepMs: 20_000 });
  await floor.control.switchOn('events-dropped-during-gap', { gapMs: 0, dropShare: 1 });
  await liveThrough(await floor.someone(), 3);
  expect(floor.feed.health().state).toBe('live');
  await expectTruth();
});

test('unknown-topic: what nobody has heard of is counted once and passed over', async () => {
  floor = await WatchedFloor.open();
  await floor.control.switchOn('unknown-topic');
  await liveThrough(await floor.someone(), 5);
  await expectTruth();
  const oddities = floor.loggedEvents('platform-oddity').map(({ kind }) => kind);
  expect(oddities).toEqual(['topic: v2.users.{id}.horoscope']);
});

test('unknown-enum: a state without a known name is left out and noted, the other parts are taken', async () => {
  floor = await WatchedFloor.open();
  const userId = await floor.someone(({ outOfOffice }) => !outOfOffice.active);
  const before = floor.rowOf(userId).activity;
  await floor.control.switchOn('unknown-enum');
  await floor.push(userId, { presence: { systemPresence: 'Meal' }, outOfOffice: true });
  await floor.eventually(() => expect(floor.rowOf(userId).state.outOfOffice).toBe(true));
  expect(floor.rowOf(userId).activity).toBe(before);
  const oddities = floor.loggedEvents('platform-oddity').map(({ kind }) => kind);
  expect(oddities).toContain('v2.users.{id}.activity: systemPresence');
  await floor.control.switchOff('unknown-enum');
  await floor.control.switchOn('socket-cut');
  await expectTruth();
});

test('missing-fields: what is left out is unchanged, never made up, and filled in when it is told', async () => {
  floor = await WatchedFloor.open();
  await floor.control.switchOn('missing-fields', { share: 0.3 });
  for (const { userId } of (await floor.control.truth()).agents) await liveThrough(userId, 2);
  await floor.control.switchOn('socket-cut');
  await floor.eventually(() => expect(floor.loggedEvents('platform-oddity').length).toBeGreaterThan(0));
  await floor.isLive();
  expect(floor.activities()).not.toContain('unknown');
  await floor.control.switchOff('missing-fields');
  await floor.control.switchOn('socket-cut');
  await expectTruth();
});
