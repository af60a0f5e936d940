import { agentId, Board, seededRandom, type AgentId } from '@floorwatch/domain';
import { FakeClock } from '@floorwatch/domain/testing';
import { pino } from 'pino';
import { beforeEach, describe, expect, it } from 'vitest';
import { Intake } from '../intake.ts';
import { HourlySample } from './hourly-sample.ts';

const HOUR_MS = 3_600_000;
const LONG_AGO = { at: 1, exact: true };

const profileOf = (id: AgentId) => ({ id, name: id, divisionId: null, title: null, department: null, team: null });

describe('HourlySample', () => {
  let clock: FakeClock;
  let board: Board;
  let sample: HourlySample;
  let unlike: ReadonlySet<AgentId>;
  let live: AgentId[];
  let refreshed: number[];
  let asked: (readonly AgentId[])[];
  let isAway: boolean;
  const stopping = new AbortController();

  beforeEach(() => {
    clock = new FakeClock();
    board = new Board('epoch-1');
    unlike = new Set();
    refreshed = [];
    asked = [];
    isAway = false;
    live = Array.from({ length: 1000 }, (_, index) => agentId(`agent-${String(index)}`));
    for (const id of live) {
      board.putAgent(profileOf(id));
      const observed = { agentId: id, observedAt: 1, platformNow: 1, kind: 'snapshot' } as const;
      board.applyEvent({ ...observed, routing: { state: 'idle', since: LONG_AGO } });
    }
    const getUsers = (ids: readonly AgentId[]) => {
      asked.push(ids);
      if (isAway) return Promise.reject(new Error('away'));
      const now = clock.now();
      return Promise.resolve(
        ids.map((id) => ({
          profile: profileOf(id),
          observation: {
            agentId: id,
            observedAt: now,
            platformNow: now,
            kind: 'snapshot' as const,
            routing: {
              state: unlike.has(id) ? ('offQueue' as const) : ('idle' as const),
              since: { at: 2, exact: true },
            },
          },
        })),
      );
    };
    sample = new HourlySample({
      intake: new Intake(board, null),
      board,
      clock,
      cloud: { getUsers },
      log: pino({ level: 'silent' }),
      random: seededRandom('test'),
      liveAgents: () => live,
      refresh: (ids) => refreshed.push(ids.length),
      everyMs: HOUR_MS,
    });
  });

  const compare = async (): Promise<void> => {
    const comparing = sample.compare(stopping.signal);
    await clock.advance(60_000);
    await comparing;
  };

  it('compares a fifth of the agents, a hundred to a call, and keeps the figure', async () => {
    await compare();
    expect(asked.map((ids) => ids.length)).toEqual([100, 100]);
    expect(sample.status().last).toMatchObject({ compared: 200, diverged: 0, refreshed: false });
    expect(refreshed).toEqual([]);
  });

  it('leaves it at adopting the answers when up to five in a hundred differ', async () => {
    unlike = new Set(live.filter((_, index) => index % 40 === 0));
    await compare();
    const { diverged = 0 } = sample.status().last ?? {};
    expect(diverged).toBeGreaterThan(0);
    expect(refreshed).toEqual([]);
    const corrected = [...board.rows()].filter((row) => row.state.routing?.state === 'offQueue');
    expect(corrected).toHaveLength(diverged);
  });

  it('has everybody read again when more differ, also those who were not in the sample', async () => {
    unlike = new Set(live.filter((_, index) => index % 8 === 0));
    await compare();
    expect(sample.status().last?.refreshed).toBe(true);
    expect(refreshed).toEqual([1000]);
  });

  it('leaves out agents whose events do not arrive anyway', async () => {
    live = live.slice(0, 10);
    await compare();
    expect(sample.status().last?.compared).toBe(2);
  });

  it('leaves out agents whose events have stopped arriving while it goes on', async () => {
    const [all, comparing] = [live, sample.compare(stopping.signal)];
    await clock.advance(1000);
    live = all.filter((id) => asked[0]?.includes(id));
    await clock.advance(60_000);
    await comparing;
    expect(asked).toHaveLength(1);
    expect(sample.status().last?.compared).toBe(100);
  });

  it('comes round every hour, also after one that failed', async () => {
    const run = new AbortController();
    const running = sample.run(run.signal).catch(() => undefined);
    isAway = true;
    await clock.advance(HOUR_MS);
    expect(sample.status().last).toBeNull();
    isAway = false;
    await clock.advance(HOUR_MS + 60_000);
    expect(sample.status().last?.compared).toBe(200);
    run.abort();
    await clock.advance(0);
    await running;
    expect(clock.pending).toBe(0);
  });
});
