import { afterEach, expect, test } from 'vitest';
import { WatchedFloor } from './watched-floor.fake.ts';

let floor: WatchedFloor;
const expectTruth = (): Promise<void> => floor.expectTruth();
afterEach(() => floor.close());

test('token-expires: a token that ends without a word is replaced, and with it the channels', async () => {
  floor = await WatchedFloor.open();
  const userId = await floor.someone();
  await floor.control.switchOn('token-expires', { lifetimeSeconds: 86_400 });
  await floor.push(userId, { presence: { systemPresence: 'Meal', message: 'while nobody listened' } });
  await expectTruth();
  await floor.isLive();
  await floor.push(userId, { presence: { systemPresence: 'Break', message: 'as an event' } });
  await expectTruth();
});

test('token-expires: a short life is renewed a minute before its end, and no channel is ever lost', async () => {
  floor = await WatchedFloor.open();
  await floor.control.switchOn('token-expires', { lifetimeSeconds: 80 });
  await floor.eventually(() => expect(floor.loggedEvents('signed-in').length).toBeGreaterThan(1));
  await floor.isLive();
  const before = floor.logged.length;
  const signIns = floor.loggedEvents('signed-in').length;
  await floor.eventually(() => expect(floor.loggedEvents('signed-in').length).toBeGreaterThan(signIns + 1));
  const states = floor.logged.slice(before).map(({ state }) => state);
  expect(states).toContain('draining');
  expect(states).not.toContain('lost');
});

test('token-revoked: the sockets are told, a new token and new channels take over, and nothing is missed', async () => {
  floor = await WatchedFloor.open();
  const userId = await floor.someone();
  await floor.control.switchOn('token-revoked');
  await floor.push(userId, { presence: { systemPresence: 'Meal' } });
  await expectTruth();
  await floor.isLive();
  const reasons = floor.loggedEvents('channel-state').map(({ reason }) => reason);
  expect(reasons).toContain('the access token was revoked');
  await floor.push(userId, { presence: { systemPresence: 'Break' } });
  await expectTruth();
});
