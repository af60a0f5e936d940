import fc from 'fast-check';
import { FakeClock } from '@floorwatch/domain/testing';
import { expect, test } from 'vitest';
import { PRIORITIES, type Priority } from './priority.ts';
import { RateBudget } from './rate-budget.ts';
import { BudgetSpent, RequestGate } from './request-gate.ts';

const makeGate = (maxInFlight: number) => {
  const clock = new FakeClock();
  const budget = new RateBudget(clock);
  return { clock, budget, gate: new RequestGate({ clock, budget, maxInFlight }) };
};

const settle = () => new Promise((resolve) => setImmediate(resolve));

test('the highest priority goes first, and within one the first come', async () => {
  const { gate } = makeGate(1);
  const leave = await gate.enter('sweep');
  const order: string[] = [];
  const queue = async (priority: Priority, name: string): Promise<void> => {
    const leaveNext = await gate.enter(priority);
    order.push(name);
    leaveNext();
  };
  const all = [
    queue('history', 'history'),
    queue('sweep', 'sweep'),
    queue('resync', 'resync 1'),
    queue('interactive', 'interactive'),
    queue('resync', 'resync 2'),
  ];
  expect(gate.waiting).toEqual({ interactive: 1, resync: 2, sweep: 1, history: 1 });
  leave();
  await Promise.all(all);
  expect(order).toEqual(['interactive', 'resync 1', 'resync 2', 'sweep', 'history']);
});

test('a pause holds the others back but tells an interactive call at once', async () => {
  const { gate, budget, clock } = makeGate(15);
  budget.pause(20_000);
  await expect(gate.enter('interactive')).rejects.toMatchObject({ name: 'BudgetSpent', retryAfterMs: 20_000 });
  let isIn = false;
  const sweep = gate.enter('sweep').then(() => (isIn = true));
  await clock.advance(19_999);
  expect(isIn).toBe(false);
  await clock.advance(1);
  await sweep;
  expect(isIn).toBe(true);
});

/** Time goes on with every look at it. */
class TickingClock extends FakeClock {
  #looks = 0;

  override now(): number {
    this.#looks += 1;
    return super.now() + this.#looks;
  }
}

test('a pause that ends while the gate looks at it does not strand those who wait', async () => {
  const clock = new TickingClock();
  const budget = new RateBudget(clock);
  const gate = new RequestGate({ clock, budget, maxInFlight: 15 });
  for (let pauseMs = 1; pauseMs < 12; pauseMs += 1) {
    budget.pause(pauseMs);
    let isIn = false;
    const entered = gate.enter('sweep').then((leave) => {
      isIn = true;
      leave();
    });
    await clock.advance(100);
    expect(isIn).toBe(true);
    await entered;
  }
});

test('an interactive call that waits for a free place is told when a pause begins', async () => {
  const { gate, budget } = makeGate(1);
  await gate.enter('sweep');
  const waiting = gate.enter('interactive');
  budget.pause(1000);
  gate.pump();
  await expect(waiting).rejects.toBeInstanceOf(BudgetSpent);
});

test('a call that is aborted while it waits gives its place up', async () => {
  const { gate, clock, budget } = makeGate(1);
  budget.pause(1000);
  const abort = new AbortController();
  const waiting = gate.enter('resync', abort.signal);
  abort.abort(new Error('no longer wanted'));
  await expect(waiting).rejects.toThrow('no longer wanted');
  expect(gate.waiting.resync).toBe(0);
  await clock.advance(1000);
  expect(gate.inFlight).toBe(0);
});

test('never more calls are in flight than allowed, and in the end everybody was let in', async () => {
  const step = fc.oneof(
    fc.record({ kind: fc.constant('enter' as const), priority: fc.constantFrom(...PRIORITIES) }),
    fc.record({ kind: fc.constant('leave' as const), nth: fc.nat(5) }),
    fc.record({ kind: fc.constant('pause' as const), ms: fc.nat(2000) }),
    fc.record({ kind: fc.constant('wait' as const), ms: fc.nat(3000) }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 60 }), fc.integer({ min: 1, max: 4 }), async (steps, maxInFlight) => {
      const { gate, budget, clock } = makeGate(maxInFlight);
      const inside: (() => void)[] = [];
      let asked = 0;
      let answered = 0;
      for (const next of steps) {
        if (next.kind === 'enter') {
          asked += 1;
          gate.enter(next.priority).then(
            (leave) => ((answered += 1), inside.push(leave)),
            () => (answered += 1),
          );
        } else if (next.kind === 'leave') inside.splice(next.nth, 1)[0]?.();
        else if (next.kind === 'pause') budget.pause(next.ms);
        else await clock.advance(next.ms);
        await settle();
        expect(gate.inFlight).toBeLessThanOrEqual(maxInFlight);
      }
      while (answered < asked || inside.length > 0) {
        inside.shift()?.();
        await clock.advance(3000);
      }
      expect(gate.inFlight).toBe(0);
      expect(clock.pending).toBe(0);
    }),
    { numRuns: 100 },
  );
});
