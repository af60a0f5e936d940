import type { Writable } from 'node:stream';
import { WebSocket } from 'ws';

/** One browser's socket, as the hub sees it. */
export interface ClientSession {
  /** Version the browser is at; null until it has subscribed. */
  position: number | null;
  /** When something was last handed to the socket, ms. */
  lastSentAt: number;
  /** Since when the socket has not taken what it was given, ms; null while it keeps up. */
  stuckSince: number | null;
  /** Bytes the socket has not passed on yet. */
  unsentBytes(): number;
  /** Takes a whole frame; nothing is sent once either side has said goodbye. */
  send(frame: Buffer): void;
  close(code: number, reason: string): void;
  /** Drops the connection without a word: for a browser that takes nothing any more. */
  terminate(): void;
}

/**
 * Wraps a socket of `ws` and the connection under it. Frames come ready for the wire (`textFrame`) and go straight to the
 * connection, one write each (ADR 10); all else, from handshake to close, is the socket's.
 */
export const sessionOf = (socket: WebSocket, connection: Writable, now: number): ClientSession => ({
  position: null,
  lastSentAt: now,
  stuckSince: null,
  unsentBytes: () => connection.writableLength,
  send: (frame) => {
    if (socket.readyState === WebSocket.OPEN) connection.write(frame);
  },
  close: (code, reason) => {
    socket.close(code, reason);
  },
  terminate: () => {
    socket.terminate();
  },
});
