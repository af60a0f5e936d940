import { FakeClock } from '@floorwatch/domain/testing';
import { expect, test } from 'vitest';
import { createSleepWatch } from './sleep-watch.ts';

test('notices that the time of day went on while the page’s clock stood still', async () => {
  const clock = new FakeClock();
  let asleepMs = 0;
  const hasSlept = createSleepWatch(clock, () => clock.now() + asleepMs);
  await clock.advance(60_000);
  expect(hasSlept()).toBe(false);
  asleepMs = 30_000;
  expect(hasSlept()).toBe(true);
  expect(hasSlept()).toBe(false);
});
