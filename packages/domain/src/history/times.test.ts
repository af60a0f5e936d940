import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { WINDOW_MS } from './availability-window.ts';
import { addMs, NO_MS, totalMs } from './figures.ts';
import { activitySegments } from './lanes.ts';
import { ANN, anyPast, PAST_FROM, PAST_MS } from './recorded-past.fake.ts';
import { timesOf, timesReach } from './times.ts';
import type { Transition } from './transition.ts';
import { windowsOf } from './windows.ts';

const PAST_TO = PAST_FROM + PAST_MS;

const told = { agentId: ANN, exact: true, ingestedAt: 0, source: 'event' } as const;
const onQueue: Transition = {
  ...told,
  at: PAST_FROM,
  fact: { kind: 'presence', presence: 'onQueue', definitionId: null, message: null },
};
const routing = (at: number, index: number): Transition => ({
  ...told,
  at,
  fact: { kind: 'routing', routing: index % 2 === 0 ? 'interacting' : 'idle' },
});

const inPast = fc.integer({ min: PAST_FROM, max: PAST_TO });
const boundariesInPast = fc
  .uniqueArray(inPast, { minLength: 2, maxLength: 8 })
  .map((instants) => instants.toSorted((a, b) => a - b));

describe('time per bucket', () => {
  it('adds up to the length of each bucket, and to the segments of the whole', () => {
    fc.assert(
      fc.property(anyPast, boundariesInPast, (past, boundaries) => {
        const times = timesOf(past, boundaries);
        expect(times.map(({ ms }) => totalMs(ms))).toEqual(
          boundaries.slice(1).map((to, index) => to - (boundaries[index] ?? 0)),
        );
        const range = { from: boundaries[0] ?? 0, to: boundaries.at(-1) ?? 0 };
        const expected = { ...NO_MS };
        for (const { value, from, to } of activitySegments(past, range)) expected[value] += to - from;
        expect(times.map(({ ms }) => ms).reduce(addMs, NO_MS)).toEqual(expected);
      }),
    );
  });

  it('is what windows say, cut at windows: the steady part and the changes too', () => {
    fc.assert(
      fc.property(anyPast, (past) => {
        const windows = windowsOf(ANN, past, { from: PAST_FROM, to: PAST_TO });
        const times = timesOf(past, [...windows.map(({ from }) => from), PAST_TO]);
        expect(times).toEqual(
          windows.map(({ ms, isVolatile, transitions }) => ({
            ms,
            steadyMs: isVolatile ? NO_MS : ms,
            transitions,
            isVolatile,
          })),
        );
      }),
    );
  });

  it('leaves whole windows out of the steady part where the agent flapped in them', () => {
    const flaps = [0, 10, 20, 30, 40, 50].map((second, index) => routing(PAST_FROM + WINDOW_MS + second * 1000, index));
    const past = { transitions: [onQueue, routing(PAST_FROM, 1), ...flaps], gaps: [] };
    const [sum] = timesOf(past, [PAST_FROM + 1000, PAST_TO]);
    const volatileMs = WINDOW_MS; // from the fourth change on until two quiet minutes later: all within the second window
    expect(sum).toMatchObject({ isVolatile: true, transitions: 6 });
    expect(totalMs(sum?.ms ?? NO_MS)).toBe(PAST_MS - 1000);
    expect(totalMs(sum?.steadyMs ?? NO_MS)).toBe(PAST_MS - 1000 - volatileMs);
  });

  it('reaches over whole windows, and back to what makes the first of them volatile', () => {
    const reach = timesReach({ from: PAST_FROM + 1, to: PAST_FROM + WINDOW_MS + 1 });
    expect(reach).toEqual({ from: PAST_FROM - 180_000, to: PAST_FROM + 2 * WINDOW_MS });
  });

  it('of no time is none', () => {
    expect(timesOf({ transitions: [], gaps: [] }, [PAST_FROM])).toEqual([]);
  });
});
