import { WINDOW_MS, type Transition } from '@floorwatch/domain';
import { expect, it } from 'vitest';
import { onBothEngines, onPostgres, SET_UP_MS } from '../testing/engines.fake.ts';
import { anAgent, aTransition, aWindow, DAY_ONE, MINUTE } from './recording.fake.ts';

const DAY = 24 * 60 * MINUTE;

onBothEngines('Retention', (bench) => {
  it(
    'drops whole days, and what held then still holds when the kept days begin',
    async () => {
      const { recording } = await bench.open();
      const agentId = anAgent('one');
      const queues = aTransition({ agentId, fact: { kind: 'queues', queueIds: [] }, at: DAY_ONE - 300 * DAY });
      const early = [10, 20].map((hour) => aTransition({ agentId, at: DAY_ONE + hour * 60 * MINUTE }));
      const kept = aTransition({ agentId, at: DAY_ONE + DAY + 1, fact: { kind: 'routing', routing: 'offQueue' } });
      await recording.addTransitions([queues, ...early, kept]);
      await recording.putWindows([
        aWindow({ agent: agentId, from: DAY_ONE + DAY - WINDOW_MS }),
        aWindow({ agent: agentId, from: DAY_ONE + DAY }),
      ]);
      await recording.addGaps([
        { agentId, from: DAY_ONE, to: DAY_ONE + DAY, reason: 'events-lost' },
        { agentId, from: DAY_ONE, to: DAY_ONE + DAY + 1, reason: 'not-recording' },
      ]);
      const all = { agentIds: [agentId], from: DAY_ONE + DAY, to: DAY_ONE + 2 * DAY };

      expect(await recording.readOldest()).toBe(DAY_ONE + DAY - WINDOW_MS);
      expect(await recording.dropBefore(DAY_ONE + DAY + 5 * MINUTE)).toBe(2);

      expect(await recording.readOldest()).toBe(DAY_ONE + DAY);
      expect((await recording.readTransitions(all)).get(agentId)).toEqual([queues, early[1], kept]);
      expect(await recording.readWindows({ ...all, from: 0 })).toEqual([
        aWindow({ agent: agentId, from: DAY_ONE + DAY }),
      ]);
      expect((await recording.readGaps({ ...all, from: 0 })).map(({ reason }) => reason)).toEqual(['not-recording']);
      expect(await recording.dropBefore(DAY_ONE)).toBe(0); // it never moves back
    },
    SET_UP_MS,
  );

  it(
    'takes what is told later of dropped days only as what held before',
    async () => {
      const store = await bench.open();
      const { recording } = store;
      const agentId = anAgent('one');
      const at = (instant: number): Transition => aTransition({ agentId, at: instant });
      await recording.dropBefore(DAY_ONE);
      expect(await recording.addTransitions([at(DAY_ONE - 900 * DAY), at(DAY_ONE - 800 * DAY)])).toBe(0);
      expect(await recording.addTransitions([at(DAY_ONE - 850 * DAY), at(DAY_ONE + 5)])).toBe(1);
      await recording.putWindows([aWindow({ agent: agentId, from: DAY_ONE - DAY })]);

      const range = { agentIds: [agentId], from: DAY_ONE, to: DAY_ONE + DAY };
      expect((await recording.readTransitions(range)).get(agentId)).toEqual([at(DAY_ONE - 800 * DAY), at(DAY_ONE + 5)]);
      expect(await recording.readWindows({ ...range, from: 0 })).toEqual([]);
      expect(await recording.readOldest()).toBeNull();
    },
    SET_UP_MS,
  );

  it(
    'remembers over a restart from when on things are kept',
    async () => {
      const place = await bench.place();
      const before = await bench.open(place);
      await before.recording.dropBefore(DAY_ONE);
      await before.close();
      const { recording } = await bench.open(place);
      expect(await recording.addTransitions([aTransition({ at: DAY_ONE - 1 })])).toBe(0);
      expect(await recording.readOldest()).toBeNull();
      await recording.prepareDays({ from: DAY_ONE, to: DAY_ONE + 3 * DAY });
      expect(await recording.readOldest()).toBeNull();
      for (const from of [DAY_ONE + 2 * DAY, DAY_ONE + DAY]) {
        await recording.putWindows([aWindow({ agent: anAgent('one'), from })]);
        expect(await recording.readOldest()).toBe(from);
      }
    },
    SET_UP_MS,
  );
});

onPostgres('Retention that another process applies', (bench) => {
  it('does not stop one that knew the dropped day', async () => {
    const place = await bench.place();
    const [one, other] = [await bench.open(place), await bench.open(place)];
    await other.recording.addTransitions([aTransition({ at: DAY_ONE })]);
    await one.recording.dropBefore(DAY_ONE + DAY);
    const told = [aTransition({ at: DAY_ONE + 7 }), aTransition({ at: DAY_ONE + DAY })];
    expect(await other.recording.addTransitions(told)).toBe(1);
    await other.recording.putWindows([DAY_ONE, DAY_ONE + DAY].map((from) => aWindow({ agent: anAgent('one'), from })));
    expect(await other.recording.readOldest()).toBe(DAY_ONE + DAY);
  });
});
