import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ACTIVITIES } from '../activity/activity.ts';
import { METRIC_STATES } from '../activity/metric-state.ts';
import { ACCESSIBILITY } from './accessibility.ts';
import type { ActivityMs } from './availability-window.ts';
import { addTimes, figuresOf, medianOf, NO_MS, NO_TIME, totalMs } from './figures.ts';

const msOf = (parts: Partial<ActivityMs>): ActivityMs => ({ ...NO_MS, ...parts });
const steady = (parts: Partial<ActivityMs>) => ({ ...NO_TIME, ms: msOf(parts), steadyMs: msOf(parts) });

const anyMs = fc.record(
  Object.fromEntries(ACTIVITIES.map((activity) => [activity, fc.nat(86_400_000)])) as Record<
    keyof ActivityMs,
    fc.Arbitrary<number>
  >,
);

describe('figures', () => {
  it('add up to the time that went by, to the millisecond, and shares lie between nothing and all', () => {
    fc.assert(
      fc.property(anyMs, anyMs, (ms, steadyMs) => {
        const figures = figuresOf({ ms, steadyMs, transitions: 0, isVolatile: true }, ACCESSIBILITY);
        expect(METRIC_STATES.reduce((sum, state) => sum + figures.stateMs[state], 0)).toBe(totalMs(ms));
        expect(figures.elapsedMs).toBe(totalMs(ms));
        for (const share of [figures.readyShare, figures.accessibleShare, figures.occupancy]) {
          expect(share ?? 0).toBeGreaterThanOrEqual(0);
          expect(share ?? 1).toBeLessThanOrEqual(1);
        }
      }),
    );
  });

  it('read ready, accessible and occupied as three different things', () => {
    const figures = figuresOf(
      steady({ ready: 20, interacting: 30, afterCallWork: 10, available: 40, offline: 500 }),
      ACCESSIBILITY,
    );
    expect(figures).toMatchObject({ readyShare: 0.2, accessibleShare: 0.6, occupancy: 40 / 60 });
    expect(figures.stateMs).toEqual({ available: 20, onCall: 30, wrapUp: 10, notReady: 40, offline: 500, unknown: 0 });
  });

  it('have no share of nothing', () => {
    const figures = figuresOf(steady({ offline: 100, unknown: 50 }), ACCESSIBILITY);
    expect(figures).toMatchObject({ readyShare: null, accessibleShare: null, occupancy: null, elapsedMs: 150 });
  });

  it('leave what is volatile out of shares, not out of the time', () => {
    const sum = { ...steady({ ready: 60 }), ms: msOf({ ready: 60, busy: 300 }), isVolatile: true };
    expect(figuresOf(sum, ACCESSIBILITY)).toMatchObject({ readyShare: 1, elapsedMs: 360, isVolatile: true });
  });

  it('follow another mapping of what is accessible', () => {
    const sum = steady({ ready: 1, available: 1 });
    expect(figuresOf(sum, ACCESSIBILITY).accessibleShare).toBe(0.5);
    expect(figuresOf(sum, { ...ACCESSIBILITY, available: 'accessible' }).accessibleShare).toBe(1);
    expect(figuresOf(sum, { ...ACCESSIBILITY, available: 'ignored', ready: 'ignored' }).accessibleShare).toBe(null);
  });

  it('add up agent by agent', () => {
    const both = addTimes({ ...steady({ ready: 5 }), transitions: 2 }, { ...steady({ busy: 7 }), isVolatile: true });
    expect(both).toEqual({ ...steady({ ready: 5, busy: 7 }), transitions: 2, isVolatile: true });
  });
});

describe('the median', () => {
  it.each([
    [[], null],
    [[3], 3],
    [[9, 1, 5], 5],
    [[1, 2, 10, 20], 6],
  ])('of %j is %s', (values, median) => {
    expect(medianOf(values)).toBe(median);
  });
});
