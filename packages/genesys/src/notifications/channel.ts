import type { AgentId, AgentObservation } from '@floorwatch/domain';
import { BACK_OFF, backOffMs } from '../http/back-off.ts';
import type { RemoteChannel } from '../resources/channels.ts';
import { ChannelLease, type ChannelLeaseOptions } from './channel-lease.ts';
import { ChannelSession, HandshakeFailed } from './channel-session.ts';
import type { ChannelState, ChannelStatus } from './channel-status.ts';
import type { Decoded } from './decode-frame.ts';
import { FollowedAgents } from './followed-agents.ts';
import type { Turnstile } from './turnstile.ts';
import type { OpenSocket, SocketEnd } from './web-socket.ts';

/** A socket that lived so long was a success; one that ended sooner counts as one more failure. */
const STABLE_MS = 5000;

/**
 * In the first two minutes of an outage no wait is longer than 4 s: most outages are short, and a board has to be right
 * again within 5 s of their end. After that the waits grow to 30 s.
 */
const IMPATIENT_FOR_MS = 120_000;
const IMPATIENT = { ...BACK_OFF, capMs: 4000 };

export interface ChannelOptions extends ChannelLeaseOptions {
  readonly index: number;
  readonly agentIds: readonly AgentId[];
  readonly toTopic: (id: AgentId) => string;
  readonly random: () => number;
  readonly openSocket: OpenSocket;
  /** Lets one channel at a time open a successor: each takes a place among the platform's 20 while it does. */
  readonly turnstile: Turnstile;
  readonly decode: (text: string) => Decoded;
  readonly onObservation: (observation: AgentObservation) => void;
  readonly onGap: (ids: readonly AgentId[], why: string) => void;
  readonly onState: (status: ChannelStatus) => void;
}

/**
 * One notification channel, kept alive for ever.
 *
 * The loop looks at what is (a session or none, a successor wanted or not, a time to wait for) and does the one next thing;
 * whatever happens meanwhile only changes what is and wakes the loop. See `ChannelState` for the states.
 */
export class Channel {
  readonly #options: ChannelOptions;
  readonly #lease: ChannelLease;
  readonly #stop = new AbortController();
  readonly #running: Promise<void>;
  readonly #agents: FollowedAgents;
  #session: ChannelSession | null = null;
  /** Why a successor is wanted; null where none is. */
  #rotation: string | null = null;
  #wasLive = false;
  #failures = 0;
  #lostAt: number;
  #nextAttemptAt: number | null = null;
  #lastFrameAt: number | null = null;
  #reason: string | null = null;
  #shown: { state: ChannelState; since: number };
  #wake: () => void = () => undefined;
  #cancelRenewal: () => void = () => undefined;

  constructor(options: ChannelOptions) {
    this.#options = options;
    this.#agents = new FollowedAgents(options.agentIds);
    this.#lease = new ChannelLease(options, options.agentIds.map(options.toTopic));
    this.#lostAt = options.clock.now();
    this.#shown = { state: 'opening', since: this.#lostAt };
    this.#running = this.#run();
  }

  status(): ChannelStatus {
    return {
      index: this.#options.index,
      agents: this.size,
      ...this.#shown,
      lastFrameAt: this.#session?.lastFrameAt ?? this.#lastFrameAt,
      attempt: this.#session === null ? this.#failures : 0,
      nextAttemptAt: this.#nextAttemptAt,
      rejectedTopics: this.#lease.rejectedTopics,
      reason: this.#shown.state === 'live' ? null : this.#reason,
    };
  }

  /** The agents whose events do not arrive: all of them without a socket, else newcomers and those with a rejected topic. */
  unheardAgents(): readonly AgentId[] {
    return this.#session === null ? this.#agents.ids : this.#agents.unheard(this.#lease.rejectedTopics);
  }

  /** How many agents it listens for. */
  get size(): number {
    return this.#agents.ids.length;
  }

  /** Listens for more agents; `onGap` follows once the platform knows of them. */
  follow(ids: readonly AgentId[]): void {
    this.#agents.add(ids);
    this.#tellTopics();
  }

  /** Listens no longer for those of the agents whom it listens for. */
  unfollow(ids: ReadonlySet<AgentId>): void {
    if (this.#agents.remove(ids)) this.#tellTopics();
  }

  /** Moves to a new channel; the present one serves until the new one is live. */
  rotate(reason: string): void {
    if (this.#stop.signal.aborted || this.#rotation !== null) return;
    this.#rotation = reason;
    this.#reason = reason;
    this.#lease.retire();
    this.#publish();
    this.#wake();
  }

  /** Closes everything; resolves when nothing of the channel runs any more. */
  async stop(): Promise<void> {
    this.#stop.abort(new Error('the channel was stopped'));
    this.#cancelRenewal();
    this.#session?.close();
    this.#session = null;
    this.#wake();
    await this.#running;
  }

  #tellTopics(): void {
    this.#lease.setTopics(this.#agents.ids.map(this.#options.toTopic));
    if (this.#session !== null) void this.#renew(() => this.#lease.subscribe(this.#stop.signal));
    this.#publish();
  }

  async #run(): Promise<void> {
    while (!this.#stop.signal.aborted) {
      const waitMs = (this.#nextAttemptAt ?? 0) - this.#options.clock.now();
      if (this.#session !== null && this.#rotation === null) await this.#sleep(null);
      else if (waitMs > 0) await this.#sleep(waitMs);
      else await this.#attempt();
    }
  }

  /** Until woken, or for `ms`. */
  async #sleep(ms: number | null): Promise<void> {
    let cancel: () => void = () => undefined;
    await new Promise<void>((resolve) => {
      this.#wake = resolve;
      if (ms !== null) cancel = this.#options.clock.after(ms, resolve);
    });
    cancel();
  }

  async #attempt(): Promise<void> {
    this.#nextAttemptAt = null;
    const open = () => this.#open();
    try {
      this.#adopt(await (this.#session === null ? open() : this.#options.turnstile.pass(open)));
    } catch (error) {
      if (!this.#stop.signal.aborted) this.#fail(error);
    }
  }

  async #open(): Promise<ChannelSession> {
    const { signal } = this.#stop;
    const remote = await this.#lease.acquire(signal);
    const { clock, openSocket } = this.#options;
    return ChannelSession.open({
      remote,
      clock,
      openSocket,
      signal,
      listener: {
        onText: (text) => this.#hear(text, remote),
        onSilent: () => this.#publish('nothing heard for a while; asked for a sign of life'),
        onHeard: () => this.#publish(),
        onEnd: (end) => this.#lose(remote, end.reason),
      },
    });
  }

  #adopt(session: ChannelSession): void {
    if (this.#stop.signal.aborted || session.hasEnded) {
      session.close();
      if (!this.#stop.signal.aborted) this.#fail(new HandshakeFailed(ENDED_AT_ONCE));
      return;
    }
    const why = this.#wasLive ? `back after: ${this.#reason ?? 'a gap'}` : 'first connection';
    this.#session?.close();
    this.#session = session;
    this.#nextAttemptAt = null;
    this.#wasLive = true;
    this.#lease.handshakeSucceeded();
    // Where a successor was asked for only after this one had been chosen, the wish stands.
    if (this.#lease.isCurrent(session.remote)) this.#rotation = null;
    if (this.#lease.isSubscribed) this.#agents.settle();
    this.#scheduleRenewal();
    this.#publish();
    this.#options.onGap(this.#agents.ids, why);
  }

  #fail(error: unknown): void {
    if (error instanceof HandshakeFailed) this.#lease.handshakeFailed(error.refusedWith);
    if (this.#session === null && this.#rotation !== null) {
      this.#lease.restore();
      this.#rotation = null;
    }
    this.#failures += 1;
    this.#retryLater(error instanceof Error ? error.message : 'unknown failure');
  }

  #hear(text: string, remote: RemoteChannel): void {
    const decoded = this.#options.decode(text);
    switch (decoded.kind) {
      case 'observation':
        this.#options.onObservation(decoded.observation);
        return;
      case 'socket-closing':
        if (this.#session?.remote === remote) this.rotate('the platform announced that it will close the socket');
        return;
      case 'channel-lost':
        if (this.#lease.isCurrent(remote)) this.#lease.abandon();
        this.#lose(remote, decoded.reason);
        return;
      case 'sign-of-life':
    }
  }

  /** The session of `remote` is over; one that has not been adopted, or was replaced, is of no concern. */
  #lose(remote: RemoteChannel, reason: string): void {
    const session = this.#session;
    if (session === null || session.remote !== remote) return;
    const { clock } = this.#options;
    session.close();
    this.#session = null;
    this.#lastFrameAt = session.lastFrameAt;
    this.#lostAt = clock.now();
    this.#failures = this.#lostAt - session.openedAt < STABLE_MS ? this.#failures + 1 : 0;
    this.#retryLater(reason);
    this.#wake();
  }

  #retryLater(reason: string): void {
    const { clock, random } = this.#options;
    const isImpatient = clock.now() - this.#lostAt < IMPATIENT_FOR_MS;
    const waitMs = backOffMs(Math.max(1, this.#failures), random, isImpatient ? IMPATIENT : BACK_OFF);
    this.#nextAttemptAt = clock.now() + waitMs;
    this.#publish(reason);
  }

  #scheduleRenewal(): void {
    this.#cancelRenewal();
    const { clock } = this.#options;
    const waitMs = this.#lease.isSubscribed ? this.#lease.renewAt - clock.now() : 0;
    this.#cancelRenewal = clock.after(waitMs, () => void this.#renew());
  }

  async #renew(ask = () => this.#lease.renew(this.#stop.signal)): Promise<void> {
    if (this.#lease.mustMove) {
      this.rotate('the access token it was made with ends');
      return;
    }
    try {
      await ask();
      if (this.#stop.signal.aborted || !this.#lease.hasChannel) return;
      this.#scheduleRenewal();
      this.#publish();
      this.#tellOfNewcomers();
    } catch (error) {
      if (this.#stop.signal.aborted) return;
      this.rotate(
        `the subscription could not be renewed: ${error instanceof Error ? error.message : 'unknown failure'}`,
      );
    }
  }

  #tellOfNewcomers(): void {
    if (!this.#lease.isSubscribed || this.#session === null) return;
    const ids = this.#agents.settle();
    if (ids.length > 0) this.#options.onGap(ids, 'newly listened to');
  }

  #publish(reason: string | null = this.#reason): void {
    if (this.#stop.signal.aborted) return;
    const { index, clock, log, onState } = this.#options;
    const state = this.#stateNow();
    this.#reason = reason;
    if (state !== this.#shown.state) {
      this.#shown = { state, since: clock.now() };
      const fields = { event: 'channel-state', channel: index, state, attempt: this.#failures };
      log.info({ ...fields, reason: state === 'live' ? null : reason }, `channel ${index} is ${state}`);
    }
    onState(this.status());
  }

  #stateNow(): ChannelState {
    if (this.#session === null) return this.#wasLive || this.#failures > 0 ? 'lost' : 'opening';
    if (this.#rotation !== null) return 'draining';
    return this.#session.isSilent ? 'silent' : 'live';
  }
}

const ENDED_AT_ONCE: SocketEnd = { refusedWith: null, reason: 'the socket was closed as soon as it was open' };
