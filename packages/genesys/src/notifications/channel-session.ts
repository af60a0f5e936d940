import type { Clock } from '@floorwatch/domain';
import type { RemoteChannel } from '../resources/channels.ts';
import type { OpenSocket, Socket, SocketEnd } from './web-socket.ts';

/** The platform sends a heartbeat every 30 s, so this much silence is one missed (API §8.5). */
const SILENCE_MS = 35_000;

/** How long the platform may take to answer a ping. */
const PONG_MS = 10_000;

/** How long a handshake may take. */
const HANDSHAKE_MS = 10_000;

/** A JSON message, as the platform wants it: protocol pings do not keep a channel alive (API §8.5). */
const PING = JSON.stringify({ message: 'ping' });

export interface SessionListener {
  onText(text: string): void;
  /** Nothing was heard for a while; a ping is out. */
  onSilent(): void;
  /** Something was heard again after `onSilent`. */
  onHeard(): void;
  /** Called once, if the session was open. */
  onEnd(end: SocketEnd): void;
}

interface SessionOptions {
  readonly remote: RemoteChannel;
  readonly clock: Clock;
  readonly openSocket: OpenSocket;
  readonly listener: SessionListener;
  readonly signal: AbortSignal;
}

/** A handshake that came to nothing. */
export class HandshakeFailed extends Error {
  override readonly name = 'HandshakeFailed';
  readonly refusedWith: number | null;

  constructor({ refusedWith, reason }: SocketEnd) {
    super(reason);
    this.refusedWith = refusedWith;
  }
}

/** One open socket of a channel, from the handshake to its end, with its sign of life: any frame counts. */
export class ChannelSession {
  readonly remote: RemoteChannel;
  readonly openedAt: number;
  readonly #clock: Clock;
  readonly #socket: Socket;
  readonly #listener: SessionListener;
  #lastFrameAt: number;
  #isSilent = false;
  #hasEnded = false;
  #cancelTimer: () => void = () => undefined;

  private constructor(options: SessionOptions, socket: Socket) {
    this.remote = options.remote;
    this.#clock = options.clock;
    this.#listener = options.listener;
    this.#socket = socket;
    this.openedAt = this.#clock.now();
    this.#lastFrameAt = this.openedAt;
    this.#watch(SILENCE_MS);
  }

  /** Resolves once the socket is open. Rejects with `HandshakeFailed` or the signal's reason. */
  static open(options: SessionOptions): Promise<ChannelSession> {
    const { remote, clock, openSocket, signal } = options;
    return new Promise((resolve, reject) => {
      signal.throwIfAborted();
      let session: ChannelSession | null = null;
      const giveUp = (error: Error): void => {
        settle();
        socket.terminate();
        reject(error);
      };
      const abort = (): void => giveUp(signal.reason instanceof Error ? signal.reason : new Error('aborted'));
      const late = (): void =>
        giveUp(new HandshakeFailed({ refusedWith: null, reason: `no answer to the handshake in ${HANDSHAKE_MS} ms` }));
      const cancelDeadline = clock.after(HANDSHAKE_MS, late);
      const settle = (): void => {
        cancelDeadline();
        signal.removeEventListener('abort', abort);
      };
      signal.addEventListener('abort', abort, { once: true });
      const socket = openSocket(remote.connectUri, {
        onOpen: () => {
          settle();
          session = new ChannelSession(options, socket);
          resolve(session);
        },
        onText: (text) => session?.hear(text),
        onEnd: (end) => {
          settle();
          if (session === null) reject(new HandshakeFailed(end));
          else session.end(end);
        },
      });
    });
  }

  get isSilent(): boolean {
    return this.#isSilent;
  }

  get hasEnded(): boolean {
    return this.#hasEnded;
  }

  /** When something was last heard, our clock, ms. */
  get lastFrameAt(): number {
    return this.#lastFrameAt;
  }

  /** Ends the session from our side; the listener hears nothing more. */
  close(): void {
    if (!this.#finish()) return;
    this.#socket.close();
  }

  hear(text: string): void {
    if (this.#hasEnded) return;
    this.#lastFrameAt = this.#clock.now();
    if (this.#isSilent) {
      this.#isSilent = false;
      this.#watch(SILENCE_MS);
      this.#listener.onHeard();
    }
    this.#listener.onText(text);
  }

  end(end: SocketEnd): void {
    if (this.#finish()) this.#listener.onEnd(end);
  }

  #finish(): boolean {
    if (this.#hasEnded) return false;
    this.#hasEnded = true;
    this.#cancelTimer();
    return true;
  }

  #watch(ms: number): void {
    this.#cancelTimer();
    this.#cancelTimer = this.#clock.after(ms, () => this.#look());
  }

  /** Frames do not touch the timer (there may be hundreds a second); it looks at the last one when it goes off. */
  #look(): void {
    const quietMs = this.#clock.now() - this.#lastFrameAt;
    if (quietMs < SILENCE_MS) {
      this.#watch(SILENCE_MS - quietMs);
    } else if (this.#isSilent) {
      this.#socket.terminate();
      this.end({
        refusedWith: null,
        reason: `nothing heard for ${Math.round(quietMs / 1000)} s, nor an answer to a ping`,
      });
    } else {
      this.#isSilent = true;
      this.#watch(PONG_MS);
      this.#socket.send(PING);
      this.#listener.onSilent();
    }
  }
}
