import {
  CLOSE_CODE,
  PROTOCOL_VERSION,
  type AgentList,
  type Hello,
  type Refused,
  type ServerToClient,
  type Subscribe,
} from '@floorwatch/contracts';
import type { Clock } from '@floorwatch/domain';
import type { Connection, Problem } from './connection.ts';
import { decodeFrame } from './decode-frame.ts';
import type { LiveStore } from './live-store.ts';
import { retryDelayMs } from './retry-delay.ts';

/** An open socket, as little of it as is needed; scripted in tests. */
export interface LiveSocket {
  send(text: string): void;
  close(): void;
}

export interface SocketListener {
  onText(text: string): void;
  /** Called once, also when the socket never opened. */
  onClose(code: number, reason: string): void;
}

export interface LiveConnectionDeps {
  readonly clock: Clock;
  /** 0 up to 1; spreads the browsers of a restarted BFF. */
  readonly random: () => number;
  readonly live: LiveStore;
  readonly openSocket: (listener: SocketListener) => LiveSocket;
  readonly loadList: (signal: AbortSignal) => Promise<AgentList>;
  /** Puts a failed list into words. */
  readonly explain: (error: unknown) => Problem;
  /** Loads the page of the BFF's release; false when that was tried a moment ago and did not help. */
  readonly reloadPage: () => boolean;
}

/** The BFF speaks at least every 5 s; two missed heartbeats and a bit mean the line is dead. */
const SILENCE_MS = 12_000;
const WATCH_MS = 1000;
/** A list that does not fit the socket's epoch is loaded once more; after that the attempt has failed. */
const MAX_LISTS_PER_ATTEMPT = 2;
/** The largest list takes a second on a good line; heartbeats go on while one hangs, so it has a limit of its own. */
const LIST_TIMEOUT_MS = 30_000;

/**
 * Keeps the live store fed, for ever: loads the list, opens the socket, subscribes at the list's position, and starts
 * again after every failure. Any frame counts as a sign of life.
 */
export class LiveConnection {
  readonly #deps: LiveConnectionDeps;
  #socket: LiveSocket | null = null;
  #hello: Hello | null = null;
  #loading: AbortController | null = null;
  #loadingSince = 0;
  #listLoads = 0;
  #heardAt = 0;
  #failures = 0;
  #brokenSince: number | null = null;
  #isStopped = true;
  #cancelTimer = (): void => {};

  constructor(deps: LiveConnectionDeps) {
    this.#deps = deps;
  }

  start(): void {
    this.#isStopped = false;
    this.#attempt();
  }

  /** Ends the socket, the list and every timer. */
  stop(): void {
    this.#isStopped = true;
    this.#abandon();
  }

  /** Tries at once instead of at the end of the wait: the network is back, or somebody looks at the page again. */
  retryNow(): void {
    if (this.#deps.live.store.getState().connection.kind === 'waiting') this.#attempt();
  }

  /** Goes on after somebody has signed in, or may see the floor again. */
  resume(): void {
    const { connection } = this.#deps.live.store.getState();
    if (connection.kind === 'refused' && connection.reason !== 'protocol-too-old') this.#attempt();
  }

  /** Starts again from a new socket: after a sleep of the computer the old one may be dead without knowing. */
  reconnect(): void {
    if (!this.#isStopped && this.#socket !== null) this.#attempt();
  }

  #attempt(): void {
    this.#abandon();
    this.#listLoads = 0;
    this.#heardAt = this.#deps.clock.now();
    this.#deps.live.setConnection({ kind: 'connecting', attempt: this.#failures + 1 });
    this.#cancelTimer = this.#deps.clock.every(WATCH_MS, () => this.#watch());
    const socket = this.#deps.openSocket({
      onText: (text) => {
        if (socket === this.#socket) this.#onText(text);
      },
      onClose: (code, reason) => {
        if (socket === this.#socket) this.#onClose(code, reason);
      },
    });
    this.#socket = socket;
    if (this.#deps.live.position === null) void this.#loadList();
  }

  #abandon(): void {
    this.#cancelTimer();
    this.#loading?.abort();
    this.#loading = null;
    this.#hello = null;
    const socket = this.#socket;
    this.#socket = null;
    socket?.close();
  }

  #watch(): void {
    const now = this.#deps.clock.now();
    if (now - this.#heardAt >= SILENCE_MS) this.#retryLater(problemOf('Floorwatch has gone silent.'));
    else if (this.#loading !== null && now - this.#loadingSince >= LIST_TIMEOUT_MS)
      this.#retryLater(problemOf('Loading the agents takes too long.'));
  }

  async #loadList(): Promise<void> {
    if (this.#loading !== null) return;
    this.#listLoads += 1;
    if (this.#listLoads > MAX_LISTS_PER_ATTEMPT) {
      this.#retryLater(problemOf('The list of agents and the live connection do not fit together.'));
      return;
    }
    const loading = new AbortController();
    this.#loading = loading;
    this.#loadingSince = this.#deps.clock.now();
    try {
      const list = await this.#deps.loadList(loading.signal);
      if (loading.signal.aborted) return;
      this.#loading = null;
      this.#deps.live.adopt(list);
      this.#subscribe();
    } catch (error) {
      if (loading.signal.aborted) return;
      const problem = this.#deps.explain(error);
      if (problem.refusal === undefined) this.#retryLater(problem);
      else this.#refuse(problem.refusal, problem.message);
    }
  }

  /** Tells the BFF where this page stands, as soon as the list and the greeting are both there. */
  #subscribe(): void {
    const { live } = this.#deps;
    const position = live.position;
    if (this.#hello === null || this.#loading !== null) return;
    if (position === null || position.epoch !== this.#hello.epoch) {
      void this.#loadList();
      return;
    }
    const message: Subscribe = { type: 'subscribe', ...position };
    this.#socket?.send(JSON.stringify(message));
    live.setConnection({ kind: 'open' });
  }

  #onText(text: string): void {
    this.#heardAt = this.#deps.clock.now();
    const frame = decodeFrame(text);
    if (frame === null) this.#retryLater(problemOf('Floorwatch sent something this page does not understand.'));
    else this.#onFrame(frame);
  }

  #onFrame(frame: ServerToClient): void {
    const { live } = this.#deps;
    switch (frame.type) {
      case 'hello':
        if (frame.protocol !== PROTOCOL_VERSION) {
          this.#outdated();
          return;
        }
        this.#hello = frame;
        live.greet(frame);
        this.#subscribe();
        return;
      case 'delta':
        if (this.#loading !== null) live.hear(frame);
        else if (live.applyDelta(frame) === 'gap') void this.#loadList();
        else this.#recovered();
        return;
      case 'heartbeat':
        live.hear(frame);
        if (live.store.getState().connection.kind === 'open') this.#recovered();
        return;
      case 'refused':
        this.#onRefused(frame);
    }
  }

  #onRefused({ code, message }: Refused): void {
    switch (code) {
      case 'epoch-unknown':
        void this.#loadList();
        return;
      case 'protocol-too-old':
        this.#outdated();
        return;
      case 'malformed-frame':
      case 'restarting':
        this.#retryLater(problemOf(message));
    }
  }

  #onClose(code: number, reason: string): void {
    if (code === CLOSE_CODE.protocolTooOld) this.#outdated();
    else if (code === CLOSE_CODE.signedOut) this.#refuse('signed-out', 'Nobody is signed in.');
    else if (code === CLOSE_CODE.notAllowed) this.#refuse('not-allowed', reason || 'You may not see this floor.');
    else if (code === CLOSE_CODE.restart) this.#retryLater(problemOf('Floorwatch is restarting.'));
    else
      this.#retryLater(
        problemOf(this.#hello === null ? 'Floorwatch does not answer.' : 'The connection to Floorwatch was lost.'),
      );
  }

  #recovered(): void {
    this.#failures = 0;
    this.#brokenSince = null;
    this.#listLoads = 0;
  }

  #retryLater(problem: Problem): void {
    const { clock, random, live } = this.#deps;
    this.#abandon();
    this.#failures += 1;
    const now = clock.now();
    this.#brokenSince ??= now;
    const ownDelayMs = retryDelayMs({
      attempts: this.#failures,
      brokenForMs: now - this.#brokenSince,
      random: random(),
    });
    const delayMs = Math.max(ownDelayMs, problem.retryAfterMs ?? 0);
    live.setConnection({ kind: 'waiting', attempt: this.#failures + 1, retryAtMs: now + delayMs, problem });
    this.#cancelTimer = clock.after(delayMs, () => this.#attempt());
  }

  #outdated(): void {
    this.#refuse('protocol-too-old', 'This page is from an older release of Floorwatch.');
    if (this.#deps.reloadPage()) return;
    this.#refuse(
      'protocol-too-old',
      'This page is from another release than the server, and loading it again did not help. Empty the browser’s cache, or ask for the release to be checked.',
    );
  }

  #refuse(reason: Extract<Connection, { kind: 'refused' }>['reason'], message: string): void {
    this.#abandon();
    this.#deps.live.setConnection({ kind: 'refused', reason, message });
  }
}

const problemOf = (message: string): Problem => ({
  message,
  isNotReady: false,
  correlationId: null,
  retryAfterMs: null,
});
