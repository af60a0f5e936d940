import { WebSocket } from 'ws';
import { FrameLedger } from '../live/frame-ledger.ts';
import { loadList, subscribeFrom } from '../live/position.ts';
import { serveParent } from '../processes/remote.ts';
import { LatencyHistogram } from '../report/latency-histogram.ts';

/** A process that holds many sockets and counts what arrives at them. It does as little as it can: it shares the machine. */

export interface ConnectRequest {
  readonly socketUrl: string;
  readonly sockets: number;
  /** How the server wants to be spoken to: Floorwatch (list, hello, subscribe), nothing at all, or Socket.IO's protocol. */
  readonly speak: 'floorwatch' | 'nothing' | 'socket.io';
  /** Where the list is loaded from; null for a server that has none. */
  readonly url: string | null;
}

export interface RecordedFrame {
  /** Since the start of the window, ms. */
  readonly atMs: number;
  readonly text: string;
}

export interface Received {
  readonly wallMs: number;
  readonly frames: number;
  readonly bytes: number;
  /** Rows in all frames at all sockets: events delivered. */
  readonly rows: number;
  /** Changes of agents that the frames of one socket covered. */
  readonly changes: number;
  /** Platform event → socket, every event at every socket. */
  readonly latency: Uint32Array;
  /** What the first socket received, byte for byte. */
  readonly recording: readonly RecordedFrame[];
}

/** Sockets opened at once: a crowd, but not one that overruns the listen queue. */
const CONNECT_BATCH = 100;

const SOCKET_IO = { open: '0', connect: '40', ping: '2', pong: '3', event: '42' } as const;

interface Counters {
  frames: number;
  bytes: number;
  rows: number;
  changes: number;
}

const noCounts = (): Counters => ({ frames: 0, bytes: 0, rows: 0, changes: 0 });

const ledger = new FrameLedger();
let sockets: WebSocket[] = [];
let counters = noCounts();
let latency = new LatencyHistogram();
let recording: RecordedFrame[] = [];
let windowStartedAt: number | null = null;

const receiveFloorwatch = (socket: WebSocket, data: Buffer): void => {
  const contents = ledger.read(data); // also outside the window: the next frame is read against this one
  if (windowStartedAt === null) return;
  counters.frames += 1;
  counters.bytes += data.length;
  const isFirst = socket === sockets[0];
  if (isFirst) recording.push({ atMs: performance.now() - windowStartedAt, text: data.toString('utf8') });
  if (contents === null) return;
  counters.rows += contents.rows;
  if (isFirst) counters.changes += contents.changes;
  const now = Date.now();
  for (const instant of contents.instants) latency.record(now - instant);
};

const receiveBytes = (_socket: WebSocket, data: Buffer): void => {
  if (windowStartedAt === null) return;
  counters.frames += 1;
  counters.bytes += data.length;
};

const receiveSocketIo = (socket: WebSocket, data: Buffer): void => {
  const kind = data.toString('latin1', 0, 2);
  if (kind === SOCKET_IO.ping) socket.send(SOCKET_IO.pong);
  if (kind !== SOCKET_IO.event || windowStartedAt === null) return;
  counters.frames += 1;
  counters.rows += 1;
  counters.bytes += data.length;
};

const RECEIVERS = { floorwatch: receiveFloorwatch, nothing: receiveBytes, 'socket.io': receiveSocketIo } as const;

/** Resolves once the server knows the socket and will send to it. */
const open = ({ socketUrl, speak }: ConnectRequest, subscribe: string): Promise<WebSocket> =>
  new Promise((resolve, reject) => {
    const socket = new WebSocket(socketUrl, { perMessageDeflate: false, skipUTF8Validation: true });
    socket.binaryType = 'nodebuffer';
    socket.once('error', reject);
    const receive = RECEIVERS[speak];
    const start = (): void => {
      socket.on('message', (data) => {
        if (Buffer.isBuffer(data)) receive(socket, data);
      });
      resolve(socket);
    };
    switch (speak) {
      case 'floorwatch':
        socket.once('message', () => {
          socket.send(subscribe);
          start();
        });
        break;
      case 'socket.io':
        socket.once('message', () => {
          socket.send(SOCKET_IO.connect);
          socket.once('message', start);
        });
        break;
      case 'nothing':
        socket.once('open', start);
    }
  });

const takePosition = async (url: string | null): Promise<string> => {
  if (url === null) return '';
  const list = await loadList(url);
  ledger.prime(list.rows, list.version);
  return subscribeFrom(list);
};

const service = {
  connect: async (request: ConnectRequest): Promise<void> => {
    const subscribe = await takePosition(request.url);
    while (sockets.length < request.sockets) {
      const batch = Math.min(CONNECT_BATCH, request.sockets - sockets.length);
      sockets.push(...(await Promise.all(Array.from({ length: batch }, () => open(request, subscribe)))));
    }
  },

  startWindow: (_: null): void => {
    counters = noCounts();
    latency = new LatencyHistogram();
    recording = [];
    windowStartedAt = performance.now();
  },

  endWindow: (_: null): Received => {
    const wallMs = windowStartedAt === null ? 0 : performance.now() - windowStartedAt;
    windowStartedAt = null;
    return { wallMs, ...counters, latency: latency.counts, recording };
  },

  disconnect: (_: null): void => {
    for (const socket of sockets) socket.terminate();
    sockets = [];
  },
};

export type LoadClient = typeof service;

serveParent(service);
process.once('disconnect', () => process.exit());
