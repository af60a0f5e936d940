import { WebSocket } from 'ws';
import type { Secret } from '../secret.ts';
import { describeNetworkFailure } from '../http/network-failure.ts';

/** How a socket ended. */
export interface SocketEnd {
  /** HTTP status of a refused handshake; null otherwise. */
  readonly refusedWith: number | null;
  /** In words, without secrets. */
  readonly reason: string;
}

export interface SocketListener {
  onOpen(): void;
  onText(text: string): void;
  /** Called once, whatever happened; nothing is called after it. */
  onEnd(end: SocketEnd): void;
}

/** An open or opening connection. */
export interface Socket {
  send(text: string): void;
  /** Says goodbye where that is still possible; the listener hears nothing more. */
  close(): void;
  /** Cuts the connection without waiting for the other side; the listener hears nothing more. */
  terminate(): void;
}

/** Opens a socket at a channel's address. */
export type OpenSocket = (connectUri: Secret, listener: SocketListener) => Socket;

/** Largest frame we take, bytes; an activity event is below 2 kB. */
const MAX_FRAME_BYTES = 4 * 1024 * 1024;

/** `closeTimeout`: how long a goodbye may take before the connection is cut, ms. */
const OPTIONS = { maxPayload: MAX_FRAME_BYTES, closeTimeout: 2000 };

/** The real `OpenSocket`. The address is the only credential of a channel and never leaves this function. */
export const openWebSocket: OpenSocket = (connectUri, listener) => {
  const { host } = new URL(connectUri.reveal());
  const socket = new WebSocket(connectUri.reveal(), OPTIONS);
  let hasEnded = false;
  const end = (refusedWith: number | null, reason: string): void => {
    if (hasEnded) return;
    hasEnded = true;
    listener.onEnd({ refusedWith, reason });
  };
  const endSilently = (): void => {
    hasEnded = true;
  };
  socket.on('open', () => {
    if (!hasEnded) listener.onOpen();
  });
  socket.on('message', (data) => {
    if (!hasEnded && Buffer.isBuffer(data)) listener.onText(data.toString('utf8'));
  });
  socket.on('unexpected-response', (request, response) => {
    end(response.statusCode ?? null, `${host} refused the socket with status ${response.statusCode}`);
    request.destroy();
  });
  socket.on('error', (error) => {
    end(null, describeNetworkFailure(error, host).message);
    socket.terminate();
  });
  socket.on('close', (code) => end(null, `${host} closed the socket (code ${code})`));
  return {
    send: (text) => {
      if (socket.readyState === WebSocket.OPEN) socket.send(text);
    },
    close: () => {
      endSilently();
      socket.close(1000);
    },
    terminate: () => {
      endSilently();
      socket.terminate();
    },
  };
};
