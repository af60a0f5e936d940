import type { AgentId, Transition } from '@floorwatch/domain';
import fc from 'fast-check';
import { beforeAll, expect, it } from 'vitest';
import { onBothEngines, SET_UP_MS } from '../testing/engines.fake.ts';
import type { Store } from '../store.ts';
import { anAgent, aTransition, DAY_ONE, EVERY_KIND, MINUTE } from './recording.fake.ts';

const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const order = (a: Transition, b: Transition): number =>
  a.at - b.at || (a.fact.kind === b.fact.kind ? 0 : KINDS.indexOf(a.fact.kind) - KINDS.indexOf(b.fact.kind));

const KINDS = ['presence', 'routing', 'work', 'outOfOffice', 'queues'];

/** What reading must give, by its definition: for each kind the latest before `from`, and all from there to `to`. */
const expectedOf = (all: readonly Transition[], from: number, to: number): Transition[] => {
  const before = KINDS.flatMap((kind) =>
    all
      .filter(({ fact, at }) => fact.kind === kind && at < from)
      .toSorted(order)
      .slice(-1),
  );
  return [...before, ...all.filter(({ at }) => at >= from && at < to)].toSorted(order);
};

onBothEngines('Transitions', (bench) => {
  let store: Store;

  beforeAll(async () => {
    store = await bench.open();
  }, SET_UP_MS);

  const readAll = async (agent: AgentId): Promise<Transition[]> =>
    (await store.recording.readTransitions({ agentIds: [agent], from: 0, to: DAY_ONE + 400 * DAY })).get(agent) ?? [];

  it('come back as they were written, whatever their kind and text', async () => {
    const agentId = anAgent('every kind');
    const written = EVERY_KIND.map((fact, index) =>
      aTransition({
        agentId,
        fact,
        at: DAY_ONE + index,
        exact: index % 2 === 0,
        source: index % 3 === 0 ? 'analytics' : 'snapshot',
      }),
    );
    expect(await store.recording.addTransitions(written)).toBe(written.length);
    expect(await readAll(agentId)).toEqual(written);
  });

  it('are recorded once: the first that was told stays, a repetition is not counted', async () => {
    const agentId = anAgent('once');
    const told = aTransition({ agentId, at: DAY_ONE + 5 });
    expect(await store.recording.addTransitions([told, { ...told, ingestedAt: told.at + 9000 }])).toBe(1);
    expect(await store.recording.addTransitions([{ ...told, source: 'snapshot' }])).toBe(0);
    expect(await readAll(agentId)).toEqual([told]);
  });

  it('make the same rows in whatever order, parts and repetitions they are told', async () => {
    let round = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ kind: fc.nat({ max: EVERY_KIND.length - 1 }), hour: fc.nat({ max: 72 }) }), {
          minLength: 1,
          maxLength: 40,
        }),
        fc.array(fc.array(fc.nat(), { minLength: 1, maxLength: 30 }), { maxLength: 8 }),
        fc.nat({ max: 72 }),
        async (facts, batches, fromHour) => {
          round += 1;
          const agentId = anAgent(`round ${bench.engine} ${String(round)}`);
          const all = onceEach(
            facts.map(({ kind, hour }) =>
              aTransition({
                agentId,
                fact: EVERY_KIND[kind] ?? { kind: 'work', work: 'none' },
                at: DAY_ONE + hour * HOUR,
              }),
            ),
          );
          const from = fromHour * HOUR;
          for (const picks of batches)
            await store.recording.addTransitions(picks.flatMap((pick) => all[pick % all.length] ?? []));
          // What no batch has told yet, the latest first.
          for (const one of all.toSorted((a, b) => order(b, a))) await store.recording.addTransitions([one]);
          expect(await readAll(agentId)).toEqual(all.toSorted(order));
          const range = { agentIds: [agentId], from: DAY_ONE + from, to: DAY_ONE + 2 * DAY };
          const read = await store.recording.readTransitions(range);
          const expected = expectedOf(all, range.from, range.to);
          expect(read.get(agentId) ?? []).toEqual(expected);
          const kinds = ['presence', 'queues'] as const;
          const some = await store.recording.readTransitions({ ...range, kinds });
          expect(some.get(agentId) ?? []).toEqual(
            expected.filter(({ fact }) => kinds.some((kind) => kind === fact.kind)),
          );
          const latest = (await store.recording.readLatestTransitions()).filter((one) => one.agentId === agentId);
          expect(latest.toSorted(order)).toEqual(expectedOf(all, Infinity, Infinity));
        },
      ),
      { numRuns: 40 },
    );
  });

  it('may be told by several at once, who know the same', async () => {
    const agents = Array.from({ length: 20 }, (_, index) => anAgent(`at once ${String(index)}`));
    const all = agents.flatMap((agentId) =>
      Array.from({ length: 30 }, (_, index) => aTransition({ agentId, at: DAY_ONE + index * HOUR })),
    );
    const place = await bench.place();
    const tellers = [await bench.open(place), ...(bench.engine === 'postgresql' ? [await bench.open(place)] : [])];
    const turned = (by: number): Transition[] => [...all.slice(by), ...all.slice(0, by)];
    const added = await Promise.all(
      [0, 100, 200, 300, 400, 500].flatMap((by) =>
        tellers.map(({ recording }, index) => recording.addTransitions(turned(by + index))),
      ),
    );
    expect(added.reduce((sum, one) => sum + one)).toBe(all.length);
    const read = await tellers[0]?.recording.readTransitions({ agentIds: agents, from: 0, to: DAY_ONE + 9 * DAY });
    expect([...(read?.values() ?? [])].flat()).toHaveLength(all.length);
    const latest = (await tellers[0]?.recording.readLatestTransitions()) ?? [];
    expect(new Set(latest.map(({ at }) => at))).toEqual(new Set([DAY_ONE + 29 * HOUR]));
  });

  it('are read for many agents at once, and for those nobody has heard of there is nothing', async () => {
    const agents = Array.from({ length: 1200 }, (_, index) => anAgent(`of many ${String(index)}`));
    await store.recording.addTransitions(agents.map((agentId, index) => aTransition({ agentId, at: DAY_ONE + index })));
    const read = await store.recording.readTransitions({
      agentIds: [...agents, anAgent('stranger')],
      from: DAY_ONE + 600,
      to: DAY_ONE + 900,
    });
    expect(read.size).toBe(900); // those before the interval too, for what held at its beginning
    expect(read.get(agents[10] as AgentId)).toEqual([
      aTransition({ agentId: agents[10] as AgentId, at: DAY_ONE + 10 }),
    ]);
    expect(read.has(anAgent('stranger'))).toBe(false);
  });

  it('cost nothing where there are none', async () => {
    expect(await store.recording.addTransitions([])).toBe(0);
    expect(await store.recording.readTransitions({ agentIds: [], from: 0, to: 1 })).toEqual(new Map());
  });
});

/** One of each identity: what may be told twice is told with the same words. */
const onceEach = (transitions: readonly Transition[]): Transition[] => [
  ...new Map(transitions.map((one) => [`${one.fact.kind} ${String(one.at)}`, one])).values(),
];
