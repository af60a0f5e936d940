import {
  agentId,
  NOT_BEGUN,
  presenceDefinitionId,
  type AgentId,
  type Bulk,
  type BulkTurn,
  type ChangeProgress,
  type ChangeRecord,
  type Viewer,
} from '@floorwatch/domain';
import { FakeClock } from '@floorwatch/domain/testing';
import type { PresenceHand } from '@floorwatch/genesys';
import type { BulkEnd } from '@floorwatch/store';
import fc from 'fast-check';
import { pino } from 'pino';
import { beforeEach, expect, it } from 'vitest';
import { ApiError } from '../plugins/api-error.ts';
import { BulkRun } from './bulk-run.ts';
import type { ChangeOrder, Ticket } from './change-order.ts';
import type { FindPerson } from './order-owner.ts';
import { presenceEtag } from './presence-etag.ts';

const MINUTE_MS = 60_000;
const ALLOWED = 300;

const BEFORE = { system: 'available', definitionId: null, message: null, since: { at: 1, exact: true } } as const;

const BULK: Bulk = {
  id: 'bulk',
  owner: { userId: 'sue', name: 'Sue' },
  wanted: { definitionId: presenceDefinitionId('meeting'), label: 'Meeting', system: 'meeting', message: null },
  overrideReason: null,
  correlationId: 'c',
  idempotencyKey: 'k',
  requestHash: 'r',
  startedAt: 0,
  state: 'running',
  reason: null,
  endedAt: null,
};

const SUE: Viewer = { userId: 'sue', name: 'Sue', role: 'supervisor', rights: new Map([['change-presence', 'all']]) };

const never = (): never => {
  throw new Error('a bulk changes nobody by itself');
};

const NO_HAND: PresenceHand = {
  getPresence: never,
  getRoutingStatus: never,
  setPresence: never,
  resetNotResponding: never,
  budget: never,
};

const CONFIRMED: Partial<ChangeProgress> = { state: 'confirmed', settledAt: 1 };
const refused = (code: string): Partial<ChangeProgress> => ({ state: 'refused', problem: { code, message: code } });

/** The store, and a changer that makes one change for each key, as the platform would have it. */
class World {
  readonly clock = new FakeClock(0);
  readonly records: ChangeRecord[] = [];
  readonly ends: Omit<BulkEnd, 'at'>[] = [];
  readonly turns: BulkTurn[];
  /** When each write was made, ms. */
  readonly writes: { readonly agent: AgentId; readonly at: number }[] = [];
  /** What comes of an agent's next tries; confirmed where nothing is said. */
  readonly outcomes = new Map<AgentId, (Partial<ChangeProgress> | Error)[]>();
  person: Awaited<ReturnType<FindPerson>>;
  #used = { window: 0, count: 0 };

  constructor(count: number) {
    this.turns = Array.from({ length: count }, (_, index) => ({
      agentId: agentId(`agent-${String(index)}`),
      etag: presenceEtag(BEFORE),
      changeId: `change-${String(index)}`,
      problem: null,
    }));
    const hand: PresenceHand = { ...NO_HAND, budget: () => this.#budget() };
    this.person = { viewer: SUE, hand };
  }

  /** Runs until it has ended, or is cut off so long after its start. */
  async run(cutOffAfterMs = Infinity): Promise<void> {
    const stop = new AbortController();
    const { clock } = this;
    const running = new BulkRun(BULK, {
      way: { request: async (order) => this.#request(order) },
      changes: { list: async () => this.records.toReversed() },
      bulks: {
        find: async () => ({ ...BULK, state: this.ends.at(-1)?.state ?? 'running' }),
        turnsOf: async () => this.turns,
        noteProblem: async (_, agent, problem) => {
          const index = this.turns.findIndex((turn) => turn.agentId === agent);
          this.turns.splice(index, 1, { ...(this.turns[index] ?? expect.fail()), problem });
        },
        end: async (_, { state, reason }) => {
          this.ends.push({ state, reason });
          return { ...BULK, state, reason };
        },
      },
      find: async () => this.person,
      serviceBudget: () => ({ allowed: ALLOWED, used: 0, resetsAt: null, pausedUntil: null }),
      clock,
      log: pino({ level: 'silent' }),
    }).run(stop.signal);
    let isOver = false;
    const over = running.then(
      () => (isOver = true),
      () => (isOver = true),
    );
    const startedAt = clock.now();
    while (!isOver) {
      await clock.advance(50);
      if (clock.now() - startedAt >= cutOffAfterMs) stop.abort(new Error('killed'));
    }
    await over;
  }

  statesOf(): string[] {
    return this.records.map(({ progress }) => progress.state);
  }

  #budget() {
    const window = Math.floor(this.clock.now() / MINUTE_MS);
    if (this.#used.window !== window) this.#used = { window, count: 0 };
    return { allowed: ALLOWED, used: this.#used.count, resetsAt: (window + 1) * MINUTE_MS, pausedUntil: null };
  }

  #request({ asker, change, key, id = key, correlationId, cause }: ChangeOrder): Ticket {
    const known = this.records.find((record) => record.key === key);
    if (known !== undefined) return { record: known, settled: Promise.resolve(known) };
    const outcome = this.outcomes.get(change.agentId)?.shift() ?? CONFIRMED;
    if (outcome instanceof Error) throw outcome;
    this.#budget();
    this.#used.count += 2;
    if (outcome.state === 'confirmed') this.writes.push({ agent: change.agentId, at: this.clock.now() });
    const record: ChangeRecord = {
      id,
      kind: 'presence',
      actor: asker.actor,
      key,
      requestHash: '',
      agentId: change.agentId,
      divisionId: null,
      cause,
      groupId: BULK.id,
      undoes: null,
      wanted: BULK.wanted,
      overrideReason: null,
      correlationId,
      requestedAt: this.clock.now(),
      progress: { ...NOT_BEGUN, ...outcome },
    };
    this.records.push(record);
    return { record, settled: Promise.resolve(record) };
  }
}

let world: World;

beforeEach(() => {
  world = new World(200);
});

it('takes 200 turns within three fifths of every window, and as fast as these allow', async () => {
  await world.run();
  expect(world.ends).toEqual([{ state: 'done', reason: null }]);
  expect(world.writes.map(({ agent }) => agent)).toEqual(world.turns.map((turn) => turn.agentId));
  const minutes = world.writes.map(({ at }) => Math.floor(at / MINUTE_MS));
  for (const minute of new Set(minutes)) {
    const turns = minutes.filter((one) => one === minute).length;
    expect(turns * 2).toBeLessThanOrEqual(ALLOWED * 0.6);
  }
  expect(Math.max(...minutes)).toBeLessThanOrEqual(2);
});

it('whenever and however often it is cut off, everybody is changed once and has a result', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 12_000 }), { maxLength: 5 }), async (cuts) => {
      const cutOff = new World(25);
      for (const ms of cuts) if (cutOff.ends.length === 0) await cutOff.run(ms);
      if (cutOff.ends.length === 0) await cutOff.run();
      expect(cutOff.writes.map(({ agent }) => agent)).toEqual(cutOff.turns.map((turn) => turn.agentId));
      expect(cutOff.ends).toEqual([{ state: 'done', reason: null }]);
    }),
    { numRuns: 30 },
  );
});

it('takes a turn again that the platform had no room for, and goes on after five times', async () => {
  const [first, second] = world.turns.map((turn) => turn.agentId);
  world.outcomes.set(first ?? expect.fail(), [refused('rate-limited'), refused('platform-unavailable')]);
  world.outcomes.set(
    second ?? expect.fail(),
    Array.from({ length: 5 }, () => refused('rate-limited')),
  );
  await world.run();
  expect(world.writes.map(({ agent }) => agent)).toEqual(world.turns.map((turn) => turn.agentId).toSpliced(1, 1));
});

it('takes a turn once more whose write got no answer, where the platform still shows what was there before', async () => {
  const [lost, taken] = world.turns.map((turn) => turn.agentId);
  const failed = (now: ChangeProgress['now']): Partial<ChangeProgress> => ({ state: 'failed', now, settledAt: 1 });
  world.outcomes.set(lost ?? expect.fail(), [failed(BEFORE), failed(BEFORE)]);
  world.outcomes.set(taken ?? expect.fail(), [failed({ ...BEFORE, message: 'somebody was here' })]);
  await world.run();
  expect(world.records.filter((record) => record.agentId === lost)).toHaveLength(2);
  expect(world.records.filter((record) => record.agentId === taken)).toHaveLength(1);
});

it('leaves the rest alone when the platform fails five times in a row', async () => {
  for (const { agentId: agent } of world.turns.slice(3)) world.outcomes.set(agent, [{ state: 'failed', settledAt: 1 }]);
  await world.run();
  expect(world.records).toHaveLength(8);
  expect(world.ends[0]?.state).toBe('stopped');
  expect(world.ends[0]?.reason).toContain('failed 5 times in a row');
});

it('leaves the rest alone when its owner is signed in nowhere any more', async () => {
  const running = world.run();
  await world.clock.advance(10_000);
  world.person = null;
  await running;
  expect(world.ends).toEqual([
    { state: 'stopped', reason: 'Sue is not signed in any more: the others were left as they are' },
  ]);
  expect(world.writes.length).toBeGreaterThan(0);
});

it('notes an agent of whom no change can be made, waits for an audit that cannot be written, and goes on', async () => {
  const [gone, waited] = world.turns.map((turn) => turn.agentId);
  world.outcomes.set(gone ?? expect.fail(), [new ApiError(404, 'agent-not-found', 'gone')]);
  world.outcomes.set(waited ?? expect.fail(), [new ApiError(503, 'audit-unavailable', 'later'), CONFIRMED]);
  await world.run();
  expect(world.turns[0]?.problem).toEqual({ code: 'agent-not-found', message: 'gone' });
  expect(world.writes).toHaveLength(199);
  expect(world.ends).toEqual([{ state: 'done', reason: null }]);
});
