import { agentId, presenceDefinitionId, type Bulk, type BulkTurn, type PresenceHold } from '@floorwatch/domain';
import { expect, it } from 'vitest';
import { onBothEngines, SET_UP_MS } from '../testing/engines.fake.ts';

const ORDER = {
  owner: { userId: 'jane', name: 'Jane O’Neil' },
  wanted: { definitionId: presenceDefinitionId('d'), label: 'Meeting', system: 'meeting', message: 'all hands' },
  overrideReason: null,
  correlationId: 'c',
  requestHash: 'r',
  startedAt: 1000,
} as const;

const bulk = (parts: Partial<Bulk> = {}): Bulk => ({
  ...ORDER,
  id: 'bulk-1',
  idempotencyKey: 'key-1',
  state: 'running',
  reason: null,
  endedAt: null,
  ...parts,
});

const hold = (parts: Partial<PresenceHold> = {}): PresenceHold => ({
  ...ORDER,
  id: 'hold-1',
  idempotencyKey: 'key-1',
  agentId: agentId('ann'),
  endsAt: 90_000,
  setAt: 1000,
  reasserted: 0,
  heldSince: 999,
  ended: null,
  ...parts,
});

const turnsOf = (bulkId: string): BulkTurn[] =>
  ['zoe', 'ann', 'mia'].map((name) => ({
    agentId: agentId(name),
    etag: `e-${name}`,
    changeId: `${bulkId}-${name}`,
    problem: null,
  }));

onBothEngines('Bulks', (bench) => {
  it(
    'outlive a restart, with their turns in the order they were asked for',
    async () => {
      const place = await bench.place();
      const before = await bench.open(place);
      expect(await before.bulks.add(bulk(), turnsOf('bulk-1'))).toEqual(bulk());
      await before.close();
      const { bulks } = await bench.open(place);
      expect(await bulks.find('bulk-1')).toEqual(bulk());
      expect(await bulks.turnsOf('bulk-1')).toEqual(turnsOf('bulk-1'));
      expect(await bulks.find('bulk-2')).toBeNull();
    },
    SET_UP_MS,
  );

  it('are started once for each key, and one at a time for each person', async () => {
    const { bulks } = await bench.open(await bench.place());
    const tries = ['a', 'b', 'c', 'd'].map((id) => bulks.add(bulk({ id }), turnsOf(id)));
    const [started] = new Set((await Promise.all(tries)).map(({ id }) => id));
    const other = bulk({ id: 'other', idempotencyKey: 'key-2' });
    expect(await bulks.add(other, turnsOf('other'))).toMatchObject({ id: started });
    const ofSomebodyElse = bulk({ id: 'joe', owner: { userId: 'joe', name: 'Joe' } });
    expect(await bulks.add(ofSomebodyElse, turnsOf('joe'))).toMatchObject({ id: 'joe' });
    await bulks.end(started ?? '', { state: 'done', reason: null, at: 2000 });
    expect(await bulks.add(other, turnsOf('other'))).toMatchObject({ id: 'other' });
    // The first key again is the first bulk still, though another one runs by now.
    expect(await bulks.add(bulk({ id: 'e' }), turnsOf('e'))).toMatchObject({ id: started, state: 'done' });
    expect(await bulks.turnsOf('e')).toEqual([]);
  });

  it('keep why the turn of an agent came to nothing', async () => {
    const { bulks } = await bench.open(await bench.place());
    await bulks.add(bulk(), turnsOf('bulk-1'));
    const problem = { code: 'agent-not-found', message: 'gone' };
    await bulks.noteProblem('bulk-1', agentId('ann'), problem);
    expect((await bulks.turnsOf('bulk-1')).map((turn) => turn.problem)).toEqual([null, problem, null]);
  });

  it('end once, by whoever is first', async () => {
    const { bulks } = await bench.open(await bench.place());
    await bulks.add(bulk(), turnsOf('bulk-1'));
    const states = ['done', 'cancelled', 'stopped'] as const;
    const ends = await Promise.all(states.map((state) => bulks.end('bulk-1', { state, reason: state, at: 5000 })));
    const [first, ...others] = ends.filter((one) => one !== null);
    expect(others).toEqual([]);
    expect(await bulks.find('bulk-1')).toEqual(first);
    expect(await bulks.end('bulk-2', { state: 'done', reason: null, at: 1 })).toBeNull();
  });

  it('are listed while they run, and for a while after', async () => {
    const { bulks } = await bench.open(await bench.place());
    for (const [index, id] of ['old', 'fresh', 'running'].entries()) {
      await bulks.add(bulk({ id, idempotencyKey: id, startedAt: index }), turnsOf(id));
      if (id !== 'running') await bulks.end(id, { state: 'done', reason: null, at: index * 1000 });
    }
    expect((await bulks.list({ endedSince: 1000 })).map(({ id }) => id)).toEqual(['running', 'fresh']);
  });
});

onBothEngines('Holds', (bench) => {
  it(
    'outlive a restart with when they set again, until they end',
    async () => {
      const place = await bench.place();
      const before = await bench.open(place);
      await before.holds.add(hold());
      await before.holds.noteSet('hold-1', { at: 5000, heldSince: 4999 });
      await before.close();
      const { holds } = await bench.open(place);
      const held = hold({ setAt: 5000, heldSince: 4999, reasserted: 1 });
      expect(await holds.find('hold-1')).toEqual(held);
      expect(await holds.findByKey('jane', 'key-1')).toEqual(held);
      expect(await holds.findByKey('joe', 'key-1')).toBeNull();
      const ended = { at: 6000, why: 'agent', reason: 'chose Break' } as const;
      expect(await holds.end('hold-1', ended)).toEqual({ ...held, ended });
      expect(await holds.end('hold-1', { ...ended, why: 'time' })).toBeNull();
      expect(await holds.noteSet('hold-1', { at: 7000, heldSince: 7000 })).toBeNull();
      expect(await holds.find('hold-1')).toEqual({ ...held, ended });
      expect(await holds.find('hold-2')).toBeNull();
    },
    SET_UP_MS,
  );

  it('are one at a time for each agent, whoever asks, and one for each key', async () => {
    const { holds } = await bench.open(await bench.place());
    const owner = { userId: 'joe', name: 'Joe' };
    const tries = [hold({ id: 'a' }), hold({ id: 'b' }), hold({ id: 'c', owner })].map((one) => holds.add(one));
    const [first, ...others] = new Set((await Promise.all(tries)).map(({ id }) => id));
    expect(others).toEqual([]);
    await holds.end(first ?? '', { at: 2000, why: 'person', reason: 'let go' });
    expect(await holds.add(hold({ id: 'd', idempotencyKey: 'key-2' }))).toMatchObject({ id: 'd' });
  });

  it('are listed while they hold and for a while after, of one agent or of all', async () => {
    const { holds } = await bench.open(await bench.place());
    for (const [index, name] of ['ann', 'mia', 'zoe'].entries()) {
      await holds.add(hold({ id: name, idempotencyKey: name, agentId: agentId(name), startedAt: index }));
      if (name !== 'zoe') await holds.end(name, { at: index * 1000, why: 'time', reason: 'up' });
    }
    expect((await holds.list({ endedSince: 1000 })).map(({ id }) => id)).toEqual(['zoe', 'mia']);
    expect(await holds.list({ endedSince: 1000, agentId: agentId('ann') })).toEqual([]);
    expect(await holds.list({ endedSince: 0, agentId: agentId('ann') })).toHaveLength(1);
  });
});

onBothEngines('Changes that wait for the end of a contact', (bench) => {
  it(
    'are one at a time for each agent, and outlive a restart until they are taken out',
    async () => {
      const wait = {
        changeId: 'change-1',
        agentId: agentId('ann'),
        etag: '"e"',
        presence: { system: 'onQueue', definitionId: presenceDefinitionId('q'), message: null },
        heldSince: 1000,
        waitsUntil: 9000,
      } as const;
      const place = await bench.place();
      const before = await bench.open(place);
      expect(await before.waits.add(wait)).toBe('change-1');
      expect(await before.waits.add({ ...wait, changeId: 'change-2' })).toBe('change-1');
      await before.waits.add({ ...wait, changeId: 'change-3', agentId: agentId('mia') });
      await before.close();
      const { waits } = await bench.open(place);
      await waits.remove('change-3');
      expect(await waits.list()).toEqual([wait]);
    },
    SET_UP_MS,
  );
});
