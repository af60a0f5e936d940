import type { UpstreamHealth } from '@floorwatch/contracts';
import { expect, test } from 'vitest';
import { judgeFreshness } from './freshness.ts';
import { LIVE, T0 } from './floor.fake.ts';

const judge = (heardAgoMs: number, upstream: Partial<UpstreamHealth> = {}) =>
  judgeFreshness({ serverNow: T0, heardAt: T0 - heardAgoMs, upstream: { ...LIVE, ...upstream } });

test.each([
  [0, 'live'],
  [9999, 'live'],
  [10_000, 'late'],
  [29_999, 'late'],
  [30_000, 'stale'],
  [600_000, 'stale'],
])('data last heard of %i ms ago is %s', (agoMs, kind) => {
  expect(judge(agoMs)).toMatchObject({ kind, ageMs: agoMs });
});

test('silence is a fault between browser and Floorwatch, since the last frame', () => {
  expect(judge(12_000)).toMatchObject({ kind: 'late', hop: 'floorwatch', sinceMs: T0 - 12_000 });
});

test('while frames arrive, the age is that of the platform’s data and the hop is the one the BFF names', () => {
  const down = { state: 'down', hop: 'push', since: T0 - 41_000, dataAt: T0 - 40_000 } as const;
  expect(judge(200, down)).toEqual({ kind: 'stale', ageMs: 40_000, hop: 'push', sinceMs: T0 - 41_000 });
});

test('when both stretches are broken, the one this page sees itself is named', () => {
  const down = { state: 'down', hop: 'api', since: T0 - 50_000, dataAt: T0 - 50_000 } as const;
  expect(judge(15_000, down)).toMatchObject({ kind: 'stale', ageMs: 50_000, hop: 'floorwatch', sinceMs: T0 - 15_000 });
});

test('a board that is still being loaded is not called old', () => {
  expect(judge(100, { state: 'starting', dataAt: T0 - 90_000 })).toMatchObject({ kind: 'live' });
});
