import { beforeAll, expect, it } from 'vitest';
import type { Store } from '../store.ts';
import { onBothEngines, SET_UP_MS } from '../testing/engines.fake.ts';

const PATIENT = { timeout: 15_000, interval: 100 };

onBothEngines('An ordered queue', (bench) => {
  let store: Store;

  beforeAll(async () => {
    store = await bench.open();
  }, SET_UP_MS);

  const queueOf = (name: string) =>
    store.jobs.orderedQueue({ name, retryDelaySeconds: 1, retryDelayMaxSeconds: 2, expireInSeconds: 60 });

  it('hands out the jobs of a key one after the other, in the order of their numbers, and those of other keys meanwhile', async () => {
    const queue = queueOf('in-order');
    const numbers = Array.from({ length: 40 }, (_, index) => index + 250);
    await queue.add(numbers.toReversed().map((number) => ({ number, key: number % 2 === 0 ? 'ann' : 'ben' })));
    const done: number[] = [];
    for (let taken = await queue.take(10); taken.length > 0; taken = await queue.take(10)) {
      expect(new Set(taken.map((number) => number % 2))).toEqual(new Set([0, 1]));
      expect(taken).toHaveLength(2);
      expect(await queue.take(10)).toEqual([]);
      await queue.drop(taken);
      done.push(...taken);
    }
    for (const rest of [0, 1]) {
      const ofKey = done.filter((number) => number % 2 === rest);
      expect(ofKey).toEqual(ofKey.toSorted((a, b) => a - b));
      expect(ofKey).toHaveLength(20);
    }
  });

  it('lets a key wait behind its job that failed, which comes again, and no other key', async () => {
    const queue = queueOf('failing');
    await queue.add([
      { number: 1, key: 'ann' },
      { number: 2, key: 'ann' },
      { number: 3, key: 'ben' },
    ]);
    expect(await queue.take(1)).toEqual([1]);
    await queue.tryAgain([1]);
    expect(await queue.take(5)).toEqual([3]);
    await queue.drop([3]);
    expect(await queue.take(5)).toEqual([]);
    let again: number[] = [];
    await expect
      .poll(async () => {
        again = await queue.take(5);
        return again;
      }, PATIENT)
      .toEqual([1]);
    await queue.drop([1]);
    expect(await queue.take(5)).toEqual([2]);
  }, 20_000);

  it('has a job once however often it is added, and none after it was cleared', async () => {
    const queue = queueOf('once');
    await queue.add([{ number: 7, key: 'ann' }]);
    await queue.add([{ number: 7, key: 'ann' }]);
    expect(await queue.take(5)).toEqual([7]);
    await queue.clear();
    expect(await queue.take(5)).toEqual([]);
    await queue.add([{ number: 7, key: 'ann' }]);
    expect(await queue.take(5)).toEqual([7]);
    await queue.remove();
    expect(await queue.take(5)).toEqual([]);
  });
});
