import { describe, expect, it } from 'vitest';
import { FakeClock } from './clock.fake.ts';

describe('FakeClock', () => {
  it('stands still until it is moved, and then by exactly that much', async () => {
    const clock = new FakeClock(1000);
    expect(clock.now()).toBe(1000);
    await clock.advance(250);
    expect(clock.now()).toBe(1250);
  });

  it('runs what falls due in the order of time, each at its own instant', async () => {
    const clock = new FakeClock(0);
    const log: string[] = [];
    const note = (name: string) => () => log.push(`${name}@${String(clock.now())}`);
    clock.after(30, note('late'));
    clock.after(10, note('early'));
    clock.every(20, note('tick'));
    await clock.advance(40);
    expect(log).toEqual(['early@10', 'tick@20', 'late@30', 'tick@40']);
  });

  it('runs what a timer or a settled promise starts within the same span', async () => {
    const clock = new FakeClock(0);
    const log: number[] = [];
    const walk = async (): Promise<void> => {
      await clock.sleep(10);
      log.push(clock.now());
      await clock.sleep(10);
      log.push(clock.now());
    };
    const walked = walk();
    await clock.advance(20);
    await walked;
    expect(log).toEqual([10, 20]);
  });

  it('forgets what was cancelled', async () => {
    const clock = new FakeClock(0);
    const log: string[] = [];
    const cancelAfter = clock.after(10, () => log.push('after'));
    const cancelEvery = clock.every(10, () => {
      log.push('every');
      cancelEvery();
    });
    cancelAfter();
    await clock.advance(100);
    expect(log).toEqual(['every']);
    expect(clock.pending).toBe(0);
  });

  it('ends a sleep with the reason of the abort, and leaves no timer behind', async () => {
    const clock = new FakeClock(0);
    const stop = new AbortController();
    const slept = clock.sleep(1000, stop.signal);
    stop.abort(new Error('shutting down'));
    await expect(slept).rejects.toThrow('shutting down');
    expect(clock.pending).toBe(0);
    await expect(clock.sleep(1000, stop.signal)).rejects.toThrow('shutting down');
  });
});
