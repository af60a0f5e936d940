import fc from 'fast-check';
import { METRIC_STATES } from '@floorwatch/domain';
import { expect, test } from 'vitest';
import { figuresOf, type Six } from './figures.fake.ts';
import { stackPaths } from './stack-paths.ts';

const HOUR = 3_600_000;
const BOX = { width: 240, height: 26, gap: 1 };
const START = Date.parse('2026-08-15T00:00:00Z');

const interval = (six: Six, hour: number) => ({
  ...figuresOf(six),
  windowStart: new Date(START + hour * HOUR).toISOString(),
  windowEnd: new Date(START + (hour + 1) * HOUR).toISOString(),
});

/** Every rectangle of a path: `M x y h w v h h -w z`. */
const rectangles = (path: string): { x: number; y: number; width: number; height: number }[] =>
  [...path.matchAll(/M(\S+) (\S+?)h([\d.]+)v([\d.]+)h/g)].map(([, x, y, width, height]) => ({
    x: Number(x),
    y: Number(y),
    width: Number(width),
    height: Number(height),
  }));

test('a whole interval fills its height, whatever it is made of, and stays in its place', () => {
  const seconds = fc.integer({ min: 0, max: 600 });
  const times = fc.tuple(seconds, seconds, seconds, seconds, seconds, seconds);
  fc.assert(
    fc.property(times, fc.nat(23), (six, hour) => {
      fc.pre(six.some((part) => part > 0));
      const whole = interval(six, hour);
      const paths = stackPaths([whole], { from: START, to: START + 24 * HOUR }, BOX);
      const all = METRIC_STATES.flatMap((state) => rectangles(paths.get(state) ?? ''));
      expect(all.reduce((height, part) => height + part.height, 0)).toBeCloseTo(26, 0);
      for (const { x, width } of all) {
        expect(x).toBeCloseTo(hour * 10, 1);
        expect(x + width).toBeLessThanOrEqual((hour + 1) * 10 + 0.01);
      }
    }),
  );
});

test('an interval that goes on is as wide as what has gone by', () => {
  const half = interval([1800, 0, 0, 0, 0, 0], 23);
  const paths = stackPaths([half], { from: START, to: START + 24 * HOUR }, BOX);
  expect(rectangles(paths.get('available') ?? '')).toEqual([{ x: 230, y: 0, width: 4, height: 26 }]);
});
