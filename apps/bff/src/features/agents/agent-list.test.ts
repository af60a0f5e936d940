import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { listAgents } from '@floorwatch/contracts';
import { agentId, Board } from '@floorwatch/domain';
import { FakeClock } from '@floorwatch/domain/testing';
import { beforeEach, describe, expect, it } from 'vitest';
import type { DirectoryNames } from '../../ingest/directory.ts';
import { AgentListRenderer } from './agent-list.ts';

const putAgent = (board: Board, name: string): void => {
  board.putAgent({ id: agentId(name), name, divisionId: null, title: null, department: null, team: null });
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
    const document = list.current();
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
    const first = list.current();
    putAgent(board, 'Bo');
    expect(list.current()).toBe(first);
    await clock.advance(2000);
    expect(list.current()?.etag).toBe('"epoch-1-2-1"');
  });

  it('keeps the rendering for as long as the position is the same', async () => {
    const first = list.current();
    await clock.advance(60_000);
    expect(list.current()).toBe(first);
  });

  it('renders anew when the names were read again', () => {
    const { etag } = list.current() ?? {};
    names = { ...names, revision: 2 };
    expect(list.current()?.etag).not.toBe(etag);
  });

  it('has nothing to give before the platform has been read', () => {
    names = { ...names, revision: 0 };
    expect(list.current()).toBeNull();
  });
});
