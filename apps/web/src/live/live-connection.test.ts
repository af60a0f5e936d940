import { CLOSE_CODE, type AgentList, type ServerToClient } from '@floorwatch/contracts';
import { FakeClock } from '@floorwatch/domain/testing';
import { expect, test } from 'vitest';
import type { Connection } from './connection.ts';
import { explainListFailure } from './explain-problem.ts';
import { FloorFake, LIVE } from './floor.fake.ts';
import { LiveConnection, type SocketListener } from './live-connection.ts';
import { LiveStore } from './live-store.ts';

/** One socket the connection opened: what it sent, and the means to play the BFF. */
interface ScriptedSocket {
  readonly sent: unknown[];
  isClosed: boolean;
  say(frame: ServerToClient | string): void;
  end(code: number): void;
}

const settled = { presence: 'onQueue', routing: 'idle' } as const;

class Scene {
  readonly clock = new FakeClock();
  readonly live = new LiveStore(this.clock);
  readonly sockets: ScriptedSocket[] = [];
  floor = new FloorFake();
  /** What the next lists answer; the floor's list when there is nothing here. */
  readonly listAnswers: (() => Promise<AgentList>)[] = [];
  listLoads = 0;
  reloads = 0;
  readonly connection = new LiveConnection({
    clock: this.clock,
    random: () => 0.5,
    live: this.live,
    openSocket: (listener) => this.#open(listener),
    loadList: () => {
      this.listLoads += 1;
      return this.listAnswers.shift()?.() ?? Promise.resolve(this.floor.list());
    },
    explain: explainListFailure,
    reloadPage: () => {
      this.reloads += 1;
      return this.reloads === 1;
    },
  });

  constructor() {
    this.floor.put('Ana', { ...settled, at: this.clock.now() });
  }

  get socket(): ScriptedSocket {
    const socket = this.sockets.at(-1);
    if (socket === undefined) throw new Error('no socket was opened');
    return socket;
  }

  get state(): Connection {
    return this.live.store.getState().connection;
  }

  async settle(): Promise<void> {
    await this.clock.advance(0);
  }

  /** Starts and gets as far as a subscribed socket. */
  async open(): Promise<void> {
    this.connection.start();
    this.socket.say(this.floor.hello(this.clock.now()));
    await this.settle();
  }

  heartbeat(): void {
    const now = this.clock.now();
    this.socket.say({ type: 'heartbeat', version: this.floor.board.version, now, platformNow: now, upstream: LIVE });
  }

  /** Ends the socket with this code and brings the clock to the next attempt. */
  async loseAndWait(code: number): Promise<void> {
    this.socket.end(code);
    if (this.state.kind === 'waiting') await this.clock.advance(this.state.retryAtMs - this.clock.now());
  }

  #open(listener: SocketListener): { send(text: string): void; close(): void } {
    const socket: ScriptedSocket = {
      sent: [],
      isClosed: false,
      say: (frame) => listener.onText(typeof frame === 'string' ? frame : JSON.stringify(frame)),
      end: (code) => listener.onClose(code, ''),
    };
    this.sockets.push(socket);
    return {
      send: (text) => socket.sent.push(JSON.parse(text)),
      close: () => {
        socket.isClosed = true;
      },
    };
  }
}

const position = ({ floor }: Scene) => ({ type: 'subscribe', epoch: floor.board.epoch, version: floor.board.version });

test('subscribes at the position of the list once both the list and the greeting are there', async () => {
  const scene = new Scene();
  scene.connection.start();
  await scene.settle();
  expect(scene.socket.sent).toEqual([]);
  scene.socket.say(scene.floor.hello(scene.clock.now()));
  expect(scene.socket.sent).toEqual([position(scene)]);
  expect(scene.state).toEqual({ kind: 'open' });
});

test('applies deltas to the board the tiles read', async () => {
  const scene = new Scene();
  await scene.open();
  const from = scene.floor.board.version;
  const { ref } = scene.floor.put('Ana', { presence: 'meal', routing: 'offQueue', at: scene.clock.now() + 10 });
  scene.socket.say(scene.floor.delta(from, scene.clock.now()));
  expect(scene.live.rowAt(ref)?.activity).toBe('meal');
  expect(scene.live.store.getState().view?.counts.activities).toMatchObject({ meal: 1, ready: 0 });
});

test('comes back after a lost socket without loading the list, at the version it holds', async () => {
  const scene = new Scene();
  await scene.open();
  await scene.loseAndWait(1006);
  scene.socket.say(scene.floor.hello(scene.clock.now()));
  expect(scene.sockets).toHaveLength(2);
  expect(scene.listLoads).toBe(1);
  expect(scene.socket.sent).toEqual([position(scene)]);
});

test('loads the list again when a restarted BFF greets with another epoch, and keeps the old floor until it is there', async () => {
  const scene = new Scene();
  await scene.open();
  await scene.loseAndWait(CLOSE_CODE.restart);
  scene.floor = new FloorFake('epoch-2');
  scene.floor.put('Ben', { ...settled, at: scene.clock.now() });
  scene.socket.say(scene.floor.hello(scene.clock.now()));
  expect(scene.live.rowAt(0)?.profile.name).toBe('Ana');
  await scene.settle();
  expect(scene.live.rowAt(0)?.profile.name).toBe('Ben');
  expect(scene.socket.sent).toEqual([position(scene)]);
});

test('loads the list again when the BFF refuses the epoch, and subscribes on the same socket', async () => {
  const scene = new Scene();
  await scene.open();
  scene.socket.say({ type: 'refused', code: 'epoch-unknown', message: 'load the list again' });
  await scene.settle();
  expect(scene.sockets).toHaveLength(1);
  expect(scene.listLoads).toBe(2);
  expect(scene.socket.sent).toEqual([position(scene), position(scene)]);
});

test('loads the list again when a delta names an agent it was never told of', async () => {
  const scene = new Scene();
  await scene.open();
  const from = scene.floor.board.version;
  scene.floor.put('New', { ...settled, at: scene.clock.now() });
  scene.socket.say({ ...scene.floor.delta(from, scene.clock.now()), cards: [] });
  await scene.settle();
  expect(scene.listLoads).toBe(2);
  expect(scene.live.position).toEqual({ epoch: 'epoch-1', version: scene.floor.board.version });
});

test('a list and a socket that never fit do not make it spin: it backs off', async () => {
  const scene = new Scene();
  const other = new FloorFake('another-bff').list();
  scene.listAnswers.push(...Array.from({ length: 10 }, () => () => Promise.resolve(other)));
  await scene.open();
  expect(scene.listLoads).toBe(2);
  expect(scene.state).toMatchObject({ kind: 'waiting' });
});

test('takes twelve seconds of silence for a dead line', async () => {
  const scene = new Scene();
  await scene.open();
  await scene.clock.advance(11_000);
  expect(scene.state).toEqual({ kind: 'open' });
  await scene.clock.advance(1000);
  expect(scene.state).toMatchObject({ kind: 'waiting', problem: { message: 'Floorwatch has gone silent.' } });
  expect(scene.sockets[0]?.isClosed).toBe(true);
});

test('any frame counts as a sign of life', async () => {
  const scene = new Scene();
  await scene.open();
  for (let beat = 0; beat < 5; beat += 1) {
    await scene.clock.advance(10_000);
    scene.heartbeat();
  }
  expect(scene.sockets).toHaveLength(1);
});

test('tries for ever, and never more than three seconds apart in the first minute', async () => {
  const scene = new Scene();
  await scene.open();
  const lostAt = scene.clock.now();
  let before = lostAt;
  while (scene.clock.now() - lostAt < 600_000) {
    await scene.loseAndWait(1006);
    const gap = scene.clock.now() - before;
    before = scene.clock.now();
    expect(gap).toBeLessThanOrEqual(before - gap - lostAt < 60_000 ? 3000 : 30_000);
  }
  scene.socket.say(scene.floor.hello(scene.clock.now()));
  await scene.settle();
  expect(scene.state).toEqual({ kind: 'open' });
});

test('the next outage starts with short waits again', async () => {
  const scene = new Scene();
  await scene.open();
  for (let times = 0; times < 8; times += 1) await scene.loseAndWait(1006);
  scene.socket.say(scene.floor.hello(scene.clock.now()));
  await scene.settle();
  scene.heartbeat();
  scene.socket.end(1006);
  expect(scene.state).toMatchObject({ kind: 'waiting', attempt: 2, retryAtMs: scene.clock.now() + 750 });
});

test('says why the list failed, honours how long to wait, and can be told to try at once', async () => {
  const scene = new Scene();
  scene.listAnswers.push(() => Promise.reject(new Error('Floorwatch does not answer.')));
  scene.connection.start();
  await scene.settle();
  expect(scene.state).toMatchObject({
    kind: 'waiting',
    problem: { message: 'Floorwatch does not answer.' },
  });
  scene.connection.retryNow();
  scene.socket.say(scene.floor.hello(scene.clock.now()));
  await scene.settle();
  expect(scene.state).toEqual({ kind: 'open' });
});

test('a list that hangs while heartbeats go on is given up after thirty seconds', async () => {
  const scene = new Scene();
  scene.listAnswers.push(() => new Promise(() => {}));
  scene.connection.start();
  scene.socket.say(scene.floor.hello(scene.clock.now()));
  for (let beat = 0; beat < 5; beat += 1) {
    await scene.clock.advance(5000);
    scene.heartbeat();
  }
  expect(scene.state.kind).toBe('connecting');
  await scene.clock.advance(5000);
  expect(scene.state).toMatchObject({ kind: 'waiting', problem: { message: 'Loading the agents takes too long.' } });
});

test('a list that arrives after it was given up changes nothing', async () => {
  const scene = new Scene();
  let answer = (_list: AgentList): void => {};
  scene.listAnswers.push(
    () =>
      new Promise((resolve) => {
        answer = resolve;
      }),
  );
  scene.connection.start();
  scene.socket.end(1006);
  answer(scene.floor.list());
  await scene.settle();
  expect(scene.live.position).toBeNull();
});

test('a frame it does not understand ends the attempt, not the page', async () => {
  const scene = new Scene();
  await scene.open();
  scene.socket.say('{"type":"delta"');
  expect(scene.state).toMatchObject({ kind: 'waiting' });
  await scene.loseAndWait(1006);
  scene.socket.say('{"type":"unheard-of"}');
  expect(scene.state).toMatchObject({ kind: 'waiting' });
});

test.each(['close code', 'refusal', 'greeting'])(
  'reloads the page once when its protocol is too old (%s), then says so',
  async (way) => {
    const scene = new Scene();
    await scene.open();
    const tellIt = (): void => {
      if (way === 'close code') scene.socket.end(CLOSE_CODE.protocolTooOld);
      if (way === 'refusal') scene.socket.say({ type: 'refused', code: 'protocol-too-old', message: '' });
      if (way === 'greeting') scene.socket.say({ ...scene.floor.hello(scene.clock.now()), protocol: 99 });
    };
    tellIt();
    expect(scene.reloads).toBe(1);
    scene.connection.start();
    tellIt();
    expect(scene.state).toMatchObject({ kind: 'refused', reason: 'protocol-too-old' });
    expect(scene.state).toMatchObject({ message: expect.stringContaining('did not help') as string });
  },
);

test('does not come back where it may not be', async () => {
  const scene = new Scene();
  await scene.open();
  scene.socket.end(CLOSE_CODE.notAllowed);
  await scene.clock.advance(120_000);
  expect(scene.state).toMatchObject({ kind: 'refused', reason: 'not-allowed' });
  expect(scene.sockets).toHaveLength(1);
});

test('a socket it has left behind cannot disturb the new one', async () => {
  const scene = new Scene();
  await scene.open();
  const [first] = scene.sockets;
  scene.connection.reconnect();
  first?.end(1006);
  first?.say('nonsense');
  expect(scene.state.kind).toBe('connecting');
  expect(scene.sockets).toHaveLength(2);
});

test('stops with no timer left', async () => {
  const scene = new Scene();
  await scene.open();
  scene.connection.stop();
  expect(scene.clock.pending).toBe(0);
  expect(scene.socket.isClosed).toBe(true);
});
