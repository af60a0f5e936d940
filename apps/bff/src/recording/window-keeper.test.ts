import { agentId, WINDOW_MS, windowStart, type AgentId, type RoutingState, type Transition } from '@floorwatch/domain';
import { FakeRecordingStore } from '@floorwatch/domain/testing';
import { beforeEach, describe, expect, it } from 'vitest';
import { WindowKeeper, WINDOW_GRACE_MS } from './window-keeper.ts';

const START = windowStart(Date.parse('2026-08-15T08:00:00.000Z'));
const AGENTS = ['ann', 'bob', 'cem'].map(agentId);
const { signal } = new AbortController();

let now: number;
let store: FakeRecordingStore;
let keeper: WindowKeeper;

beforeEach(async () => {
  now = START;
  store = new FakeRecordingStore();
  keeper = new WindowKeeper({ store, platformNow: () => now, agents: () => AGENTS });
  keeper.goOnFrom(START);
  const presence = { kind: 'presence', presence: 'onQueue', definitionId: null, message: null } as const;
  await store.addTransitions(AGENTS.flatMap((id) => [{ ...changeOf(id, 'idle', START), fact: presence }]));
  await store.addTransitions(AGENTS.map((id) => changeOf(id, 'idle', START)));
});

const changeOf = (id: AgentId, routing: RoutingState, at: number): Transition => ({
  agentId: id,
  fact: { kind: 'routing', routing },
  at,
  exact: true,
  ingestedAt: at,
  source: 'event',
});

const windows = () => store.readWindows({ agentIds: AGENTS, from: 0, to: Infinity });

describe('WindowKeeper', () => {
  it('makes the windows of everybody when their time is over, and a little later', async () => {
    now = START + WINDOW_MS + WINDOW_GRACE_MS - 1;
    await keeper.work({ signal });
    expect(await windows()).toEqual([]);
    now += 1;
    await keeper.work({ signal });
    expect((await windows()).map(({ agentId: id, from, ms }) => [id, from, ms.ready])).toEqual(
      AGENTS.map((id) => [id, START, WINDOW_MS]),
    );
    expect(keeper.closedUpTo).toBe(START + WINDOW_MS);
  });

  it('catches up with all windows of a downtime', async () => {
    now = START + 400 * WINDOW_MS;
    await keeper.work({ graceMs: 0, signal });
    expect(await windows()).toHaveLength(3 * 400);
  });

  it('makes again exactly what a late change touches', async () => {
    now = START + 3 * WINDOW_MS;
    await keeper.work({ graceMs: 0, signal });
    const before = await windows();
    const change = { agentId: AGENTS[1] ?? agentId(''), from: START + WINDOW_MS + 60_000, to: now };
    const expectation = keeper.expect([change]);
    await store.addTransitions([changeOf(change.agentId, 'interacting', change.from)]);
    keeper.fulfil(expectation);
    await keeper.work({ graceMs: 0, signal });
    const changed = (await windows()).filter((window, index) => window !== before[index]);
    expect(changed.map(({ agentId: id, from, ms }) => [id, from, ms.ready, ms.interacting])).toEqual([
      ['bob', START + WINDOW_MS, 60_000, WINDOW_MS - 60_000],
      ['bob', START + 2 * WINDOW_MS, 0, WINDOW_MS],
    ]);
  });

  it('lets a later run begin early enough while something is to be made again, or about to change', async () => {
    now = START + 3 * WINDOW_MS;
    await keeper.work({ graceMs: 0, signal });
    expect(keeper.safeUpTo).toBe(START + 3 * WINDOW_MS);
    const expectation = keeper.expect([{ agentId: agentId('ann'), from: START + WINDOW_MS + 5, to: now }]);
    expect(keeper.safeUpTo).toBe(START + WINDOW_MS);
    await keeper.work({ graceMs: 0, signal });
    expect(keeper.safeUpTo).toBe(START + WINDOW_MS); // what is about to change has not changed yet
    keeper.fulfil(expectation);
    expect(keeper.safeUpTo).toBe(START + WINDOW_MS);
    await keeper.work({ graceMs: 0, signal });
    expect(keeper.safeUpTo).toBe(START + 3 * WINDOW_MS);
  });

  it('notices a change that comes while the windows are being made', async () => {
    now = START + WINDOW_MS;
    const at = START + 60_000;
    const read = store.readGaps.bind(store);
    store.readGaps = async (question) => {
      store.readGaps = read;
      const gaps = await read(question); // the transitions are read already
      const expectation = keeper.expect([{ agentId: agentId('ann'), from: at, to: now }]);
      await store.addTransitions([changeOf(agentId('ann'), 'interacting', at)]);
      keeper.fulfil(expectation);
      return gaps;
    };
    await keeper.work({ graceMs: 0, signal });
    expect((await windows())[0]?.ms).toMatchObject({ ready: 60_000, interacting: WINDOW_MS - 60_000 });
  });

  it('makes what it could not write the next time', async () => {
    now = START + WINDOW_MS;
    store.outage = new Error('no database');
    await expect(keeper.work({ graceMs: 0, signal })).rejects.toThrow('no database');
    expect(keeper.closedUpTo).toBe(START);
    store.outage = null;
    await keeper.work({ graceMs: 0, signal });
    expect(await windows()).toHaveLength(3);
    keeper.touch({ agentId: agentId('ann'), from: START, to: now });
    store.outage = new Error('no database');
    await expect(keeper.work({ graceMs: 0, signal })).rejects.toThrow('no database');
    expect(keeper.safeUpTo).toBe(START);
  });

  it('leaves off when it is told to', async () => {
    now = START + WINDOW_MS;
    await expect(keeper.work({ graceMs: 0, signal: AbortSignal.abort(new Error('the end')) })).rejects.toThrow(
      'the end',
    );
  });
});
