import { agentId, type AgentId, type AgentObservation } from '@floorwatch/domain';
import { FakeClock } from '@floorwatch/domain/testing';
import { MAX_USERS_PER_CALL } from '@floorwatch/genesys';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AgentPage } from './agent-scope.ts';
import type { SnapshotRead } from './snapshot-reader.ts';
import { POLL_ROUND_MS, Sweep } from './sweep.ts';

const agents = (count: number, name = 'agent'): AgentId[] =>
  Array.from({ length: count }, (_, index) => agentId(`${name}-${String(index)}`));

const ROUND_MS = 300_000;

async function* pagesOf(ids: readonly AgentId[], observedAt: () => number): AsyncGenerator<AgentPage> {
  for (let from = 0; from < ids.length; from += MAX_USERS_PER_CALL)
    yield {
      total: ids.length,
      asked: ids.length,
      users: ids.slice(from, from + MAX_USERS_PER_CALL).map((id) => {
        const observation: AgentObservation = {
          agentId: id,
          observedAt: observedAt(),
          platformNow: 0,
          kind: 'snapshot',
        };
        return { profile: { id, name: id, divisionId: null, title: null, department: null, team: null }, observation };
      }),
    };
}

const drain = async (pages: AsyncIterable<AgentPage>): Promise<number> => {
  let count = 0;
  for await (const { users } of pages) count += users.length;
  return count;
};

/** A sweep over agents who were all read at the start, with a platform that answers as the test says. */
const startSweep = async (ids: readonly AgentId[]) => {
  const clock = new FakeClock();
  const startedAt = clock.now();
  const state = { unheard: [] as readonly AgentId[], isAway: false, takesMs: 0 };
  const reads: { readonly at: number; readonly ids: readonly AgentId[]; readonly priority: string }[] = [];
  const polled: number[] = [];
  const underWay = new Set<AgentId>();
  const twiceAtOnce: AgentId[] = [];
  const read = async ({ ids: asked, priority, signal }: SnapshotRead): Promise<void> => {
    twiceAtOnce.push(...asked.filter((id) => underWay.has(id)));
    for (const id of asked) underWay.add(id);
    reads.push({ at: clock.now() - startedAt, ids: asked, priority });
    const { isAway } = state;
    await (state.takesMs > 0 ? clock.sleep(state.takesMs, signal).catch(() => undefined) : Promise.resolve());
    for (const id of asked) underWay.delete(id);
    if (isAway) throw new Error('the platform is away');
  };
  const sweep = new Sweep({
    reader: { read },
    clock,
    unheard: () => state.unheard,
    roundMs: ROUND_MS,
    onPolled: (readSince) => polled.push(readSince - startedAt),
  });
  await drain(sweep.noting(pagesOf(ids, () => clock.now())));
  const stopping = new AbortController();
  const running = sweep.run(stopping.signal);
  const stop = async (): Promise<void> => {
    stopping.abort(new Error('stopped'));
    await running;
  };
  return { clock, state, reads, polled, twiceAtOnce, sweep, signal: stopping.signal, stop };
};

describe('Sweep', () => {
  let floor: Awaited<ReturnType<typeof startSweep>>;

  beforeEach(async () => {
    floor = await startSweep(agents(1000));
  });

  afterEach(() => floor.stop());

  it('reads everybody once a round, evenly spread over it', async () => {
    const { clock, reads, sweep } = floor;
    await clock.advance(ROUND_MS - 1);
    expect(reads.map(({ at }) => at)).toEqual(Array.from({ length: 10 }, (_, index) => (index * ROUND_MS) / 10));
    expect(new Set(reads.flatMap(({ ids }) => ids)).size).toBe(1000);
    await clock.advance(5 * ROUND_MS);
    expect(reads).toHaveLength(60);
    expect(clock.now() - (sweep.status().sweep.lastRoundAt ?? 0)).toBeLessThanOrEqual(ROUND_MS);
  });

  it('re-reads every agent of a gap once, at once, a hundred at a time', async () => {
    const { clock, reads, sweep } = floor;
    await clock.advance(0);
    reads.length = 0;
    sweep.doubt(agents(250));
    await clock.advance(0);
    expect(reads.map(({ ids, priority }) => [ids.length, priority])).toEqual([
      [MAX_USERS_PER_CALL, 'resync'],
      [MAX_USERS_PER_CALL, 'resync'],
      [50, 'resync'],
    ]);
    expect(new Set(reads.flatMap(({ ids }) => ids)).size).toBe(250);
    expect(sweep.inDoubt).toBe(0);
  });

  it('counts an agent as in doubt until a read has succeeded', async () => {
    const { clock, reads, sweep, state } = floor;
    await clock.advance(0);
    reads.length = 0;
    state.isAway = true;
    sweep.doubt(agents(10));
    await clock.advance(0);
    expect([reads.length, sweep.inDoubt, sweep.isInDoubt(agentId('agent-3'))]).toEqual([1, 10, true]);
    state.isAway = false;
    await clock.advance(1000);
    expect([reads.length, sweep.inDoubt]).toEqual([2, 0]);
  });

  it('reads an agent again who falls into a gap while being read, but not beside that read: they could overtake each other', async () => {
    const { clock, reads, sweep, state } = floor;
    await clock.advance(0);
    reads.length = 0;
    state.takesMs = 400;
    sweep.doubt(agents(1));
    await clock.advance(100);
    sweep.doubt(agents(1));
    await clock.advance(299);
    expect(reads).toHaveLength(1);
    await clock.advance(1);
    expect(reads).toHaveLength(2);
    expect(sweep.inDoubt).toBe(1);
    await clock.advance(400);
    expect(sweep.inDoubt).toBe(0);
  });

  it('polls those whose events do not arrive every 15 s, and says since when they are all read', async () => {
    const { clock, reads, polled, state } = floor;
    await clock.advance(0);
    reads.length = 0;
    state.unheard = agents(1000);
    await clock.advance(POLL_ROUND_MS * 4);
    expect(new Set(reads.map(({ priority }) => priority))).toEqual(new Set(['sweep']));
    for (const id of [agentId('agent-0'), agentId('agent-555'), agentId('agent-999')]) {
      const instants = reads.filter(({ ids }) => ids.includes(id)).map(({ at }) => at);
      expect(instants.length).toBeGreaterThanOrEqual(3);
      for (const [nth, at] of instants.slice(1).entries()) expect(at - (instants[nth] ?? 0)).toBe(POLL_ROUND_MS);
    }
    expect(clock.now() - (floor.sweep.status().poll.lastRoundAt ?? 0)).toBeLessThanOrEqual(POLL_ROUND_MS);
    expect(polled).toEqual(polled.toSorted((a, b) => a - b));
  });

  it('polls as fast as the platform lets it where 15 s are not enough, and reads nobody twice for it', async () => {
    const { clock, reads, state } = floor;
    state.takesMs = 4000;
    state.unheard = agents(1000);
    await clock.advance(60_000);
    const polls = reads.filter(({ at }) => at >= 5000);
    expect(polls.slice(1).map(({ at }, nth) => at - (polls[nth]?.at ?? 0))).toEqual(polls.slice(1).map(() => 4000));
    expect(new Set(polls.slice(0, 10).flatMap(({ ids }) => ids)).size).toBe(1000);
  });

  it('goes back to the round when events arrive again', async () => {
    const { clock, reads, state } = floor;
    state.unheard = agents(1000);
    await clock.advance(POLL_ROUND_MS * 4);
    state.unheard = [];
    reads.length = 0;
    await clock.advance(ROUND_MS);
    expect(reads.length).toBeLessThanOrEqual(11);
  });

  it('goes on after a failed read, and does not call its agents read', async () => {
    const { clock, reads, state, sweep } = floor;
    const startedAt = clock.now();
    state.isAway = true;
    await clock.advance(ROUND_MS);
    expect(sweep.status().sweep.lastRoundAt).toBe(startedAt);
    expect(reads.length).toBeLessThanOrEqual(ROUND_MS / 1000 + 1);
    state.isAway = false;
    await clock.advance(ROUND_MS);
    expect(sweep.status().sweep.lastRoundAt).toBeGreaterThan(startedAt);
  });

  it('takes a list that is read at its own pace for a round', async () => {
    const { clock, reads, sweep, signal } = floor;
    await clock.advance(1);
    reads.length = 0;
    const listing = drain(
      sweep.asRound(
        pagesOf(agents(1000), () => clock.now()),
        { ms: ROUND_MS, signal },
      ),
    );
    await clock.advance(ROUND_MS - 1);
    expect(reads).toEqual([]);
    await clock.advance(1);
    expect(await listing).toBe(1000);
    await clock.advance(ROUND_MS / 10);
    expect(reads.length).toBeGreaterThanOrEqual(1);
    expect(clock.now() - (sweep.status().sweep.lastRoundAt ?? 0)).toBeLessThanOrEqual(ROUND_MS + ROUND_MS / 10);
  });

  it('asks no longer for those who have left', async () => {
    const { clock, reads, sweep } = floor;
    await clock.advance(0);
    sweep.doubt(agents(500));
    sweep.forget(agents(950));
    reads.length = 0;
    await clock.advance(ROUND_MS * 2);
    expect(new Set(reads.flatMap(({ ids }) => ids)).size).toBe(50);
    expect(sweep.inDoubt).toBe(0);
  });

  it('leaves no timer behind when it is stopped', async () => {
    await floor.clock.advance(1000);
    await floor.stop();
    expect(floor.clock.pending).toBe(0);
  });

  it('whatever happens, never reads an agent twice at once, and in the end everybody is certain and recent', async () => {
    const step = fc.oneof(
      fc.record({ do: fc.constant('doubt' as const), from: fc.nat(400), count: fc.nat(300) }),
      fc.record({ do: fc.constant('unheard' as const), from: fc.nat(400), count: fc.nat(300) }),
      fc.record({ do: fc.constant('away' as const), isAway: fc.boolean() }),
      fc.record({ do: fc.constant('slow' as const), takesMs: fc.nat(5000) }),
      fc.record({ do: fc.constant('wait' as const), ms: fc.nat(20_000) }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
        const everybody = agents(420);
        const { clock, state, twiceAtOnce, sweep, stop } = await startSweep(everybody);
        for (const one of steps) {
          if (one.do === 'doubt') sweep.doubt(everybody.slice(one.from, one.from + one.count));
          else if (one.do === 'unheard') state.unheard = everybody.slice(one.from, one.from + one.count);
          else if (one.do === 'away') state.isAway = one.isAway;
          else if (one.do === 'slow') state.takesMs = one.takesMs;
          else await clock.advance(one.ms);
        }
        state.isAway = false;
        state.takesMs = 0;
        await clock.advance(ROUND_MS + 10_000);
        expect(sweep.inDoubt).toBe(0);
        expect(clock.now() - (sweep.status().sweep.lastRoundAt ?? clock.now())).toBeLessThanOrEqual(ROUND_MS + 10_000);
        expect(clock.now() - (sweep.status().poll.lastRoundAt ?? clock.now())).toBeLessThanOrEqual(
          POLL_ROUND_MS + 10_000,
        );
        expect(twiceAtOnce).toEqual([]);
        await stop();
        expect(clock.pending).toBe(0);
      }),
      { numRuns: 60 },
    );
  });
});
