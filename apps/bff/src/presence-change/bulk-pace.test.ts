import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { estimateMs, paceMs } from './bulk-pace.ts';

const budget = { allowed: 300, used: 0, resetsAt: 60_000, pausedUntil: null };

describe('the pace of a bulk', () => {
  it('spreads what may be used of the window over its rest', () => {
    expect(paceMs([{ budget, perTurn: 2 }], 0)).toBe(Math.ceil(60_000 / 90));
    expect(paceMs([{ budget: { ...budget, used: 120 }, perTurn: 2 }], 0)).toBe(2000);
    expect(paceMs([{ budget: { ...budget, used: 120 }, perTurn: 2 }], 30_000)).toBe(1000);
  });

  it('goes by the tightest window', () => {
    const tight = { budget: { ...budget, used: 178 }, perTurn: 1 };
    expect(paceMs([{ budget, perTurn: 2 }, tight], 0)).toBe(30_000);
  });

  it('waits for the next window where this one is used up, and for the end of a pause', () => {
    expect(paceMs([{ budget: { ...budget, used: 180 }, perTurn: 2 }], 15_000)).toBe(45_000);
    expect(paceMs([{ budget: { ...budget, pausedUntil: 9000 }, perTurn: 2 }], 1000)).toBe(8000);
  });

  it('is gentle while the platform has not said what it allows, and never a blow', () => {
    expect(paceMs([{ budget: { ...budget, allowed: null, resetsAt: null }, perTurn: 2 }], 0)).toBe(1000);
    expect(paceMs([{ budget: { ...budget, allowed: 100_000 }, perTurn: 2 }], 0)).toBe(250);
  });

  it('is told beforehand for all of them', () => {
    expect(estimateMs(200, [{ budget, perTurn: 2 }], 0)).toBe(199 * 667);
    expect(estimateMs(1, [{ budget, perTurn: 2 }], 0)).toBe(0);
    expect(estimateMs(2, [{ budget: { ...budget, used: 300 }, perTurn: 2 }], 0)).toBe(60_000);
  });

  it('leaves four tenths of every window to others, whatever they do and whenever it begins', () => {
    const story = fc.record({
      allowed: fc.integer({ min: 20, max: 1000 }),
      perTurn: fc.integer({ min: 1, max: 4 }),
      others: fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 200, maxLength: 200 }),
    });
    fc.assert(
      fc.property(story, ({ allowed, perTurn, others }) => {
        let [now, used, ours, resetsAt] = [0, 0, 0, 60_000];
        for (const ofOthers of others) {
          now += paceMs([{ budget: { allowed, used, resetsAt, pausedUntil: null }, perTurn }], now);
          if (now >= resetsAt) [used, ours, resetsAt] = [0, 0, now + 60_000];
          used += perTurn + ofOthers;
          ours += perTurn;
          expect(ours).toBeLessThanOrEqual(allowed * 0.6 + perTurn);
        }
      }),
    );
  });
});
