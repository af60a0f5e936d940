import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { WebSocket, WebSocketServer } from 'ws';
import { serveParent } from '../processes/remote.ts';
import type { RecordedFrame } from './load-client.ts';

/** The peer: a loop over the sockets of `ws` and nothing else, sending the recorded bytes at the recorded moments. */

let server: WebSocketServer | null = null;

const service = {
  /** @returns the port */
  listen: async (_: null): Promise<number> => {
    server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
    await once(server, 'listening');
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    return address.port;
  },

  /** Plays the recording once; returns when its last frame has been sent. */
  play: async (recording: readonly RecordedFrame[]): Promise<void> => {
    const frames = recording.map(({ atMs, text }) => ({ atMs, data: Buffer.from(text) }));
    const startedAt = performance.now();
    for (const { atMs, data } of frames) {
      const waitMs = atMs - (performance.now() - startedAt);
      if (waitMs > 0) await sleep(waitMs);
      for (const socket of server?.clients ?? [])
        if (socket.readyState === WebSocket.OPEN) socket.send(data, { binary: false });
    }
  },
};

export type BareWsServer = typeof service;

serveParent(service);
process.once('disconnect', () => process.exit());
