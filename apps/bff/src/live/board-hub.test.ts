import { CLOSE_CODE, serverToClient, type ServerToClient, type UpstreamHealth } from '@floorwatch/contracts';
import {
  agentId,
  Board,
  divisionId,
  type AgentProfile,
  type DivisionScope,
  type RoutingState,
} from '@floorwatch/domain';
import { FakeClock } from '@floorwatch/domain/testing';
import { beforeEach, describe, expect, it } from 'vitest';
import { BoardHub, HEARTBEAT_MS, TICK_MS } from './board-hub.ts';
import type { ClientSession } from './client-session.ts';
import { FrameEncoder } from './frame-encoder.ts';

const LIVE: UpstreamHealth = {
  state: 'live',
  hop: null,
  since: null,
  dataAt: null,
  message: null,
  agentsLive: 2,
  agentsTotal: 2,
};

interface FakeSession extends ClientSession {
  readonly frames: Buffer[];
  unsent: number;
  closedWith: number | null;
  isTerminated: boolean;
}

const fakeSession = (): FakeSession => {
  const session: FakeSession = {
    position: null,
    lastSentAt: 0,
    stuckSince: null,
    frames: [],
    unsent: 0,
    closedWith: null,
    isTerminated: false,
    unsentBytes: () => session.unsent,
    send: (frame) => void session.frames.push(frame),
    close: (code) => {
      session.closedWith = code;
    },
    terminate: () => {
      session.isTerminated = true;
    },
  };
  return session;
};

/** A frame's text begins after a header of two, four or ten bytes (RFC 6455 §5.2). */
const textOf = (frame: Buffer): string => {
  const { [frame[1] ?? 0]: longer = 2 } = { 126: 4, 127: 10 };
  return frame.toString('utf8', longer);
};

const read = (frame: Buffer | undefined): ServerToClient =>
  serverToClient.parse(frame === undefined ? null : JSON.parse(textOf(frame)));

const framesOf = (session: FakeSession): ServerToClient[] => session.frames.map(read);

const profile = (name: string, division: string | null = null): AgentProfile => ({
  id: agentId(name),
  name,
  divisionId: division === null ? null : divisionId(division),
  title: null,
  department: null,
  team: null,
});

describe('BoardHub', () => {
  let clock: FakeClock;
  let board: Board;
  let hub: BoardHub;
  let upstream: UpstreamHealth;

  const setRouting = (name: string, state: RoutingState): void => {
    board.applyEvent({
      agentId: agentId(name),
      observedAt: clock.now(),
      platformNow: clock.now(),
      kind: 'event',
      routing: { state, since: { at: clock.now(), exact: true } },
    });
  };

  const join = (position = board.version): FakeSession => {
    const session = fakeSession();
    hub.add(session, 'all');
    hub.subscribe(session, { type: 'subscribe', epoch: board.epoch, version: position });
    return session;
  };

  beforeEach(() => {
    clock = new FakeClock();
    board = new Board('epoch-1');
    upstream = LIVE;
    const health = (): UpstreamHealth => upstream;
    const frames = new FrameEncoder({
      board,
      clock,
      platformNow: () => clock.now(),
      upstream: health,
      heartbeatMs: HEARTBEAT_MS,
      release: 'test',
    });
    hub = new BoardHub({ board, clock, frames, upstream: health });
    hub.start();
    board.putAgent(profile('ana'));
    board.putAgent(profile('bo'));
  });

  it('greets with the board it is and says nothing more until the browser has told its position', async () => {
    const session = fakeSession();
    hub.add(session, 'all');
    setRouting('ana', 'idle');
    await clock.advance(TICK_MS);
    expect(framesOf(session).map((frame) => frame.type)).toEqual(['hello', 'heartbeat']); // the first tick tells the health
    expect(framesOf(session)[0]).toMatchObject({ epoch: 'epoch-1', version: 2 });
  });

  it('sends the same bytes to everyone at the same position', async () => {
    const [one, two] = [join(), join()];
    setRouting('ana', 'idle');
    await clock.advance(TICK_MS);
    expect(one.frames.at(-1)).toBe(two.frames.at(-1));
    expect(read(one.frames.at(-1))).toMatchObject({ type: 'delta', from: 2, to: 3 });
  });

  it('brings a latecomer from where the list left them, each changed agent once', async () => {
    for (const state of ['idle', 'interacting', 'idle'] as const) {
      await clock.advance(1);
      setRouting('ana', state);
    }
    const session = join(2);
    await clock.advance(TICK_MS);
    const delta = framesOf(session).at(-1);
    expect(delta).toMatchObject({ type: 'delta', from: 2, to: 5 });
    expect(delta?.type === 'delta' && delta.rows.map((row) => [row[0], row[4]])).toEqual([[0, 'idle']]);
  });

  it('passes over a socket that has not drained and later merges what it missed into one delta', async () => {
    const [slow, quick] = [join(), join()];
    slow.unsent = 5000;
    for (const state of ['idle', 'interacting', 'offQueue'] as const) {
      setRouting('ana', state);
      await clock.advance(TICK_MS);
    }
    expect(framesOf(quick).filter((frame) => frame.type === 'delta')).toHaveLength(3);
    expect(framesOf(slow).filter((frame) => frame.type === 'delta')).toHaveLength(0);
    slow.unsent = 0;
    await clock.advance(TICK_MS);
    const merged = framesOf(slow).at(-1);
    expect(merged).toMatchObject({ type: 'delta', from: 2, to: 5 });
    expect(merged?.type === 'delta' && merged.rows.map((row) => [row[0], row[4]])).toEqual([[0, 'offQueue']]);
  });

  it('drops a socket that takes nothing for a minute', async () => {
    const stuck = join();
    stuck.unsent = 1;
    await clock.advance(61_000);
    expect(stuck.isTerminated).toBe(true);
    expect(hub.browsers).toBe(0);
  });

  it('lets a quiet floor be heard each heartbeat, on both clocks', async () => {
    const session = join();
    await clock.advance(TICK_MS + 2 * HEARTBEAT_MS);
    const heartbeats = framesOf(session).filter((frame) => frame.type === 'heartbeat');
    expect(heartbeats.length).toBeGreaterThanOrEqual(2);
    expect(heartbeats.at(-1)).toMatchObject({ version: 2, upstream: LIVE });
  });

  it('tells a change of the platform’s health on the next tick, not on the next heartbeat', async () => {
    const session = join();
    await clock.advance(TICK_MS);
    const before = session.frames.length;
    upstream = { ...LIVE, state: 'down', hop: 'push', since: clock.now(), dataAt: clock.now(), agentsLive: 0 };
    await clock.advance(TICK_MS);
    expect(session.frames).toHaveLength(before + 1);
    expect(framesOf(session).at(-1)).toMatchObject({ type: 'heartbeat', upstream: { state: 'down', hop: 'push' } });
  });

  describe('for browsers whose viewers may see one division', () => {
    const north: DivisionScope = new Set([divisionId('north')]);
    const south: DivisionScope = new Set([divisionId('south')]);

    /** Joins at the position that a list of this moment has: the greeting tells the same epoch. */
    const joinIn = (seen: DivisionScope): FakeSession => {
      const session = fakeSession();
      hub.add(session, seen);
      const hello = framesOf(session)[0];
      if (hello?.type !== 'hello') throw new Error('not greeted');
      hub.subscribe(session, { type: 'subscribe', epoch: hello.epoch, version: hello.version });
      return session;
    };

    const lastDelta = (session: FakeSession) => {
      const frame = framesOf(session).findLast(({ type }) => type === 'delta');
      if (frame?.type !== 'delta') return null;
      const { from, to, rows, cards, removed } = frame;
      return { from, to, rows: rows.map(([ref]) => ref), cards: cards.map(({ name }) => name), removed };
    };

    beforeEach(() => {
      board.putAgent(profile('nora', 'north'));
      board.putAgent(profile('sven', 'south'));
    });

    it('sends what happens in it and nothing of others, the same bytes to everyone with the same divisions', async () => {
      const [one, two, other] = [joinIn(north), joinIn(new Set([divisionId('north')])), joinIn(south)];
      setRouting('nora', 'idle');
      setRouting('ana', 'idle');
      await clock.advance(TICK_MS);
      expect(lastDelta(one)).toMatchObject({ from: 4, to: 6, rows: [2], cards: [], removed: [] });
      expect(one.frames.at(-1)).toBe(two.frames.at(-1));
      expect(lastDelta(other)).toMatchObject({ from: 4, to: 6, rows: [], cards: [], removed: [] });
    });

    it('tells who comes in with the whole card, and who goes out as removed, by no more than the ref', async () => {
      const session = joinIn(north);
      board.putAgent(profile('nora', 'south'));
      board.putAgent(profile('sven', 'north'));
      await clock.advance(TICK_MS);
      expect(lastDelta(session)).toMatchObject({ cards: ['sven'], rows: [3], removed: [2] });
      expect(session.frames.map(textOf).join('')).not.toContain('nora');
    });

    it('tells a browser that lags where everybody is in the end', async () => {
      const session = joinIn(north);
      session.unsent = 1;
      board.putAgent(profile('nora', 'south'));
      await clock.advance(TICK_MS);
      board.putAgent(profile('nora', 'north'));
      await clock.advance(TICK_MS);
      session.unsent = 0;
      await clock.advance(TICK_MS);
      expect(lastDelta(session)).toMatchObject({ cards: ['nora'], rows: [2], removed: [] });
    });

    it('refuses a position that was given in other divisions', () => {
      const session = fakeSession();
      hub.add(session, north);
      hub.subscribe(session, { type: 'subscribe', epoch: board.epoch, version: board.version });
      expect(framesOf(session).at(-1)).toMatchObject({ type: 'refused', code: 'epoch-unknown' });
    });

    it('greets anew whoever may see something else from now on, and sends nothing until the list was loaded again', async () => {
      const session = joinIn('all');
      hub.showOther(session, north);
      const hello = framesOf(session).at(-1);
      expect(hello).toMatchObject({ type: 'hello', version: 4 });
      expect(hello?.type === 'hello' && hello.epoch).not.toBe(board.epoch);
      setRouting('sven', 'idle');
      setRouting('nora', 'idle');
      await clock.advance(TICK_MS);
      expect(lastDelta(session)).toBeNull();
      if (hello?.type === 'hello') hub.subscribe(session, { type: 'subscribe', epoch: hello.epoch, version: 4 });
      await clock.advance(TICK_MS);
      expect(lastDelta(session)).toMatchObject({ rows: [2] });
      expect(hub.browsers).toBe(1);
    });

    it('says nothing to a browser whose viewer may see the same as before', () => {
      const session = joinIn(north);
      const { length } = session.frames;
      hub.showOther(session, new Set([divisionId('north')]));
      expect(session.frames).toHaveLength(length);
    });
  });

  it.each([
    ['of another epoch', { epoch: 'epoch-0', version: 1 }],
    ['ahead of the board', { epoch: 'epoch-1', version: 99 }],
  ])('refuses a position %s and asks for a new list', (_what, position) => {
    const session = fakeSession();
    hub.add(session, 'all');
    hub.subscribe(session, { type: 'subscribe', ...position });
    expect(framesOf(session).at(-1)).toMatchObject({ type: 'refused', code: 'epoch-unknown' });
    expect(session.position).toBeNull();
  });

  it('sends everybody away with the reason when it stops, and leaves no timer behind', () => {
    const session = join();
    hub.stop();
    expect(framesOf(session).at(-1)).toMatchObject({ type: 'refused', code: 'restarting' });
    expect(session.closedWith).toBe(CLOSE_CODE.restart);
    expect(clock.pending).toBe(0);
  });
});
