import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CALM, isVolatile, noteTransition, transitionsInWindow, type Volatility } from './volatility.ts';

const after = (...instants: number[]): Volatility => instants.reduce(noteTransition, CALM);

describe('volatility', () => {
  it('takes more than three transitions in sixty seconds', () => {
    expect(isVolatile(after(0, 10_000, 20_000), 20_000)).toBe(false);
    expect(isVolatile(after(0, 10_000, 20_000, 59_999), 59_999)).toBe(true);
    expect(isVolatile(after(0, 10_000, 20_000, 60_000), 60_000)).toBe(false);
  });

  it('ends after two whole cycles without passing the limit', () => {
    const flapping = after(0, 1000, 2000, 3000);
    expect(isVolatile(flapping, 3000 + 119_999)).toBe(true);
    expect(isVolatile(flapping, 3000 + 120_000)).toBe(false);
  });

  it('keeps the beginning of a spell that goes on, and starts a new one after a calm', () => {
    expect(after(0, 1000, 2000, 3000, 4000).since).toBe(3000);
    expect(after(0, 1, 2, 3, 500_000, 500_001, 500_002, 500_003).since).toBe(500_003);
  });

  it('counts what happened within the window', () => {
    expect(transitionsInWindow(after(0, 50_000, 55_000), 61_000)).toBe(2);
  });

  it('agrees with a plain look at all transitions, whatever their instants', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 90_000 }), { maxLength: 30 }), (gaps) => {
        let now = 0;
        const instants = gaps.map((gap) => (now += gap));
        const passedAt = instants.filter(
          (at) => instants.filter((other) => other <= at && at - other < 60_000).length > 3,
        );
        const expected = passedAt.some((at) => now - at < 120_000);
        expect(isVolatile(after(...instants), now)).toBe(expected);
      }),
    );
  });
});
