import { agentId, type AgentId } from '@floorwatch/domain';
import { FakeClock } from '@floorwatch/domain/testing';
import { MAX_USERS_PER_CALL } from '@floorwatch/genesys';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ResyncQueue } from './resync-queue.ts';
import type { SnapshotRead } from './snapshot-reader.ts';

const agents = (count: number): AgentId[] =>
  Array.from({ length: count }, (_, index) => agentId(`agent-${String(index)}`));

interface PendingRead {
  readonly ids: readonly AgentId[];
  readonly succeed: () => void;
  readonly fail: () => void;
}

describe('ResyncQueue', () => {
  let clock: FakeClock;
  let reads: PendingRead[];
  let queue: ResyncQueue;
  let stopping: AbortController;
  let running: Promise<void>;

  const read = ({ ids }: SnapshotRead): Promise<void> =>
    new Promise((resolve, reject) => {
      const fail = (): void => {
        reject(new Error('the platform is away'));
      };
      reads.push({ ids, succeed: resolve, fail });
    });

  const takeReads = async (): Promise<PendingRead[]> => {
    await clock.advance(0);
    return reads.splice(0);
  };

  beforeEach(() => {
    clock = new FakeClock();
    reads = [];
    queue = new ResyncQueue({ reader: { read }, clock });
    stopping = new AbortController();
    running = queue.run(stopping.signal);
  });

  afterEach(async () => {
    stopping.abort();
    for (const { succeed } of reads) succeed();
    await running;
  });

  it('re-reads every agent of a gap once, a hundred at a time', async () => {
    queue.add(agents(250));
    const batches = await takeReads();
    expect(batches.map(({ ids }) => ids.length)).toEqual([MAX_USERS_PER_CALL, MAX_USERS_PER_CALL, 50]);
    expect(new Set(batches.flatMap(({ ids }) => ids)).size).toBe(250);
    for (const { succeed } of batches) succeed();
    expect(await takeReads()).toEqual([]);
    expect(queue.size).toBe(0);
  });

  it('counts an agent as in doubt until the read has succeeded, and tries again after a failure', async () => {
    queue.add(agents(10));
    const [first] = await takeReads();
    first?.fail();
    expect(await takeReads()).toEqual([]); // it waits a moment first
    expect(queue.size).toBe(10);
    await clock.advance(1000);
    const [second] = await takeReads();
    expect(second?.ids).toEqual(first?.ids);
    second?.succeed();
    await takeReads();
    expect(queue.size).toBe(0);
  });

  it('reads an agent again that fell into a second gap while the first was being read', async () => {
    queue.add(agents(1));
    const [first] = await takeReads();
    queue.add(agents(1));
    expect(await takeReads()).toEqual([]); // not beside the first read: the two could overtake each other
    first?.succeed();
    const [second] = await takeReads();
    expect(second?.ids).toEqual(first?.ids);
    second?.succeed();
  });
});
