import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocketServer } from 'ws';
import { textFrame } from './text-frame.ts';

describe('textFrame', () => {
  let http: Server;
  let sockets: WebSocketServer;
  let browser: WebSocket;
  let send: (frame: Buffer) => void;

  const hear = async (text: string): Promise<unknown> => {
    const heard = once(browser, 'message') as Promise<[{ readonly data: unknown }]>;
    send(textFrame(text));
    const [event] = await heard;
    return event.data;
  };

  beforeEach(async () => {
    http = createServer();
    sockets = new WebSocketServer({ server: http });
    const upgraded = new Promise<void>((resolve) => {
      sockets.once('connection', (_socket, request) => {
        send = (frame) => void request.socket.write(frame);
        resolve();
      });
    });
    http.listen(0, '127.0.0.1');
    await once(http, 'listening');
    browser = new WebSocket(`ws://127.0.0.1:${String((http.address() as AddressInfo).port)}`);
    await Promise.all([upgraded, once(browser, 'open')]);
  });

  afterEach(async () => {
    for (const socket of sockets.clients) socket.terminate();
    sockets.close();
    http.close();
    await once(http, 'close');
  });

  it.each([0, 1, 125, 126, 65_535, 65_536, 200_000])('is read by a browser at a length of %i bytes', async (length) => {
    const text = 'x'.repeat(length);
    expect(await hear(text)).toBe(text);
  });

  it('counts bytes, not characters', async () => {
    const text = 'Zoë, 東京 ☎ '.repeat(11);
    expect(text.length).toBeLessThanOrEqual(125);
    expect(await hear(text)).toBe(text);
  });

  it('is whole beside another', async () => {
    expect(await hear('one')).toBe('one');
    expect(await hear('two')).toBe('two');
  });
});
