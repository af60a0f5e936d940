import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ACTIVITIES } from '../activity/activity.ts';
import { WINDOW_MS } from './availability-window.ts';
import { activitySegments } from './lanes.ts';
import { ANN, anyPast, PAST_FROM, PAST_MS } from './recorded-past.fake.ts';
import type { Transition } from './transition.ts';
import { windowsOf } from './windows.ts';

const RANGE = { from: PAST_FROM, to: PAST_FROM + PAST_MS };

describe('windows of any past', () => {
  it('add up to five minutes each, and together to the time of each activity', () => {
    fc.assert(
      fc.property(anyPast, (past) => {
        const windows = windowsOf(ANN, past, RANGE);
        expect(windows.map(({ from }) => from)).toEqual([0, 1, 2, 3].map((index) => RANGE.from + index * WINDOW_MS));
        for (const { ms } of windows) expect(Object.values(ms).reduce((sum, part) => sum + part, 0)).toBe(WINDOW_MS);
        const segments = activitySegments(past, RANGE);
        for (const activity of ACTIVITIES) {
          const inWindows = windows.reduce((sum, { ms }) => sum + ms[activity], 0);
          const inSegments = segments
            .filter(({ value }) => value === activity)
            .reduce((sum, { from, to }) => sum + to - from, 0);
          expect(inWindows).toBe(inSegments);
        }
      }),
    );
  });

  it('are the same whether they are made at once or one by one', () => {
    fc.assert(
      fc.property(anyPast, fc.integer({ min: 0, max: 4 }), (past, cut) => {
        const middle = RANGE.from + cut * WINDOW_MS;
        const parts = [
          ...windowsOf(ANN, past, { from: RANGE.from, to: middle }),
          ...windowsOf(ANN, past, { from: middle, to: RANGE.to }),
        ];
        expect(parts).toEqual(windowsOf(ANN, past, RANGE));
      }),
    );
  });

  it('are the same when everything is told twice, in another order', () => {
    fc.assert(
      fc.property(anyPast, (past) => {
        const again = {
          transitions: [...past.transitions, ...past.transitions].toReversed(),
          gaps: [...past.gaps, ...past.gaps].toReversed(),
        };
        expect(windowsOf(ANN, again, RANGE)).toEqual(windowsOf(ANN, past, RANGE));
      }),
    );
  });
});

describe('windows of a range', () => {
  it('are marked where the agent flapped shortly before their start', () => {
    const boundary = RANGE.from + WINDOW_MS;
    const changes = [-50_000, -40_000, -30_000, -20_000, -10_000].map((before, index): Transition => {
      const fact = { kind: 'routing', routing: index % 2 === 0 ? 'idle' : 'notResponding' } as const;
      return { agentId: ANN, fact, at: boundary + before, exact: true, ingestedAt: 0, source: 'event' };
    });
    const fact = { kind: 'presence', presence: 'onQueue', definitionId: null, message: null } as const;
    const presence: Transition = { agentId: ANN, fact, at: RANGE.from, exact: true, ingestedAt: 0, source: 'event' };
    const past = { transitions: [presence, ...changes], gaps: [] };
    const alone = windowsOf(ANN, past, { from: boundary, to: boundary + 2 * WINDOW_MS });
    expect(alone.map(({ isVolatile, transitions }) => [isVolatile, transitions])).toEqual([[true, 0], [false, 0]]); // prettier-ignore
  });

  it('are only those that lie wholly within it', () => {
    const past = { transitions: [], gaps: [] };
    const windows = windowsOf(ANN, past, { from: RANGE.from + 1, to: RANGE.to - 1 });
    expect(windows.map(({ from }) => from)).toEqual([RANGE.from + WINDOW_MS, RANGE.from + 2 * WINDOW_MS]);
    expect(windows[0]?.ms.unknown).toBe(WINDOW_MS);
    expect(windowsOf(ANN, past, { from: RANGE.from + 1, to: RANGE.from + WINDOW_MS })).toEqual([]);
  });
});
