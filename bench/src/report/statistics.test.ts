import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LatencyHistogram } from './latency-histogram.ts';
import { median, percentile } from './statistics.ts';

describe('median', () => {
  it('is the middle value, or the mean of the two middle ones', () => {
    expect(median([9, 1, 5])).toBe(5);
    expect(median([4, 1, 3, 2])).toBe(2.5);
  });

  it('is not a number when nothing was measured', () => {
    expect(median([])).toBeNaN();
  });
});

describe('percentile', () => {
  it('is the smallest value that the share of all values does not exceed', () => {
    const values = Array.from({ length: 100 }, (_, index) => 100 - index);
    expect([
      percentile(values, 0.5),
      percentile(values, 0.95),
      percentile(values, 0.99),
      percentile(values, 1),
    ]).toEqual([50, 95, 99, 100]);
  });

  it('of one value is that value, of none not a number', () => {
    expect(percentile([7], 0.99)).toBe(7);
    expect(percentile([], 0.5)).toBeNaN();
  });
});

describe('LatencyHistogram', () => {
  it('tells the same percentiles as the values themselves, however they are spread over processes', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 5000 }), { minLength: 1, maxLength: 200 }),
        fc.double({ min: 0.01, max: 1, noNaN: true }),
        (values, share) => {
          const sum = new LatencyHistogram();
          for (const part of [values.slice(0, 50), values.slice(50)]) {
            const histogram = new LatencyHistogram();
            for (const value of part) histogram.record(value);
            sum.add(histogram.counts);
          }
          expect(sum.total).toBe(values.length);
          expect(sum.percentile(share)).toBe(percentile(values, share));
        },
      ),
    );
  });

  it('counts a negative duration as none, and one beyond its range as its longest', () => {
    const histogram = new LatencyHistogram();
    histogram.record(-3);
    histogram.record(1e9);
    expect([histogram.percentile(0.5), histogram.percentile(1)]).toEqual([0, 60_000]);
  });

  it('knows nothing without samples', () => {
    expect(new LatencyHistogram().percentile(0.99)).toBeNaN();
  });
});
