import fc from 'fast-check';
import { expect, test } from 'vitest';
import { routingHolding } from './holdings.ts';
import type { LaneSegment } from './lane.ts';
import { itemAfterKey, itemAt, paintLane, sharesOf } from './lane-painter.ts';

const ROUTING = ['idle', 'interacting'] as const;

const laneOf = (lengths: readonly number[]): LaneSegment[] => {
  let at = 0;
  return lengths.map((length, index) => {
    const from = at;
    at += length;
    const holding = routingHolding({ routing: ROUTING[index % 2] ?? 'idle', source: 'event' });
    return { ...holding, from, to: at, startsExactly: true, isOngoing: false };
  });
};

const lengths = fc.array(fc.oneof(fc.integer({ min: 1, max: 200 }), fc.integer({ min: 1000, max: 200_000 })), {
  minLength: 1,
  maxLength: 400,
});

const HEIGHT = 30;

/** The area of each outline: of rectangles `M x y h w v h…`. */
const areaOf = (path: string): number =>
  [...path.matchAll(/h([\d.]+)v([\d.]+)/g)].reduce((sum, [, width, height]) => sum + Number(width) * Number(height), 0);

test('every segment is on the lane once, as itself or in a bunch', () => {
  fc.assert(
    fc.property(lengths, (all) => {
      const lane = laneOf(all);
      const end = lane.at(-1)?.to ?? 1;
      const { items } = paintLane(lane, { from: 0, to: end, width: 600 }, HEIGHT);
      expect(items.flatMap(({ segments }) => segments)).toEqual(lane);
    }),
  );
});

test('what is drawn is as large as it was long, bunches too', () => {
  fc.assert(
    fc.property(lengths, (all) => {
      const lane = laneOf(all);
      const end = lane.at(-1)?.to ?? 1;
      const { items, paths } = paintLane(lane, { from: 0, to: end, width: 600 }, HEIGHT);
      const bunchedUp = items.filter(({ segments, width }) => segments.length > 1 || width >= 1).length;
      const slack = items.length - bunchedUp + 0.02 * lane.length + 1; // a single thin one is drawn 1 px wide; paths are rounded
      const area = [...paths.values()].reduce((sum, path) => sum + areaOf(path), 0);
      expect(area).toBeGreaterThan((600 - slack) * HEIGHT);
      expect(area).toBeLessThan((600 + slack) * HEIGHT);
    }),
  );
});

test('31 days of a busy agent are a few hundred items and one outline a colour', () => {
  const lane = laneOf(Array.from({ length: 31 * 400 }, (_, index) => 100_000 + (index % 7) * 30_000));
  const end = lane.at(-1)?.to ?? 1;
  const { items, paths } = paintLane(lane, { from: 0, to: end, width: 1200 }, HEIGHT);
  expect(items.length).toBeLessThan(400);
  expect(paths.size).toBe(2);
  expect(items.reduce((sum, { segments }) => sum + segments.length, 0)).toBe(lane.length);
});

test('what lies outside the window is not drawn, what reaches into it is cut', () => {
  const lane = laneOf([1000, 1000, 1000]);
  const { items } = paintLane(lane, { from: 1500, to: 2000, width: 100 }, HEIGHT);
  expect(items).toMatchObject([{ from: 1000, to: 2000, x: 0, width: 100 }]);
});

test('an instant finds its item, and none where nothing is', () => {
  const lane = laneOf([1000, 1000]);
  const { items } = paintLane(lane, { from: 0, to: 4000, width: 400 }, HEIGHT);
  expect([0, 999, 1000, 1999, 2000, -1].map((at) => itemAt(items, at))).toEqual([0, 0, 1, 1, null, null]);
});

test('shares of a bunch add up, the longest first', () => {
  const shares = sharesOf(laneOf([100, 300, 100]));
  expect(shares.map(({ word, share }) => [word, share])).toEqual([
    ['Interacting', 0.6],
    ['Idle', 0.4],
  ]);
});

test('the keyboard steps through what is in sight and on beyond it', () => {
  const segments = laneOf([1000, 1000, 1000, 1000, 1000]);
  const { items } = paintLane(segments, { from: 1000, to: 3000, width: 200 }, HEIGHT);
  const step = (key: string, current: number) => itemAfterKey(key, { items, current, segments })?.from;
  expect(step('ArrowRight', 0)).toBe(2000);
  expect(step('ArrowRight', 1)).toBe(3000);
  expect(step('ArrowLeft', 0)).toBe(0);
  expect([step('Home', 1), step('End', 0)]).toEqual([0, 4000]);
  expect(itemAfterKey('ArrowRight', { items: [], current: 0, segments })).toBeNull();
  expect(itemAfterKey('x', { items, current: 0, segments })).toBeUndefined();
});
