import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { listAgents } from '@floorwatch/contracts';
import { agentId, Board, divisionId, queueId } from '@floorwatch/domain';
import { FakeClock } from '@floorwatch/domain/testing';
import { beforeEach, describe, expect, it } from 'vitest';
import type { DirectoryNames } from '../../ingest/directory.ts';
import { AgentListRenderer } from './agent-list.ts';

const putAgent = (board: Board, name: string, division?: string): void => {
  const inDivision = division === undefined ? null : divisionId(division);
  board.putAgent({ id: agentId(name), name, divisionId: inDivision, title: null, department: null, team: null });
};

describe('AgentListRenderer', () => {
  let clock: FakeClock;
  let board: Board;
  let names: DirectoryNames;
  let list: AgentListRenderer;

  beforeEach(() => {
    clock = new FakeClock();
    board = new Board('epoch-1');
    names = { revision: 1, divisions: [], queues: [{ id: 'q', name: 'Billing' }], presenceDefinitions: [] };
    putAgent(board, 'Ana');
    list = new AgentListRenderer({
      board,
      clock,
      organisation: () => ({ name: 'Acme', isDemo: true, narrowedFrom: null }),
      names: () => names,
    });
  });

  it('gives every encoding the same list', async () => {
    const document = list.current('all');
    const plain = await document?.body('identity');
    expect(listAgents.reply.parse(JSON.parse(String(plain)))).toMatchObject({
      epoch: 'epoch-1',
      version: 1,
      queues: [{ name: 'Billing' }],
      cards: [{ name: 'Ana' }],
    });
    expect(brotliDecompressSync((await document?.body('br')) ?? '')).toEqual(plain);
    expect(gunzipSync((await document?.body('gzip')) ?? '')).toEqual(plain);
  });

  it('renders once for everybody who asks within two seconds, even if the board moves', async () => {
    const first = list.current('all');
    putAgent(board, 'Bo');
    expect(list.current('all')).toBe(first);
    await clock.advance(2000);
    expect(list.current('all')?.etag).toBe('"epoch-1-2-1"');
  });

  it('keeps the rendering for as long as the position is the same', async () => {
    const first = list.current('all');
    await clock.advance(60_000);
    expect(list.current('all')).toBe(first);
  });

  it('renders anew when the names were read again', () => {
    const { etag } = list.current('all') ?? {};
    names = { ...names, revision: 2 };
    expect(list.current('all')?.etag).not.toBe(etag);
  });

  describe('for somebody who may see one division', () => {
    const north = new Set([divisionId('north')]);

    beforeEach(() => {
      names = {
        ...names,
        divisions: [
          { id: 'north', name: 'North' },
          { id: 'south', name: 'South' },
        ],
      };
      putAgent(board, 'Nora', 'north');
      putAgent(board, 'Sven', 'south');
    });

    const listFor = async (seen: Parameters<AgentListRenderer['current']>[0]) =>
      listAgents.reply.parse(JSON.parse(String(await list.current(seen)?.body('identity'))));

    it('has the agents and the names of that division, and says that it is cut', async () => {
      const cut = await listFor(north);
      expect(cut.cards.map(({ name }) => name)).toEqual(['Nora']);
      expect(cut.rows).toHaveLength(1);
      expect(cut.divisions).toEqual([{ id: 'north', name: 'North' }]);
      expect(cut.cutTo).toEqual([{ id: 'north', name: 'North' }]);
      expect(JSON.stringify(cut)).not.toMatch(/Sven|South|Ana/);
      expect(await listFor('all')).toMatchObject({ cutTo: null, cards: [{}, {}, {}] });
    });

    it('names the queues that these agents have joined, and no others', async () => {
      names = { ...names, queues: [...names.queues, { id: 'secret', name: 'Secret' }] };
      for (const [agent, queue] of [
        ['Nora', 'q'],
        ['Sven', 'secret'],
      ] as const)
        board.applyEvent({
          agentId: agentId(agent),
          observedAt: clock.now(),
          platformNow: clock.now(),
          kind: 'snapshot',
          queues: { ids: [queueId(queue)], modifiedAt: null },
        });
      expect((await listFor(north)).queues).toEqual([{ id: 'q', name: 'Billing' }]);
      expect((await listFor('all')).queues).toHaveLength(2);
    });

    it('has another position and ETag than the list of everybody, and the same for everyone with the same divisions', async () => {
      expect((await listFor(north)).epoch).not.toBe((await listFor('all')).epoch);
      expect(list.current(north)?.etag).not.toBe(list.current('all')?.etag);
      expect(list.current(new Set(north))).toBe(list.current(north));
    });

    it('keeps the renderings of a few scopes only', () => {
      const first = list.current(north);
      for (let other = 0; other < 20; other += 1) list.current(new Set([divisionId(`division ${String(other)}`)]));
      expect(list.current(north)).not.toBe(first);
    });
  });

  it('has nothing to give before the platform has been read', () => {
    names = { ...names, revision: 0 };
    expect(list.current('all')).toBeNull();
  });
});
