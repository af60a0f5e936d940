import { CLOSE_CODE, type Subscribe, type UpstreamHealth } from '@floorwatch/contracts';
import { scopeKey, type Board, type Clock, type DivisionScope } from '@floorwatch/domain';
import { scopeEpoch } from '../scopes/scope-epoch.ts';
import type { ClientSession } from './client-session.ts';
import type { FrameEncoder } from './frame-encoder.ts';

/** Frames go out on this beat, ms (design §6). */
export const TICK_MS = 100;

/** A browser hears something at least this often, ms (design §6). */
export const HEARTBEAT_MS = 5000;

/** A socket that has taken nothing for this long is dropped; a living browser comes back by itself, ms. */
const STUCK_AFTER_MS = 60_000;

export interface BoardHubOptions {
  readonly board: Board;
  readonly clock: Clock;
  readonly frames: FrameEncoder;
  readonly upstream: () => UpstreamHealth;
  /** Told at the end of each beat whether it told anybody of changes, and when it ended (ms). */
  readonly onBeat?: (isTold: boolean, now: number) => void;
}

/** Browsers whose viewers may see the same. */
interface Audience {
  readonly seen: DivisionScope;
  readonly epoch: string;
  readonly sessions: Set<ClientSession>;
}

/**
 * Board → browsers. On each tick, whoever is behind gets one delta from where they are to where the board is; those at
 * the same position who may see the same get the same bytes. A socket that has not drained is passed over, so its next delta covers more:
 * memory per browser is bounded by one frame, and a bad browser changes nothing for the others.
 */
export class BoardHub {
  readonly #options: BoardHubOptions;
  readonly #audiences = new Map<string, Audience>();
  #stopTicking: (() => void) | null = null;
  #toldUpstream = '';
  #dropped = 0;
  #deltas = 0;

  constructor(options: BoardHubOptions) {
    this.#options = options;
  }

  get browsers(): number {
    let browsers = 0;
    for (const { sessions } of this.#audiences.values()) browsers += sessions.size;
    return browsers;
  }

  /** Browsers whose sockets have not taken what was sent last. */
  get behind(): number {
    let behind = 0;
    for (const { sessions } of this.#audiences.values())
      for (const { stuckSince } of sessions) if (stuckSince !== null) behind += 1;
    return behind;
  }

  /** Deltas sent since the start, one for each browser that got one. */
  get deltas(): number {
    return this.#deltas;
  }

  /** Browsers that were dropped since the start, because they took nothing. */
  get dropped(): number {
    return this.#dropped;
  }

  start(): void {
    this.#stopTicking = this.#options.clock.every(TICK_MS, () => {
      this.tick();
    });
  }

  /** Sends every browser away for a restart. */
  stop(): void {
    this.#stopTicking?.();
    const goodbye = this.#options.frames.refused('restarting', 'Floorwatch restarts; the page comes back by itself');
    for (const { sessions } of this.#audiences.values())
      for (const session of sessions) {
        session.send(goodbye);
        session.close(CLOSE_CODE.restart, 'restarting');
      }
    this.#audiences.clear();
  }

  add(session: ClientSession, seen: DivisionScope): void {
    const key = scopeKey(seen);
    let audience = this.#audiences.get(key);
    if (audience === undefined) {
      audience = { seen, epoch: scopeEpoch(this.#options.board.epoch, seen), sessions: new Set() };
      this.#audiences.set(key, audience);
    }
    audience.sessions.add(session);
    this.#send(session, this.#options.frames.hello(seen), this.#options.clock.now());
  }

  remove(session: ClientSession): void {
    for (const [key, { sessions }] of this.#audiences)
      if (sessions.delete(session) && sessions.size === 0) this.#audiences.delete(key);
  }

  /**
   * The person behind a browser may see something else from now on. It is greeted with another epoch: what it holds is worth
   * nothing there, so it loads the list again, and gets no frame of the floor before it has.
   */
  showOther(session: ClientSession, seen: DivisionScope): void {
    const before = this.#audienceOf(session);
    if (before === null || scopeKey(before.seen) === scopeKey(seen)) return;
    this.remove(session);
    session.position = null;
    this.add(session, seen);
  }

  /** Takes note of where a browser is; it is brought up to date on the next tick. */
  subscribe(session: ClientSession, { epoch, version }: Subscribe): void {
    const { board, frames, clock } = this.#options;
    if (epoch === this.#audienceOf(session)?.epoch && version <= board.version) {
      session.position = version;
      return;
    }
    session.position = null;
    const why = 'This list is from an earlier run of Floorwatch, or of other divisions: load it again, then subscribe';
    this.#send(session, frames.refused('epoch-unknown', why), clock.now());
  }

  /** One beat: deltas to those behind, heartbeats to those who have heard nothing for a while. */
  tick(): void {
    const upstreamChanged = this.#noteUpstream();
    let isTold = false;
    for (const audience of this.#audiences.values()) isTold = this.#tell(audience, upstreamChanged) || isTold;
    this.#options.onBeat?.(isTold, this.#options.clock.now());
  }

  /** Whether anybody was told of changes. */
  #tell({ seen, sessions }: Audience, upstreamChanged: boolean): boolean {
    const { board, clock, frames } = this.#options;
    const now = clock.now();
    const { version } = board;
    const deltas = new Map<number, Buffer>();
    let heartbeat: Buffer | null = null;
    for (const session of sessions) {
      if (!this.#keepsUp(session, now)) continue;
      const { position } = session;
      if (position !== null && position < version) {
        let delta = deltas.get(position);
        if (delta === undefined) deltas.set(position, (delta = frames.delta(seen, position)));
        session.position = version;
        this.#deltas += 1;
        this.#send(session, delta, now);
      } else if (upstreamChanged || now - session.lastSentAt >= HEARTBEAT_MS) {
        heartbeat ??= frames.heartbeat(seen);
        this.#send(session, heartbeat, now);
      }
    }
    return deltas.size > 0;
  }

  #audienceOf(session: ClientSession): Audience | null {
    for (const audience of this.#audiences.values()) if (audience.sessions.has(session)) return audience;
    return null;
  }

  #send(session: ClientSession, frame: Buffer, now: number): void {
    session.lastSentAt = now;
    session.send(frame);
  }

  #keepsUp(session: ClientSession, now: number): boolean {
    if (session.unsentBytes() === 0) {
      session.stuckSince = null;
      return true;
    }
    session.stuckSince ??= now;
    if (now - session.stuckSince >= STUCK_AFTER_MS) {
      this.#dropped += 1;
      this.remove(session);
      session.terminate();
    }
    return false;
  }

  /** Whether the platform's health became another one since the last tick; the passing of time alone does not count. */
  #noteUpstream(): boolean {
    const { state, hop, since, message } = this.#options.upstream();
    const upstream = `${state}|${String(hop)}|${String(since)}|${String(message)}`;
    const changed = upstream !== this.#toldUpstream;
    this.#toldUpstream = upstream;
    return changed;
  }
}
