import { ACTIVITIES, unionOf, WINDOW_MS, type AvailabilityWindow, type WindowSum } from '@floorwatch/domain';
import fc from 'fast-check';
import { beforeAll, expect, it } from 'vitest';
import { onBothEngines, SET_UP_MS } from '../testing/engines.fake.ts';
import type { Store } from '../store.ts';
import { activities, anAgent, aWindow, DAY_ONE } from './recording.fake.ts';

const HOUR = 12 * WINDOW_MS;
const DAY = 24 * HOUR;

/** What adding up must give, by its definition. */
const sumOf = (windows: readonly AvailabilityWindow[], boundaries: readonly number[]): WindowSum[] =>
  boundaries.slice(0, -1).flatMap((from, bucket) => {
    const to = boundaries[bucket + 1] ?? 0;
    const inside = windows.filter((window) => window.from >= from && window.from < to);
    const steady = inside.filter(({ isVolatile }) => !isVolatile);
    const [first] = inside;
    if (first === undefined) return [];
    const total = (of: readonly AvailabilityWindow[]) =>
      activities((activity) => of.reduce((sum, { ms }) => sum + ms[activity], 0));
    return [
      {
        agentId: first.agentId,
        bucket,
        ms: total(inside),
        steadyMs: total(steady),
        transitions: inside.reduce((sum, { transitions }) => sum + transitions, 0),
        windows: inside.length,
        volatileWindows: inside.length - steady.length,
      },
    ];
  });

onBothEngines('Availability windows', (bench) => {
  let store: Store;

  beforeAll(async () => {
    store = await bench.open();
  }, SET_UP_MS);

  it('come back as they were put, by agent and start, from the first instant up to but without the last', async () => {
    const agent = anAgent('read');
    const every = Object.fromEntries(ACTIVITIES.map((activity, index) => [activity, index * 2500]));
    const windows = [
      aWindow({ agent, from: DAY_ONE, ms: every }),
      aWindow({ agent, from: DAY_ONE + WINDOW_MS, isVolatile: true }),
      aWindow({ agent, from: DAY_ONE + DAY, ms: { offline: 100_000, unknown: 200_000 } }),
    ];
    await store.recording.putWindows(windows.toReversed());
    const read = (from: number, to: number) => store.recording.readWindows({ agentIds: [agent], from, to });
    expect(await read(DAY_ONE, DAY_ONE + DAY + 1)).toEqual(windows);
    expect(await read(DAY_ONE + 1, DAY_ONE + DAY)).toEqual(windows.slice(1, 2));
  });

  it('take the place of what was there, also within one call', async () => {
    const agent = anAgent('replace');
    const last = aWindow({ agent, from: DAY_ONE, ms: { break: WINDOW_MS } });
    await store.recording.putWindows([aWindow({ agent, from: DAY_ONE })]);
    await store.recording.putWindows([aWindow({ agent, from: DAY_ONE, isVolatile: true }), last]);
    expect(await store.recording.readWindows({ agentIds: [agent], from: DAY_ONE, to: DAY_ONE + DAY })).toEqual([last]);
  });

  it('add up per bucket, volatile ones apart, to what adding them by hand gives', async () => {
    let round = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.record({
            window: fc.integer({ min: 0, max: 600 }),
            ready: fc.integer({ min: 0, max: WINDOW_MS }),
            isVolatile: fc.boolean(),
          }),
          { maxLength: 60 },
        ),
        fc.uniqueArray(fc.integer({ min: 0, max: 600 }), { minLength: 2, maxLength: 12 }),
        async (parts, cuts) => {
          round += 1;
          const agent = anAgent(`sum ${String(round)}`);
          const windows = parts.map(({ window, ready, isVolatile }) =>
            aWindow({
              agent,
              from: DAY_ONE + window * WINDOW_MS,
              ms: { ready, unknown: WINDOW_MS - ready },
              isVolatile,
            }),
          );
          const boundaries = cuts.toSorted((a, b) => a - b).map((cut) => DAY_ONE + cut * WINDOW_MS);
          await store.recording.putWindows(windows);
          const kept = [...new Map(windows.map((window) => [window.from, window])).values()];
          expect(await store.recording.sumWindows([agent], boundaries)).toEqual(sumOf(kept, boundaries));
        },
      ),
      { numRuns: 40 },
    );
  });

  it('tell where nothing is unknown: neither a hole between them nor a moment within one', async () => {
    let round = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(fc.record({ window: fc.integer({ min: 280, max: 300 }), isKnown: fc.boolean() }), {
          selector: ({ window }) => window,
        }),
        async (parts) => {
          round += 1;
          const agent = anAgent(`known ${String(round)}`);
          const startOf = (window: number): number => DAY_ONE + window * WINDOW_MS;
          const ms = (isKnown: boolean) => (isKnown ? { ready: WINDOW_MS } : { ready: WINDOW_MS - 1, unknown: 1 });
          await store.recording.putWindows(
            parts.map(({ window, isKnown }) => aWindow({ agent, from: startOf(window), ms: ms(isKnown) })),
          );
          const asked = { from: startOf(282), to: startOf(299) };
          const known = parts
            .filter(({ window, isKnown }) => isKnown && window >= 282 && window < 299)
            .map(({ window }) => ({ from: startOf(window), to: startOf(window + 1) }));
          expect(await store.recording.readKnownStretches(agent, asked)).toEqual(unionOf(known));
        },
      ),
      { numRuns: 40 },
    );
    expect(await store.recording.readKnownStretches(anAgent('stranger'), { from: 0, to: DAY_ONE })).toEqual([]);
  });

  it('add up for many agents at once', async () => {
    const agents = Array.from({ length: 1100 }, (_, index) => anAgent(`of many ${String(index)}`));
    await store.recording.putWindows(agents.map((agent) => aWindow({ agent, from: DAY_ONE + HOUR })));
    const sums = await store.recording.sumWindows(agents, [DAY_ONE, DAY_ONE + DAY]);
    expect(sums).toHaveLength(1100);
    expect(new Set(sums.map(({ ms }) => ms.ready))).toEqual(new Set([WINDOW_MS]));
  });
});
