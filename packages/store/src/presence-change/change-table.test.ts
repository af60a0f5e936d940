import { randomUUID } from 'node:crypto';
import { agentId, NOT_BEGUN, presenceDefinitionId, type ChangeRecord } from '@floorwatch/domain';
import { expect, it } from 'vitest';
import { onBothEngines, SET_UP_MS } from '../testing/engines.fake.ts';

const ANN = agentId('ann');
const SUE = { kind: 'person', id: 'sue', name: 'Sue O’Neil' } as const;

const MEAL = {
  system: 'meal',
  definitionId: presenceDefinitionId('meal'),
  message: 'back 12:30 – “soon”',
  since: { at: 1_700_000_000_123, exact: true },
} as const;

const record = (parts: Partial<ChangeRecord> = {}): ChangeRecord => ({
  id: randomUUID(),
  kind: 'presence',
  actor: SUE,
  key: randomUUID(),
  requestHash: 'hash',
  agentId: ANN,
  divisionId: null,
  cause: 'direct',
  groupId: null,
  undoes: null,
  wanted: { definitionId: presenceDefinitionId('meal'), label: 'Meal', system: 'meal', message: null },
  overrideReason: null,
  correlationId: 'ours',
  requestedAt: 1000,
  progress: NOT_BEGUN,
  ...parts,
});

onBothEngines('Changes of presences', (bench) => {
  it(
    'outlive a restart to the last word',
    async () => {
      const place = await bench.place();
      const before = await bench.open(place);
      const change = record();
      const progress = { ...NOT_BEGUN, state: 'accepted', before: MEAL, written: MEAL, acceptedAt: 1500 } as const;
      await before.changes.add(change);
      expect(await before.changes.progress(change.id, progress)).toBe(true);
      await before.close();
      const { changes } = await bench.open(place);
      expect(await changes.find(change.id)).toEqual({ ...change, progress });
      expect(await changes.findByKey(SUE, change.key)).toEqual({ ...change, progress });
      expect(await changes.findWritten(ANN, MEAL.since.at)).toEqual({ ...change, progress });
      expect(await changes.findWritten(ANN, 1)).toBeNull();
    },
    SET_UP_MS,
  );

  it(
    'are one for each actor and key, whoever comes first of many at once, also for an actor without an id',
    async () => {
      const { changes } = await bench.open(await bench.place());
      for (const actor of [SUE, { kind: 'system', id: null, name: null } as const]) {
        const tries = Array.from({ length: 10 }, () => record({ actor, key: 'the same' }));
        const kept = await Promise.all(tries.map((one) => changes.add(one)));
        expect(new Set(kept.map(({ id }) => id)).size).toBe(1);
      }
      expect(await changes.list({ limit: 10 })).toHaveLength(2);
    },
    SET_UP_MS,
  );

  it(
    'go on from a state once',
    async () => {
      const { changes } = await bench.open(await bench.place());
      const { id } = await changes.add(record());
      const cancelled = { ...NOT_BEGUN, state: 'cancelled', settledAt: 2000 } as const;
      expect(await changes.progress(id, cancelled, ['waiting'])).toBe(true);
      expect(await changes.progress(id, { ...NOT_BEGUN, state: 'requested' }, ['waiting'])).toBe(false);
      expect((await changes.find(id))?.progress).toEqual(cancelled);
    },
    SET_UP_MS,
  );

  it(
    'take turns at an agent; a turn that ran out is held until somebody has looked after it',
    async () => {
      const { changes } = await bench.open(await bench.place());
      const [one, other] = [await changes.add(record()), await changes.add(record())];
      const turn = ({ id }: ChangeRecord) => ({ agentId: ANN, changeId: id, until: 5000 });
      expect(await Promise.all([changes.takeTurn(turn(one)), changes.takeTurn(turn(other))])).toEqual([true, false]);
      expect(await changes.takeTurn({ agentId: agentId('bob'), changeId: 'another', until: 5000 })).toBe(true);
      await changes.prolongTurns([one.id], 6000);
      expect(await changes.takeOverTurns(5500, 9000)).toEqual([]);
      expect((await changes.takeOverTurns(6000, 9000)).map(({ id }) => id)).toEqual([one.id]);
      expect(await changes.takeOverTurns(6000, 9000)).toEqual([]);
      expect(await changes.takeTurn(turn(other))).toBe(false);
      await changes.endTurn(one.id);
      expect(await changes.takeTurn(turn(other))).toBe(true);
    },
    SET_UP_MS,
  );

  it(
    'are listed by agent, group and end, the newest first, and forgotten a while after their end',
    async () => {
      const { changes } = await bench.open(await bench.place());
      const ended = { ...NOT_BEGUN, state: 'confirmed', settledAt: 3000 } as const;
      const open = await changes.add(record({ requestedAt: 1, groupId: 'bulk' }));
      const done = await changes.add(record({ requestedAt: 2, progress: ended }));
      const ids = async (filter: object) => (await changes.list({ limit: 9, ...filter })).map(({ id }) => id);
      expect(await ids({ agentIds: [ANN] })).toEqual([done.id, open.id]);
      expect(await ids({ agentIds: [agentId('bob')] })).toEqual([]);
      expect(await ids({ groupId: 'bulk' })).toEqual([open.id]);
      expect(await ids({ settledSince: 3001 })).toEqual([open.id]);
      expect(await ids({ settledSince: 3000, limit: 1 })).toEqual([done.id]);
      await changes.forgetBefore(3001);
      expect(await ids({})).toEqual([open.id]);
    },
    SET_UP_MS,
  );
});
