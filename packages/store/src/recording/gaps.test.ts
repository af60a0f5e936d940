import type { RecordingGap } from '@floorwatch/domain';
import fc from 'fast-check';
import { beforeAll, expect, it } from 'vitest';
import { onBothEngines, SET_UP_MS } from '../testing/engines.fake.ts';
import type { Store } from '../store.ts';
import { anAgent } from './recording.fake.ts';

onBothEngines('Gaps', (bench) => {
  let store: Store;

  beforeAll(async () => {
    store = await bench.open();
  }, SET_UP_MS);

  const read = (agent: string, from = 0, to = 1e6) =>
    store.recording.readGaps({ agentIds: [anAgent(agent)], from, to });

  const gap = (agent: string, from: number, to: number): RecordingGap => ({
    agentId: anAgent(agent),
    from,
    to,
    reason: 'events-lost',
    state: 'open',
  });

  /** The same, but for what is given. */
  const but = (one: RecordingGap, parts: Partial<RecordingGap>): RecordingGap => ({ ...one, ...parts });

  it('become one where they overlap, and stay two where they only touch or have another reason', async () => {
    await store.recording.addGaps([gap('merge', 0, 10), gap('merge', 20, 30), gap('other', 0, 100)]);
    await store.recording.addGaps([
      gap('merge', 5, 25),
      gap('merge', 30, 40),
      but(gap('merge', 0, 50), { reason: 'not-recording' }),
    ]);
    expect(await read('merge')).toEqual(
      expect.arrayContaining([
        gap('merge', 0, 30),
        but(gap('merge', 0, 50), { reason: 'not-recording' }),
        gap('merge', 30, 40),
      ]),
    );
    expect(await read('merge')).toHaveLength(3);
    expect(await read('other')).toEqual([gap('other', 0, 100)]);
  });

  it('stay closed when they are told again', async () => {
    await store.recording.addGaps([gap('again', 0, 10)]);
    await store.recording.closeGaps([gap('again', 0, 10)], 'filled');
    await store.recording.addGaps([gap('again', 0, 10)]);
    expect(await read('again')).toEqual([but(gap('again', 0, 10), { state: 'filled' })]);
  });

  it('are read where they touch the interval, closed ones too', async () => {
    await store.recording.addGaps([gap('touch', 0, 10), gap('touch', 20, 30), gap('touch', 40, 50)]);
    await store.recording.closeGaps([gap('touch', 20, 30)], 'unknowable');
    expect(await read('touch', 10, 40)).toEqual([but(gap('touch', 20, 30), { state: 'unknowable' })]);
    expect(await read('touch', 9, 41)).toHaveLength(3);
  });

  it('are worked off oldest first', async () => {
    await store.recording.closeGaps(await store.recording.readOpenGaps(1000), 'filled');
    await store.recording.addGaps([gap('b', 300, 310), gap('a', 100, 110), gap('c', 200, 210)]);
    expect(await store.recording.readOpenGaps(2)).toEqual([gap('a', 100, 110), gap('c', 200, 210)]);
  });

  it('cover the same time in whatever order they are told, and open ones never overlap', async () => {
    let round = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 1, max: 15 })), {
          minLength: 1,
          maxLength: 12,
        }),
        fc.array(fc.nat({ max: 11 }), { maxLength: 12 }),
        async (spans, again) => {
          round += 1;
          const agent = `round ${String(round)}`;
          const all = spans.map(([from, length]) => gap(agent, from, from + length));
          for (const one of [...all, ...again.flatMap((index) => all[index] ?? [])])
            await store.recording.addGaps([one]);
          const kept = (await read(agent)).toSorted((a, b) => a.from - b.from);
          const covered = (gaps: readonly RecordingGap[]) =>
            Array.from({ length: 60 }, (_, instant) => gaps.some(({ from, to }) => from <= instant && instant < to));
          expect(covered(kept)).toEqual(covered(all));
          for (const [index, one] of kept.slice(1).entries())
            expect(one.from).toBeGreaterThanOrEqual(kept[index]?.to ?? 0);
        },
      ),
      { numRuns: 25 },
    );
  });
});
