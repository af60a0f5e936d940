import type { WebSocket } from 'ws';

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
  send(frame: Buffer): void;
  close(code: number, reason: string): void;
  /** Drops the connection without a word: for a browser that takes nothing any more. */
  terminate(): void;
}

/** Wraps a socket of `ws`. */
export const sessionOf = (socket: WebSocket, now: number): ClientSession => ({
  position: null,
  lastSentAt: now,
  stuckSince: null,
  unsentBytes: () => socket.bufferedAmount,
  send: (frame) => {
    socket.send(frame, { binary: false });
  },
  close: (code, reason) => {
    socket.close(code, reason);
  },
  terminate: () => {
    socket.terminate();
  },
});
