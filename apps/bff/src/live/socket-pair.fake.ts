import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { WebSocketServer, type WebSocket as ServerSocket } from 'ws';

/** A real WebSocket connection over loopback: the server's two ends of it, and the browser's. */
export interface SocketPair {
  readonly socket: ServerSocket;
  readonly connection: Socket;
  readonly browser: WebSocket;
  close(): Promise<void>;
}

export const openSocketPair = async (): Promise<SocketPair> => {
  const http = createServer();
  const sockets = new WebSocketServer({ server: http });
  const accepted = new Promise<Pick<SocketPair, 'socket' | 'connection'>>((resolve) => {
    sockets.once('connection', (socket, request) => resolve({ socket, connection: request.socket }));
  });
  http.listen(0, '127.0.0.1');
  await once(http, 'listening');
  const browser = new WebSocket(`ws://127.0.0.1:${String((http.address() as AddressInfo).port)}`);
  const [ends] = await Promise.all([accepted, once(browser, 'open')]);
  const close = async (): Promise<void> => {
    ends.socket.terminate();
    sockets.close();
    http.close();
    await once(http, 'close');
  };
  return { ...ends, browser, close };
};
