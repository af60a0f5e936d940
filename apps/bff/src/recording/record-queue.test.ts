import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { agentId, type RecordingStore, type Transition } from '@floorwatch/domain';
import { FakeClock, FakeRecordingStore } from '@floorwatch/domain/testing';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MortalStore } from './mortal-store.fake.ts';
import { RecordQueue } from './record-queue.ts';
import { RecordWriter } from './record-writer.ts';
import { SpillFile } from './spill-file.ts';
import { WindowKeeper } from './window-keeper.ts';

const ANN = agentId('ann');
const OUTAGE = new Error('no database');

let clock: FakeClock;
let store: FakeRecordingStore;
let folder: string;

beforeEach(async () => {
  clock = new FakeClock();
  store = new FakeRecordingStore();
  folder = await mkdtemp(join(tmpdir(), 'floorwatch-queue-'));
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

const changeAt = (at: number): Transition => ({
  agentId: ANN,
  fact: { kind: 'routing', routing: at % 2 === 0 ? 'idle' : 'interacting' },
  at,
  exact: true,
  ingestedAt: at,
  source: 'event',
});

interface Settings {
  readonly into?: RecordingStore;
  readonly memoryBound?: number;
  readonly heldBackFrom?: number | null;
  readonly path?: string;
}

/** A queue as a run has it, open. */
const start = async ({ into = store, memoryBound = 100, heldBackFrom = null, path }: Settings = {}) => {
  const spill = new SpillFile(path ?? join(folder, 'spill.jsonl'));
  await spill.open();
  const platformNow = (): number => clock.now();
  const windows = new WindowKeeper({ store: into, platformNow, agents: () => [ANN] });
  const writer = new RecordWriter({ store: into, windows, platformNow, backfillMs: 3_600_000 });
  const log = pino({ level: 'silent' });
  const queue = new RecordQueue({
    writer,
    spill,
    clock,
    log,
    platformNow,
    memoryBound,
    heldBackFrom: () => heldBackFrom,
  });
  writer.goOnFrom({ aliveAt: null, windowsUpTo: 0 });
  queue.open();
  return queue;
};

const add = (queue: RecordQueue, from: number, count: number): void => {
  for (let at = from; at < from + count; at += 1) queue.addTransition(changeAt(at));
};

const recorded = (): number[] => store.transitions.map(({ at }) => at);

const upTo = (count: number): number[] => Array.from({ length: count }, (_, at) => at);

describe('RecordQueue', () => {
  it('writes gaps before the changes, and then that everything up to now is written', async () => {
    const queue = await start();
    queue.addTransition(changeAt(20));
    queue.addGap({ agentId: ANN, from: 10, to: 20, reason: 'events-lost' });
    await queue.drain();
    expect(store.gaps).toMatchObject([{ from: 10, to: 20, state: 'open' }]);
    expect(recorded()).toEqual([20]);
    expect(await store.readProgress()).toMatchObject({ aliveAt: clock.now() });
    expect(queue.status()).toMatchObject({ waiting: 0, storeDown: null });
  });

  it('does not claim to know what came after a change that is still held back', async () => {
    const queue = await start({ heldBackFrom: 1234 });
    await queue.drain();
    expect(await store.readProgress()).toMatchObject({ aliveAt: 1234 });
  });

  it('keeps what comes while the store is away in memory, then on disk, and writes all of it in order when it is back', async () => {
    const queue = await start();
    store.outage = OUTAGE;
    add(queue, 0, 60);
    await expect(queue.drain()).rejects.toThrow(OUTAGE);
    expect(queue.status()).toMatchObject({
      waiting: 60,
      storeDown: { reason: 'no database' },
      spilled: { entries: 0 },
    });
    add(queue, 60, 60);
    await expect(queue.drain()).rejects.toThrow(OUTAGE);
    expect(queue.status()).toMatchObject({ waiting: 0, spilled: { entries: 121 } }); // and until when that is all
    add(queue, 120, 10);
    store.outage = null;
    await queue.drain();
    expect(recorded()).toEqual(upTo(130));
    expect(queue.status()).toMatchObject({ waiting: 0, storeDown: null, spilled: { entries: 0, bytes: 0 } });
  });

  it('does not wait for memory to be full when the store has been away for long: a crash would take it', async () => {
    const queue = await start();
    store.outage = OUTAGE;
    add(queue, 0, 1);
    await expect(queue.drain()).rejects.toThrow(OUTAGE);
    await clock.advance(10_000);
    await expect(queue.drain()).rejects.toThrow(OUTAGE);
    expect(queue.status()).toMatchObject({ waiting: 0, spilled: { entries: 2 } });
  });

  it('puts what is left on disk at the end, and a later run writes it', async () => {
    const queue = await start();
    store.outage = OUTAGE;
    add(queue, 0, 5);
    await queue.finish();
    store.outage = null;
    await (await start()).drain();
    expect(recorded()).toEqual(upTo(5));
  });

  it('loses nothing that is on disk, wherever it is killed', async () => {
    for (let calls = 0; calls < 12; calls += 1) {
      store.outage = OUTAGE;
      const queue = await start();
      add(queue, calls * 600, 600);
      await expect(queue.drain()).rejects.toThrow(OUTAGE);
      store.outage = null;
      const mortal = new MortalStore(store);
      mortal.dieAfter(calls % 6);
      const dying = await start({ into: mortal.store });
      const ended = dying.drain();
      await Promise.race([ended, mortal.death]);
    }
    await (await start()).drain();
    expect(recorded().toSorted((a, b) => a - b)).toEqual(upTo(12 * 600));
  });

  it('writes nothing before it is known what is recorded, and keeps within its bounds meanwhile', async () => {
    const spill = new SpillFile(join(folder, 'closed.jsonl'));
    await spill.open();
    const platformNow = (): number => clock.now();
    const windows = new WindowKeeper({ store, platformNow, agents: () => [] });
    const writer = new RecordWriter({ store, windows, platformNow, backfillMs: 0 });
    const log = pino({ level: 'silent' });
    const queue = new RecordQueue({
      writer,
      spill,
      clock,
      log,
      platformNow,
      memoryBound: 10,
      heldBackFrom: () => null,
    });
    add(queue, 0, 11);
    await queue.drain();
    expect(recorded()).toEqual([]);
    expect(queue.status()).toMatchObject({ waiting: 0, spilled: { entries: 12 } });
  });

  it('remembers as a gap what neither memory nor disk has room for', async () => {
    const path = join(folder, 'full.jsonl');
    const queue = await start({ path });
    await rm(path);
    await mkdir(path); // nothing can be written there
    store.outage = OUTAGE;
    add(queue, 1000, 101);
    await expect(queue.drain()).rejects.toThrow(OUTAGE);
    expect(queue.status()).toMatchObject({ waiting: 0, givenUp: 1 });
    store.outage = null;
    await queue.drain();
    expect(store.gaps).toMatchObject([{ agentId: ANN, from: 1000, to: 1101, reason: 'not-recording', state: 'open' }]);
  });

  it('tells how long it takes from the platform to the record', async () => {
    const queue = await start();
    for (let age = 1; age <= 100; age += 1) queue.addTransition(changeAt(clock.now() - age * 10));
    await queue.drain();
    expect(queue.status().lag).toEqual({ p50Ms: 500, p99Ms: 990 });
  });
});
