import { beforeAll, expect, it } from 'vitest';
import type { Store } from '../store.ts';
import { StoreUnavailable } from '../store-error.ts';
import { onBothEngines, SET_UP_MS, type Place } from '../testing/engines.fake.ts';

const OFTEN = { pollingSeconds: 0.5 };

/** Until a job has been looked for a few times. */
const PATIENT = { timeout: 20_000 };

onBothEngines('Jobs', (bench) => {
  let place: Place;
  let store: Store;

  beforeAll(async () => {
    place = await bench.place();
    store = await bench.open(place);
  }, SET_UP_MS);

  it('that fail come again, and go to the dead letters when they never succeed', async () => {
    const { jobs } = store;
    const tries: number[] = [];
    const dead: { n: number }[] = [];
    const options = { name: 'failing', retryLimit: 1, retryDelaySeconds: 1, deadLetter: 'failed-for-good' };
    const queue = jobs.queue<{ n: number }>(options);
    await queue.work(({ n }) => {
      tries.push(n);
      return Promise.reject(new Error('not today'));
    }, OFTEN);
    await queue.send({ n: 7 });
    await jobs
      .queue<{ n: number }>({ name: 'failed-for-good' })
      .work((data) => Promise.resolve(void dead.push(data)), OFTEN);
    await expect.poll(() => dead, PATIENT).toEqual([{ n: 7 }]);
    expect(tries).toEqual([7, 7]);
  }, 30_000);

  it('of an exclusive queue are there once for each key', async () => {
    const queue = store.jobs.queue<{ n: number }>({ name: 'exclusive', policy: 'exclusive' });
    const send = (n: number, singletonKey: string) => queue.send({ n }, { singletonKey, startAfterSeconds: 60 });
    expect(await send(1, 'a')).not.toBeNull();
    expect(await send(2, 'a')).toBeNull();
    expect(await send(3, 'b')).not.toBeNull();
  });

  it('that were left behind bar an exclusive queue until it is cleared', async () => {
    const queue = store.jobs.queue({ name: 'left-behind', policy: 'exclusive' });
    expect(await queue.send({})).not.toBeNull();
    expect(await queue.send({})).toBeNull();
    await queue.clear();
    expect(await queue.pending()).toBe(0);
    expect(await queue.send({})).not.toBeNull();
  });

  it('cannot be sent once the store is closed, and are worked off with their data after a restart', async () => {
    const queue = store.jobs.queue<{ day: string }>({ name: 'restart' });
    expect(await queue.send({ day: '2026-08-15' })).not.toBeNull();
    await store.close();
    await expect(store.jobs.queue({ name: 'late' }).send({})).rejects.toThrow(StoreUnavailable);

    const after = await bench.open(place);
    const worked: string[] = [];
    await after.jobs
      .queue<{ day: string }>({ name: 'restart' })
      .work(({ day }) => Promise.resolve(void worked.push(day)), OFTEN);
    await expect.poll(() => worked, PATIENT).toEqual(['2026-08-15']);
  }, 30_000);
});
