import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { WINDOW_MS } from './availability-window.ts';
import { bucketBoundaries, GRANULARITIES } from './buckets.ts';
import { dayOf, localMs } from './zone-time.ts';

const HOUR = 3_600_000;
const at = (text: string): number => Date.parse(text);
const ZONES = ['UTC', 'Europe/Berlin', 'Asia/Kathmandu', 'Australia/Lord_Howe', 'America/Sao_Paulo', 'Pacific/Apia'];

const ranges = fc
  .tuple(fc.integer({ min: at('2015-01-01T00:00:00Z'), max: at('2035-01-01T00:00:00Z') }), fc.nat(31 * 24 * HOUR))
  .map(([from, length]) => ({ from, to: from + length }));

const hoursBetween = (boundaries: readonly number[]): number[] =>
  boundaries.slice(1).map((boundary, index) => (boundary - (boundaries[index] ?? 0)) / HOUR);

describe('cutting a range into buckets', () => {
  it('keeps its ends, rises, and has only whole windows between them', () => {
    fc.assert(
      fc.property(ranges, fc.constantFrom(...GRANULARITIES), fc.constantFrom(...ZONES), (range, granularity, zone) => {
        const boundaries = bucketBoundaries(range, { granularity, zone });
        expect(boundaries[0]).toBe(range.from);
        expect(boundaries.at(-1)).toBe(range.to);
        expect(boundaries).toEqual([...new Set(boundaries)].toSorted((a, b) => a - b));
        expect(boundaries.slice(1, -1).filter((boundary) => boundary % WINDOW_MS !== 0)).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  it('cuts days where the calendar does: 23 and 25 hours where the clocks change', () => {
    const spring = { from: at('2026-03-27T23:00:00Z'), to: at('2026-03-30T22:00:00Z') };
    const autumn = { from: at('2026-10-23T22:00:00Z'), to: at('2026-10-26T23:00:00Z') };
    const cut = { granularity: '1d', zone: 'Europe/Berlin' } as const;
    expect(hoursBetween(bucketBoundaries(spring, cut))).toEqual([24, 23, 24]);
    expect(hoursBetween(bucketBoundaries(autumn, cut))).toEqual([24, 25, 24]);
  });

  it('cuts weeks on Mondays, the first and the last one to the range', () => {
    const range = { from: at('2026-11-18T23:00:00Z'), to: at('2026-12-02T23:00:00Z') };
    const boundaries = bucketBoundaries(range, { granularity: '1w', zone: 'Europe/Berlin' });
    expect(boundaries.map((boundary) => dayOf(boundary, 'Europe/Berlin'))).toEqual([
      '2026-11-19',
      '2026-11-23',
      '2026-11-30',
      '2026-12-03',
    ]);
  });

  it('cuts hours where the clocks of the zone show whole ones', () => {
    fc.assert(
      fc.property(ranges, fc.constantFrom(...ZONES), (range, zone) => {
        const inside = bucketBoundaries(range, { granularity: '1h', zone }).slice(1, -1);
        expect(inside.filter((boundary) => localMs(boundary, zone) % HOUR !== 0)).toEqual([]);
        const longest = Math.max(0, ...hoursBetween(inside));
        expect(longest).toBeLessThanOrEqual(zone === 'Australia/Lord_Howe' ? 1.5 : 1);
      }),
      { numRuns: 40 },
    );
  });

  it('cuts no day that the calendar of the zone has left out', () => {
    const range = { from: at('2011-12-29T20:00:00Z'), to: at('2011-12-31T11:00:00Z') };
    expect(bucketBoundaries(range, { granularity: '1d', zone: 'Pacific/Apia' })).toEqual([
      range.from,
      at('2011-12-30T10:00:00Z'),
      at('2011-12-31T10:00:00Z'),
      range.to,
    ]);
  });
});
