import { agentId, type AgentId } from '@floorwatch/domain';
import { FakeClock } from '@floorwatch/domain/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { RollingSweep } from './rolling-sweep.ts';
import type { SnapshotRead } from './snapshot-reader.ts';

const agents = (count: number): AgentId[] =>
  Array.from({ length: count }, (_, index) => agentId(`agent-${String(index)}`));

const ROUND_MS = 300_000;

describe('RollingSweep', () => {
  let clock: FakeClock;
  let stopping: AbortController;
  let reads: { readonly at: number; readonly ids: readonly AgentId[] }[];
  let rounds: number[];
  let isAway: boolean;
  let present: AgentId[];
  let running: Promise<void>;

  const read = async ({ ids }: SnapshotRead): Promise<void> => {
    reads.push({ at: clock.now(), ids });
    if (isAway) throw new Error('the platform is away');
  };

  beforeEach(() => {
    clock = new FakeClock(0);
    stopping = new AbortController();
    reads = [];
    rounds = [];
    isAway = false;
    present = agents(1000);
    const onRound = (startedAt: number): void => void rounds.push(startedAt);
    running = new RollingSweep({ reader: { read }, clock, agents: () => present, roundMs: ROUND_MS, onRound }).run(
      stopping.signal,
    );
  });

  afterEach(async () => {
    stopping.abort();
    await clock.advance(0);
    await running;
  });

  it('leaves no timer behind when it is stopped', async () => {
    await clock.advance(1000);
    stopping.abort();
    await running;
    expect(clock.pending).toBe(0);
  });

  it('spreads the reads of a round evenly over its length', async () => {
    await clock.advance(ROUND_MS - 1);
    expect(reads.map(({ at }) => at)).toEqual(Array.from({ length: 10 }, (_, index) => (index * ROUND_MS) / 10));
    expect(new Set(reads.flatMap(({ ids }) => ids)).size).toBe(1000);
  });

  it('reports a round by its start, from which on everybody has been read', async () => {
    await clock.advance(2 * ROUND_MS);
    expect(rounds).toEqual([0, ROUND_MS]);
  });

  it('goes on after a failed read, but does not call that round complete', async () => {
    isAway = true;
    await clock.advance(ROUND_MS / 2);
    isAway = false;
    await clock.advance(1.5 * ROUND_MS);
    expect(reads.length).toBeGreaterThanOrEqual(20);
    expect(rounds).toEqual([ROUND_MS]);
  });

  it('notices within a second when there is somebody to read', async () => {
    stopping.abort();
    await running;
    stopping = new AbortController();
    present = [];
    reads = [];
    running = new RollingSweep({ reader: { read }, clock, agents: () => present, roundMs: ROUND_MS }).run(
      stopping.signal,
    );
    await clock.advance(60_000);
    present = agents(1);
    await clock.advance(1000);
    expect(reads).toHaveLength(1);
  });
});
