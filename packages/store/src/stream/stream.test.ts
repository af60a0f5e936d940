import type { StreamCursor, StreamedTransition, Transition } from '@floorwatch/domain';
import { agentId, idempotencyKey, WINDOW_MS } from '@floorwatch/domain';
import { FakeClock } from '@floorwatch/domain/testing';
import { beforeAll, beforeEach, expect, it } from 'vitest';
import { anAgent, aTransition, aWindow, DAY_ONE, EVERY_KIND, MINUTE } from '../recording/recording.fake.ts';
import type { Store } from '../store.ts';
import { onBothEngines, onPostgres, SET_UP_MS } from '../testing/engines.fake.ts';
import { ARRIVALS_ASKED_MS } from './arrivals.ts';
import { CursorTooOld, CursorUnknown } from './stream-cursor.ts';

const DAY = 86_400_000;

const readAll = async (store: Store, after: StreamCursor | null = null, limit = 100) => {
  const entries: StreamedTransition[] = [];
  let page = await store.stream.readTransitions({ after, limit });
  entries.push(...page.entries);
  while (page.hasMore) {
    page = await store.stream.readTransitions({ after: page.next, limit });
    entries.push(...page.entries);
  }
  return { entries, next: page.next };
};

const keysOf = (transitions: readonly Pick<Transition, 'agentId' | 'fact' | 'at'>[]) => transitions.map(idempotencyKey);

onBothEngines('The stream of transitions', (bench) => {
  let store: Store;
  /** Where the stream stood when the test began. */
  let start: StreamCursor;

  beforeAll(async () => {
    store = await bench.open();
  }, SET_UP_MS);

  beforeEach(async () => {
    start = await store.stream.head('transitions');
  });

  it('tells each once, whole, in the order in which it was recorded, however often it was written', async () => {
    const late = EVERY_KIND.map((fact, index) => aTransition({ fact, at: DAY_ONE + index * MINUTE }));
    const early = [aTransition({ at: DAY_ONE - MINUTE, exact: false, source: 'analytics' })];
    await store.recording.addTransitions(late);
    await store.recording.addTransitions([...late, ...early]);
    await store.recording.addTransitions(late);
    const { entries } = await readAll(store, start, 3);
    expect(keysOf(entries)).toEqual(keysOf([...late, ...early]));
    expect(entries).toEqual([...late, ...early].map((one) => expect.objectContaining({ ...one }) as unknown));
    expect(entries.map(({ id }) => id)).toEqual(keysOf([...late, ...early]));
  });

  it('goes on after any entry, by its cursor, and says where the end is', async () => {
    const agent = anAgent('places');
    const all = Array.from({ length: 7 }, (_, index) => aTransition({ agentId: agent, at: DAY_ONE + index }));
    await store.recording.addTransitions(all);
    const { entries, next } = await readAll(store, start);
    for (const [index, { cursor }] of entries.entries())
      expect(keysOf((await readAll(store, cursor, 2)).entries)).toEqual(keysOf(all.slice(index + 1)));
    expect(next).toBe(await store.stream.head('transitions'));
    expect(await store.stream.readTransitions({ after: next, limit: 5 })).toEqual({
      entries: [],
      next,
      hasMore: false,
    });
  });

  it('says what each one changed: the value before, and the activity before and after, as far as they are known', async () => {
    const agent = anAgent('told');
    const presence = aTransition({
      agentId: agent,
      at: DAY_ONE,
      fact: { kind: 'presence', presence: 'onQueue', definitionId: null, message: null },
    });
    const idle = aTransition({ agentId: agent, at: DAY_ONE + 1, fact: { kind: 'routing', routing: 'idle' } });
    const busy = aTransition({ agentId: agent, at: DAY_ONE + 2, fact: { kind: 'routing', routing: 'interacting' } });
    const afterLoss = aTransition({ agentId: agent, at: DAY_ONE + MINUTE, fact: { kind: 'routing', routing: 'idle' } });
    await store.recording.addGaps([
      { agentId: agent, from: DAY_ONE + 10, to: DAY_ONE + MINUTE, reason: 'events-lost' },
    ]);
    await store.recording.addTransitions([presence, idle, busy, afterLoss]);
    const { entries } = await readAll(store, start);
    expect(
      entries.map(({ previous, activityBefore, activityAfter }) => ({ previous, activityBefore, activityAfter })),
    ).toEqual([
      { previous: null, activityBefore: null, activityAfter: null },
      { previous: null, activityBefore: null, activityAfter: 'ready' },
      { previous: idle.fact, activityBefore: 'ready', activityAfter: 'interacting' },
      { previous: null, activityBefore: null, activityAfter: 'ready' },
    ]);
  });

  it('tells of those who are wanted only, and moves on over the others', async () => {
    const wanted = anAgent('wanted');
    const all = Array.from({ length: 40 }, (_, index) =>
      aTransition({ at: DAY_ONE + index, agentId: index % 10 === 0 ? wanted : anAgent(String(index)) }),
    );
    await store.recording.addTransitions(all);
    const page = await store.stream.readTransitions({ after: start, limit: 3, isWanted: (id) => id === wanted });
    expect(keysOf(page.entries)).toEqual(keysOf([0, 10, 20].flatMap((index) => all[index] ?? [])));
    const rest = await store.stream.readTransitions({ after: page.next, limit: 3, isWanted: (id) => id === wanted });
    expect(keysOf(rest.entries)).toEqual(keysOf(all.slice(30, 31)));
    expect(rest).toMatchObject({ hasMore: false, next: await store.stream.head('transitions') });
    const none = await store.stream.readTransitions({ after: start, limit: 3, kinds: ['presence'] });
    expect(none).toEqual({ entries: [], hasMore: false, next: rest.next });
  });

  it.each([
    ['mistyped', () => 'x'],
    ['of another stream', (store: Store) => store.stream.head('windows')],
    ['of another database', () => 't0123456789ab-1'],
    ['beyond the end', async (store: Store) => `${(await store.stream.head('transitions')).slice(0, 14)}zz`],
  ])('refuses a cursor that is %s', async (_, cursorIn) => {
    const reading = store.stream.readTransitions({ after: await cursorIn(store), limit: 5 });
    await expect(reading).rejects.toThrow(CursorUnknown);
  });

  it('calls those who listen when this process has added something, and not for what was there', async () => {
    const agent = anAgent('heard');
    let calls = 0;
    const stop = store.stream.onArrival('transitions', () => (calls += 1));
    await store.recording.addTransitions([aTransition({ agentId: agent, at: DAY_ONE })]);
    expect(calls).toBe(1);
    await store.recording.addTransitions([aTransition({ agentId: agent, at: DAY_ONE })]);
    expect(calls).toBe(1);
    stop();
    await store.recording.addTransitions([aTransition({ agentId: agent, at: DAY_ONE + 1 })]);
    expect(calls).toBe(1);
  });

  it('refuses a cursor whose followers retention has dropped, and names the oldest; what is kept is told on', async () => {
    const agent = anAgent('kept');
    const later = DAY_ONE + 30 * DAY;
    const all = [0, 1, 2, 3].map((day) => aTransition({ agentId: agent, at: later + day * DAY }));
    await store.recording.addTransitions(all);
    const { entries } = await readAll(store, start);
    await store.recording.dropBefore(later + 2 * DAY);
    const error: unknown = await store.stream
      .readTransitions({ after: entries[0]?.cursor ?? '', limit: 5 })
      .catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(CursorTooOld);
    expect(error).toMatchObject({ oldest: entries[1]?.cursor });
    for (const after of [null, entries[1]?.cursor ?? ''])
      expect(keysOf((await readAll(store, after)).entries)).toEqual(keysOf(all.slice(2)));
    // Older than what is kept: not recorded, so not told.
    await store.recording.addTransitions([aTransition({ agentId: agent, at: later + 5 })]);
    expect((await readAll(store, entries[3]?.cursor)).entries).toEqual([]);
  });
});

onBothEngines('The stream of windows', (bench) => {
  let store: Store;

  beforeAll(async () => {
    store = await bench.open();
  }, SET_UP_MS);

  it('tells each version once, the newest only, and none for what says the same', async () => {
    const agent = anAgent('windows');
    const windows = [0, 1, 2].map((index) => aWindow({ agent, from: DAY_ONE + index * WINDOW_MS }));
    await store.recording.putWindows(windows);
    const first = await store.stream.readWindows({ after: null, limit: 2 });
    expect(first.entries).toEqual(windows.slice(0, 2).map((one) => expect.objectContaining({ ...one }) as unknown));
    const changed = aWindow({ agent, from: DAY_ONE, ms: { break: WINDOW_MS } });
    await store.recording.putWindows([changed, ...windows.slice(1)]);
    const second = await store.stream.readWindows({ after: first.next, limit: 5 });
    expect(second.entries).toMatchObject([windows[2], changed]);
    const fromTheStart = await store.stream.readWindows({ after: null, limit: 5 });
    expect(fromTheStart.entries).toMatchObject([windows[1], windows[2], changed]);
    expect(await store.stream.readWindows({ after: second.next, limit: 5 })).toMatchObject({
      entries: [],
      hasMore: false,
    });
  });

  it('goes with its days', async () => {
    const agent = anAgent('days');
    const windows = [0, 1, 2].map((day) => aWindow({ agent, from: DAY_ONE + day * DAY }));
    const start = await store.stream.head('windows');
    await store.recording.putWindows(windows);
    const { entries } = await store.stream.readWindows({ after: start, limit: 5 });
    await store.recording.dropBefore(DAY_ONE + DAY);
    expect((await store.stream.readWindows({ after: null, limit: 5 })).entries).toMatchObject(windows.slice(1));
    const again = store.stream.readWindows({ after: entries[0]?.cursor ?? '', limit: 5 });
    expect((await again).entries).toMatchObject(windows.slice(1));
  });
});

onPostgres('The stream under several writers', (bench) => {
  it(
    'is read without a miss while they write: numbers appear in their order, and without holes',
    async () => {
      const place = await bench.place();
      const reader = await bench.open(place);
      // While one is long at a thousand, others come and go; half of what each of these writes, another writes too.
      const sizes = [1000, 4, 4];
      const batchesOf = sizes.map((size, writer) =>
        Array.from({ length: size === 1000 ? 10 : 150 }, (_, batch) =>
          Array.from({ length: size }, (__, index) => {
            const agent = size < 1000 && index % 2 === 0 ? 'shared' : `agent-${String(writer)}`;
            return aTransition({ at: DAY_ONE + batch * size + index, agentId: agentId(agent) });
          }),
        ),
      );
      let isWriting = true;
      const writing = Promise.all(
        batchesOf.map(async (batches) => {
          const store = await bench.open(place);
          for (const batch of batches) await store.recording.addTransitions(batch);
        }),
      ).finally(() => (isWriting = false));
      const told: StreamedTransition[] = [];
      let after: StreamCursor | null = null;
      for (let wasWriting = true; wasWriting;) {
        wasWriting = isWriting;
        const { entries, next } = await readAll(reader, after, 200);
        told.push(...entries);
        after = next;
      }
      await writing;
      const all = new Set(batchesOf.flat().flatMap(keysOf));
      expect(keysOf(told).toSorted()).toEqual([...all].toSorted());
      expect(told.map(({ cursor }) => Number.parseInt(cursor.slice(14), 36))).toEqual(
        told.map((_, index) => index + 1),
      );
    },
    SET_UP_MS,
  );

  it('tells a process of what others wrote', async () => {
    const place = await bench.place();
    const clock = new FakeClock();
    const [writer, reader] = [await bench.open(place), await bench.open(place, { clock })];
    let calls = 0;
    reader.stream.onArrival('transitions', () => (calls += 1));
    await writer.recording.addTransitions([aTransition({ at: DAY_ONE })]);
    await expect
      .poll(async () => {
        await clock.advance(ARRIVALS_ASKED_MS);
        return calls;
      })
      .toBe(1);
  });
});
