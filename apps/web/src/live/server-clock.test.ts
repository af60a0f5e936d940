import { FakeClock } from '@floorwatch/domain/testing';
import { expect, test } from 'vitest';
import { ServerClock } from './server-clock.ts';

const AN_HOUR = 3_600_000;
const frame = (now: number) => ({ now, platformNow: now + 250 });

test('knows no time before the first frame', () => {
  const server = new ServerClock(new FakeClock());
  expect(server.now()).toBeNull();
  expect(server.heardAt).toBeNull();
});

test('tells the server’s time from a browser whose clock is an hour off', async () => {
  const browser = new FakeClock();
  const server = new ServerClock(browser);
  server.hear(frame(browser.now() - AN_HOUR));
  await browser.advance(4000);
  expect(server.now()).toBe(browser.now() - AN_HOUR);
  expect(server.toPlatform(1000)).toBe(1250);
});

test('a frame that was held up on the way is as old as it is, not as new as it looks', async () => {
  const browser = new FakeClock();
  const server = new ServerClock(browser);
  server.hear(frame(browser.now()));
  const sentAt = browser.now() + 1000;
  await browser.advance(9000);
  server.hear(frame(sentAt));
  expect(server.now()).toBe(browser.now());
  expect(server.heardAt).toBe(sentAt);
});

test('believes a server again whose clock was set back, within two minutes', async () => {
  const browser = new FakeClock();
  const server = new ServerClock(browser);
  server.hear(frame(browser.now()));
  for (let minute = 0; minute < 3; minute += 1) {
    await browser.advance(60_000);
    server.hear(frame(browser.now() - 20_000));
  }
  expect(server.now()).toBe(browser.now() - 20_000);
});

test('learns the clock of another server at once', async () => {
  const browser = new FakeClock();
  const server = new ServerClock(browser);
  server.hear(frame(browser.now() + AN_HOUR));
  server.forgetLead();
  server.hear(frame(browser.now()));
  await browser.advance(2000);
  expect(server.now()).toBe(browser.now());
});
