import { once } from 'node:events';
import { createServer } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { Server } from 'socket.io';
import { serveParent } from '../processes/remote.ts';

/** The other peer: Socket.IO as its guide shows it, emitting each change of an agent to everybody when it comes. */

export interface TimedEvent {
  /** Since the start, ms. */
  readonly atMs: number;
  readonly agent: object;
}

/** How often it looks what is due: each event goes out alone, within this much of its moment. */
const BEAT_MS = 2;

const http = createServer();
const io = new Server(http, { transports: ['websocket'], serveClient: false });

const service = {
  /** @returns the port */
  listen: async (_: null): Promise<number> => {
    http.listen(0, '127.0.0.1');
    await once(http, 'listening');
    const address = http.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    return address.port;
  },

  /** Emits every event at its moment. @returns by how much the last one was late, ms */
  play: async (events: readonly TimedEvent[]): Promise<number> => {
    const startedAt = performance.now();
    let next = 0;
    for (;;) {
      const atMs = performance.now() - startedAt;
      for (let event = events[next]; event !== undefined && event.atMs <= atMs; event = events[next]) {
        io.emit('agent', event.agent);
        next += 1;
      }
      if (next >= events.length) break;
      await sleep(BEAT_MS);
    }
    return performance.now() - startedAt - (events.at(-1)?.atMs ?? 0);
  },
};

export type SocketIoServer = typeof service;

serveParent(service);
process.once('disconnect', () => process.exit());
