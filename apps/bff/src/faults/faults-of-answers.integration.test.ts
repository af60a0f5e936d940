import { afterEach, describe, expect, test } from 'vitest';
import { WatchedFloor } from './watched-floor.fake.ts';

let floor: WatchedFloor;
const expectTruth = (): Promise<void> => floor.expectTruth();
afterEach(() => floor.close());

/** Opens a gap in the events in which something happens to an agent, so that only reading can tell of it. */
const missSomething = async (): Promise<string> => {
  const userId = await floor.someone();
  await floor.control.switchOn('events-dropped-during-gap', { gapMs: 3000 });
  await floor.push(userId, { presence: { systemPresence: 'Meal', message: 'missed' }, outOfOffice: true });
  return userId;
};

describe('rate-limited', () => {
  test('the headers count down, and background calls stop before the platform has to refuse one', async () => {
    floor = await WatchedFloor.open({ agents: 300, sweepMs: 6000 });
    await floor.control.switchOn('rate-limited', { remaining: 2, retryAfterSeconds: 10 });
    const switchedOnAt = floor.clock.now();
    await floor.eventually(() => expect(floor.clock.now()).toBeGreaterThan(switchedOnAt + 60_000)); // another window
    const [calls, refusals] = [await floor.callsSoFar(), floor.loggedEvents('rate-limited').length];
    await floor.eventually(async () => expect(await floor.callsSoFar()).toBeGreaterThan(calls + 4));
    expect(floor.loggedEvents('rate-limited')).toHaveLength(refusals);
  });

  test('a 429 stops everything in the background for as long as it asks, and then the gap is closed', async () => {
    floor = await WatchedFloor.open({ times: 10 });
    await floor.control.switchOn('rate-limited', { retryAfterSeconds: 20 });
    await missSomething();
    await floor.eventually(() => expect(floor.loggedEvents('rate-limited').length).toBeGreaterThan(0));
    const pausedAt = floor.clock.now();
    await floor.control.switchOff('rate-limited');
    const calls = await floor.callsSoFar();
    await floor.eventually(async () => expect(await floor.callsSoFar()).toBeGreaterThan(calls));
    expect(floor.clock.now() - pausedAt).toBeGreaterThan(15_000);
    await expectTruth();
  });

  test('a limit of hours is not waited for: it is named, and the calls go on when it is gone', async () => {
    floor = await WatchedFloor.open();
    await floor.control.switchOn('rate-limited', { retryAfterSeconds: 7200 });
    await missSomething();
    await floor.eventually(() => expect(floor.feed.health().message).toMatch(/asks to wait 7\d\d\d s/));
    await floor.control.switchOff('rate-limited');
    await expectTruth();
    await floor.isLive();
  });
});

test('platform-5xx: a gap stays open until it could be read, however often that fails, and the page is told why', async () => {
  floor = await WatchedFloor.open();
  await missSomething();
  await floor.control.switchOn('platform-5xx', { side: 'both', status: 503 });
  await floor.eventually(() => expect(floor.feed.health().message).toMatch(/answered 503/));
  await floor.eventually(async () => expect(await floor.struck('platform-5xx')).toBeGreaterThan(5));
  await floor.control.switchOff('platform-5xx');
  await expectTruth();
  await floor.isLive();
});

test('slow: an answer that does not come is given up, named and asked for again', async () => {
  floor = await WatchedFloor.open();
  await floor.control.switchOn('slow', { delayMs: 600_000 });
  await missSomething();
  await floor.eventually(() => expect(floor.feed.health().message).toMatch(/no answer from .* within 16 s/));
  await floor.control.switchOff('slow');
  await expectTruth();
});

test('expand-missing: what a list leaves out is kept, and nobody becomes offline or unknown for it', async () => {
  floor = await WatchedFloor.open();
  await floor.control.switchOn('expand-missing', { parts: ['presence', 'routingStatus', 'conversationSummary'] });
  const before = floor.activities();
  await missSomething();
  await floor.isLive();
  expect(floor.activities()).toEqual(before);
});

test('missing-fields: a list that does not tell names and teams leaves them as they are', async () => {
  floor = await WatchedFloor.open({ registryRefreshMs: 5000 });
  const cards = () => [...floor.board.rows()].map(({ profile }) => profile);
  const before = cards();
  await floor.control.switchOn('missing-fields', { share: 0.3 });
  await floor.eventually(async () => expect(await floor.struck('missing-fields')).toBeGreaterThan(100));
  expect(cards()).toEqual(before);
});

test('snapshot-truncated: agents whom half a list does not name stay where they are', async () => {
  floor = await WatchedFloor.open({ registryRefreshMs: 5000 });
  const before = floor.activities();
  await floor.control.switchOn('snapshot-truncated', { keepShare: 0.5 });
  await floor.eventually(async () => expect(await floor.struck('snapshot-truncated')).toBeGreaterThan(2));
  expect(floor.activities()).toEqual(before);
});

test('snapshot-truncated: nor does a list end anybody’s day that lies about its total as well', async () => {
  floor = await WatchedFloor.open({ registryRefreshMs: 5000 });
  const before = floor.activities();
  await floor.control.switchOn('snapshot-truncated', { keepShare: 0.5, isTotalTrue: false });
  await floor.eventually(async () => expect(await floor.struck('snapshot-truncated')).toBeGreaterThan(2));
  expect(floor.activities()).toEqual(before);
});

test('snapshot-stale: an old answer does not undo a newer event', async () => {
  floor = await WatchedFloor.open({ sweepMs: 5000 });
  const userId = await floor.someone(({ presence }) => presence.systemPresence !== 'Training');
  await floor.control.switchOn('snapshot-stale');
  await floor.push(userId, { presence: { systemPresence: 'Training', message: 'newer' } });
  await floor.eventually(() => expect(floor.messageOf(userId)).toBe('newer'));
  const { version } = floor.board;
  await floor.eventually(async () => expect(await floor.struck('snapshot-stale')).toBeGreaterThan(150));
  expect([floor.messageOf(userId), floor.board.version]).toEqual(['newer', version]);
});
