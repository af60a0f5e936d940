import fc from 'fast-check';
import { expect, test } from 'vitest';
import { panWindow, SHORTEST_WINDOW_MS, showInWindow, timeAt, xOf, zoomWindow } from './time-window.ts';

const DAY = { from: Date.parse('2026-08-15T00:00Z'), to: Date.parse('2026-08-16T00:00Z') };

const windows = fc
  .tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0.001, max: 1, noNaN: true }))
  .map(([start, share]) => {
    const length = Math.max((DAY.to - DAY.from) * share, SHORTEST_WINDOW_MS);
    const from = DAY.from + (DAY.to - DAY.from - length) * start;
    return { from, to: from + length };
  });

test('zooming in keeps the instant under the pointer under the pointer', () => {
  fc.assert(
    fc.property(
      windows,
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.double({ min: 0.2, max: 1, noNaN: true }),
      (window, place, factor) => {
        const anchor = window.from + (window.to - window.from) * place;
        const zoomed = zoomWindow(window, { factor, anchor }, DAY);
        const before = xOf({ ...window, width: 1000 }, anchor);
        expect(xOf({ ...zoomed, width: 1000 }, anchor)).toBeCloseTo(before, 0);
      },
    ),
  );
});

test('no zoom and no pan leaves the range or goes below a minute', () => {
  fc.assert(
    fc.property(
      windows,
      fc.double({ min: 0.01, max: 100, noNaN: true }),
      fc.integer({ min: -2e9, max: 2e9 }),
      (window, factor, byMs) => {
        for (const moved of [zoomWindow(window, { factor, anchor: window.from }, DAY), panWindow(window, byMs, DAY)]) {
          expect(moved.from).toBeGreaterThanOrEqual(DAY.from - 1);
          expect(moved.to).toBeLessThanOrEqual(DAY.to + 1);
          expect(moved.to - moved.from).toBeGreaterThanOrEqual(SHORTEST_WINDOW_MS - 1);
        }
      },
    ),
  );
});

test('panning keeps the length, and stops at the edge', () => {
  const hour = { from: DAY.from, to: DAY.from + 3_600_000 };
  expect(panWindow(hour, -1000, DAY)).toEqual(hour);
  expect(panWindow(hour, 7_200_000, DAY)).toEqual({ from: DAY.from + 7_200_000, to: DAY.from + 10_800_000 });
});

test('what the keyboard steps to comes into sight', () => {
  const hour = { from: DAY.from, to: DAY.from + 3_600_000 };
  const evening = { from: DAY.from + 72_000_000, to: DAY.from + 72_060_000 };
  const moved = showInWindow(hour, evening, DAY);
  expect(moved.from).toBeLessThanOrEqual(evening.from);
  expect(moved.to).toBeGreaterThanOrEqual(evening.to);
  expect(showInWindow(moved, evening, DAY)).toEqual(moved);
});

test('pixels and instants are each other’s inverse', () => {
  const scale = { ...DAY, width: 1200 };
  expect(timeAt(scale, xOf(scale, DAY.from + 12_345_678))).toBeCloseTo(DAY.from + 12_345_678, 0);
  expect(timeAt({ ...DAY, width: 0 }, 5)).toBe(DAY.from);
});
