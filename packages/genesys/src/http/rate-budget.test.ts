import { FakeClock } from '@floorwatch/domain/testing';
import { expect, test } from 'vitest';
import { RateBudget } from './rate-budget.ts';

const makeBudget = () => {
  const clock = new FakeClock();
  return { clock, budget: new RateBudget(clock) };
};

test('nothing waits before the platform has named its limit', () => {
  const { budget } = makeBudget();
  for (let index = 0; index < 1000; index += 1) budget.spend();
  expect(budget.waitMs('history')).toBe(0);
});

test('lower priorities stop earlier, so that the higher ones find room', () => {
  const { budget } = makeBudget();
  const open = () => (['interactive', 'resync', 'sweep', 'history'] as const).filter((p) => budget.waitMs(p) === 0);
  budget.observe({ allowed: 300, count: 179, resetMs: 40_000 });
  expect(open()).toEqual(['interactive', 'resync', 'sweep', 'history']);
  budget.observe({ allowed: 300, count: 180, resetMs: 40_000 });
  expect(open()).toEqual(['interactive', 'resync', 'sweep']);
  budget.observe({ allowed: 300, count: 255, resetMs: 40_000 });
  expect(open()).toEqual(['interactive', 'resync']);
  budget.observe({ allowed: 300, count: 285, resetMs: 40_000 });
  expect(open()).toEqual(['interactive']);
  budget.observe({ allowed: 300, count: 300, resetMs: 40_000 });
  expect(open()).toEqual([]);
  expect(budget.waitMs('interactive')).toBe(40_000);
});

test('requests that are still under way count before their answers are back', () => {
  const { budget } = makeBudget();
  budget.observe({ allowed: 10, count: 5, resetMs: 60_000 });
  for (let index = 0; index < 5; index += 1) budget.spend();
  budget.observe({ allowed: 10, count: 6, resetMs: 60_000 });
  expect(budget.status().used).toBe(10);
  expect(budget.waitMs('interactive')).toBe(60_000);
});

test('the window ends by itself, and a new one begins with what the platform says', async () => {
  const { clock, budget } = makeBudget();
  budget.observe({ allowed: 300, count: 300, resetMs: 20_000 });
  await clock.advance(20_000);
  expect(budget.waitMs('history')).toBe(0);
  expect(budget.status()).toMatchObject({ used: 0, resetsAt: null });
  budget.spend();
  budget.observe({ allowed: 300, count: 1, resetMs: 60_000 });
  expect(budget.status()).toMatchObject({ used: 1, resetsAt: clock.now() + 60_000 });
});

test('a late answer from the window before does not fill the new one', () => {
  const { budget } = makeBudget();
  budget.observe({ allowed: 300, count: 3, resetMs: 59_000 });
  budget.observe({ allowed: 300, count: 299, resetMs: 0 });
  expect(budget.status().used).toBe(3);
});

test('a pause holds every priority and is as long as the longest one asked for', async () => {
  const { clock, budget } = makeBudget();
  budget.pause(20_000);
  budget.pause(5000);
  expect(budget.waitMs('interactive')).toBe(20_000);
  expect(budget.status().pausedUntil).toBe(clock.now() + 20_000);
  await clock.advance(20_000);
  expect(budget.waitMs('history')).toBe(0);
  expect(budget.status().pausedUntil).toBeNull();
});
