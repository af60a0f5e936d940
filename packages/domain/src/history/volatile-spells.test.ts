import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Volatility } from '../quality/volatility.ts';
import { activitySegments } from './lanes.ts';
import { anyPast, PAST_FROM, PAST_MS } from './recorded-past.fake.ts';
import type { ActivitySegment } from './segment.ts';
import { activityChanges, volatileSpells } from './volatile-spells.ts';

const RANGE = { from: PAST_FROM, to: PAST_FROM + PAST_MS };

/** A lane that changes between two activities at each of these seconds. */
const laneChangingAt = (seconds: readonly number[]): ActivitySegment[] =>
  [0, ...seconds].map((second, index, all) => ({
    from: second * 1000,
    to: (all[index + 1] ?? 1000) * 1000,
    value: index % 2 === 0 ? 'ready' : 'notResponding',
    discrepancy: null,
    startsExactly: true,
    isOngoing: false,
  }));

describe('volatileSpells', () => {
  it('holds at every second what the flag on the wall says', () => {
    fc.assert(
      fc.property(anyPast, (past) => {
        const segments = activitySegments(past, RANGE);
        const spells = volatileSpells(segments);
        const changes = new Set(activityChanges(segments));
        const flag = new Volatility();
        for (let at = RANGE.from; at < RANGE.to; at += 1000) {
          if (changes.has(at)) flag.note(0, at);
          expect(spells.some(({ from, to }) => from <= at && at < to)).toBe(flag.isVolatile(0, at));
        }
      }),
    );
  });

  it('begins with the fourth change within a minute and ends after two quiet ones', () => {
    expect(volatileSpells(laneChangingAt([10, 20, 30]))).toEqual([]);
    expect(volatileSpells(laneChangingAt([10, 20, 30, 69]))).toEqual([{ from: 69_000, to: 189_000, transitions: 1 }]);
    expect(volatileSpells(laneChangingAt([10, 20, 30, 70]))).toEqual([]);
  });

  it('is one spell while the limit is passed again before it is calm', () => {
    const seconds = [10, 20, 30, 40, 50, 300, 310, 320, 330];
    expect(volatileSpells(laneChangingAt(seconds))).toEqual([
      { from: 40_000, to: 170_000, transitions: 2 },
      { from: 330_000, to: 450_000, transitions: 1 },
    ]);
  });

  it('counts no coming to be known as a change', () => {
    const lane = laneChangingAt([10, 20, 30, 40]).map((segment, index) =>
      index === 2 ? { ...segment, value: 'unknown' as const } : segment,
    );
    expect(activityChanges(lane)).toEqual([10_000, 40_000]);
  });
});
