import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Volatility } from './volatility.ts';

const ANN = 7;

const after = (...instants: number[]): Volatility => {
  const volatility = new Volatility();
  for (const at of instants) volatility.note(ANN, at);
  return volatility;
};

describe('volatility', () => {
  it('takes more than three transitions in sixty seconds', () => {
    expect(after(0, 10_000, 20_000).isVolatile(ANN, 20_000)).toBe(false);
    expect(after(0, 10_000, 20_000, 59_999).isVolatile(ANN, 59_999)).toBe(true);
    expect(after(0, 10_000, 20_000, 60_000).isVolatile(ANN, 60_000)).toBe(false);
  });

  it('ends after two whole cycles without passing the limit', () => {
    const flapping = after(0, 1000, 2000, 3000);
    expect(flapping.isVolatile(ANN, 3000 + 119_999)).toBe(true);
    expect(flapping.isVolatile(ANN, 3000 + 120_000)).toBe(false);
  });

  it('counts the calm from the last time the limit was passed, however long the spell has gone on', () => {
    const restless = after(...Array.from({ length: 30 }, (_, index) => index * 10_000));
    expect(restless.since(ANN)).toBe(30_000);
    expect(restless.isVolatile(ANN, 290_000 + 119_999)).toBe(true);
    expect(restless.isVolatile(ANN, 290_000 + 120_000)).toBe(false);
  });

  it('keeps the beginning of a spell that goes on, and starts a new one after a calm', () => {
    expect(after(0, 1000, 2000, 3000, 4000).since(ANN)).toBe(3000);
    expect(after(0, 1, 2, 3, 500_000, 500_001, 500_002, 500_003).since(ANN)).toBe(500_003);
  });

  it('says of each transition whether it passes the limit', () => {
    const volatility = new Volatility();
    expect([0, 1, 2, 3, 4, 70_000].map((at) => volatility.note(ANN, at))).toEqual([
      false,
      false,
      false,
      true,
      true,
      false,
    ]);
  });

  it('forgets a spell when it is told to', () => {
    const flapping = after(0, 1, 2, 3);
    flapping.forget(ANN);
    expect(flapping.isVolatile(ANN, 3)).toBe(false);
    expect(flapping.since(ANN)).toBeNull();
  });

  it('agrees with a plain look at all transitions of each agent, whatever their instants', () => {
    const somebody = fc.constantFrom(3, 1024);
    const steps = fc.array(fc.tuple(somebody, fc.integer({ min: 1, max: 20_000 })), { maxLength: 80 });
    fc.assert(
      fc.property(steps, (story) => {
        let now = 0;
        const volatility = new Volatility();
        const transitions = story.map(([ref, gap]) => {
          now += gap;
          volatility.note(ref, now);
          return { ref, at: now };
        });
        for (const ref of [3, 1024]) {
          const own = transitions.filter((one) => one.ref === ref).map(({ at }) => at);
          const passedAt = own.filter((at) => own.filter((other) => other <= at && at - other < 60_000).length > 3);
          expect(volatility.isVolatile(ref, now)).toBe(passedAt.some((at) => now - at < 120_000));
        }
      }),
    );
  });
});
