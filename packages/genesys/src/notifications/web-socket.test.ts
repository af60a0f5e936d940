import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { WebSocketServer, type WebSocket } from 'ws';
import { Secret } from '../secret.ts';
import { openWebSocket, type SocketEnd } from './web-socket.ts';

let http: Server;
let sockets: WebSocketServer;
let address: string;

beforeEach(async () => {
  http = createServer();
  sockets = new WebSocketServer({ noServer: true });
  http.on('upgrade', (request, socket, head) => {
    if (request.url === '/gone') socket.end('HTTP/1.1 401 Unauthorized\r\nConnection: close\r\n\r\n');
    else sockets.handleUpgrade(request, socket, head, (peer) => sockets.emit('connection', peer));
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  address = `ws://127.0.0.1:${(http.address() as AddressInfo).port}`;
});

afterEach(async () => {
  for (const peer of sockets.clients) peer.terminate();
  await new Promise((resolve) => http.close(resolve));
});

const connect = (path = '/channel-id') => {
  const heard: string[] = [];
  const ends: SocketEnd[] = [];
  const open = Promise.withResolvers<void>();
  const peer = new Promise<WebSocket>((resolve) => sockets.once('connection', resolve));
  const socket = openWebSocket(new Secret(address + path), {
    onOpen: open.resolve,
    onText: (text) => heard.push(text),
    onEnd: (end) => ends.push(end),
  });
  return { socket, heard, ends, opened: open.promise, peer };
};

const ended = (ends: SocketEnd[]) => vi.waitFor(() => expect(ends).toHaveLength(1));

test('texts go both ways', async () => {
  const { socket, heard, opened, peer } = connect();
  await opened;
  const far = await peer;
  const atFar = new Promise((resolve) => far.once('message', (data: Buffer) => resolve(data.toString('utf8'))));
  socket.send('{"message":"ping"}');
  expect(await atFar).toBe('{"message":"ping"}');
  far.send('{"topicName":"channel.metadata"}');
  await vi.waitFor(() => expect(heard).toEqual(['{"topicName":"channel.metadata"}']));
  socket.terminate();
});

test('a refused handshake ends once, with its status', async () => {
  const { ends } = connect('/gone');
  await ended(ends);
  expect(ends).toMatchObject([{ refusedWith: 401 }]);
});

test('where nothing listens it ends once, with host and cause and without the address', async () => {
  await new Promise((resolve) => http.close(resolve));
  const { ends } = connect('/streaming-7-secret');
  await ended(ends);
  expect(ends).toMatchObject([{ refusedWith: null, reason: expect.stringContaining('ECONNREFUSED') as string }]);
  expect(JSON.stringify(ends)).not.toContain('streaming-7-secret');
});

test('a close by the platform ends it with the code', async () => {
  const { ends, opened, peer } = connect();
  await opened;
  (await peer).close(1001);
  await ended(ends);
  expect(ends[0]?.reason).toContain('code 1001');
});

test('a connection that is cut ends it', async () => {
  const { ends, opened, peer } = connect();
  await opened;
  (await peer).terminate();
  await ended(ends);
  expect(ends[0]?.refusedWith).toBeNull();
});

test('after our own close nothing more is told, whatever the other side sends', async () => {
  const { socket, heard, ends, opened, peer } = connect();
  await opened;
  const far = await peer;
  const closed = new Promise((resolve) => far.once('close', resolve));
  socket.close();
  far.send('late');
  await closed;
  expect([heard, ends]).toEqual([[], []]);
});
