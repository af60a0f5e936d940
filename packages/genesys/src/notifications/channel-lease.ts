import type { Clock } from '@floorwatch/domain';
import { GenesysRejected } from '../http/genesys-error.ts';
import { CHANNEL_LIFE_MS, type ChannelService, type RejectedTopic, type RemoteChannel } from '../resources/channels.ts';
import { Turnstile } from './turnstile.ts';

/** A channel is renewed so long before its end, or after half its life where that is short. */
const RENEW_BEFORE_MS = 60 * 60 * 1000;

/** A shorter life than this is not believed: a clock is wrong, and we would do nothing but renew. */
const MIN_LIFE_MS = 10 * 60 * 1000;

/** After so many handshakes in a row without success the platform is asked whether the channel still exists (API §8.6). */
const FAILURES_TO_DOUBT = 3;

/** A channel that "exists" but refuses so many sockets is given up all the same. */
const REFUSALS_TO_GIVE_UP = 2;

interface ChannelLeaseOptions {
  readonly channels: ChannelService;
  readonly clock: Clock;
}

/**
 * The channel on the platform that our sockets use: made with its topics when needed, kept as long as it is good.
 * Channels are few (20 for the whole organisation's client, the least used is evicted), so one is never thrown away lightly.
 */
export class ChannelLease {
  readonly #options: ChannelLeaseOptions;
  #topics: readonly string[];
  #remote: RemoteChannel | null = null;
  #isSubscribed = false;
  /** The one before, while its successor is not ready. */
  #previous: RemoteChannel | null = null;
  #isPreviousSubscribed = false;
  /** Replaces of one channel's topics would overtake each other (API §8.6). */
  readonly #puts = new Turnstile();
  #lifeMs = CHANNEL_LIFE_MS;
  #expiresAt = 0;
  #failures = 0;
  #refusals = 0;
  #rejectedTopics: readonly RejectedTopic[] = [];

  constructor(options: ChannelLeaseOptions, topics: readonly string[]) {
    this.#options = options;
    this.#topics = topics;
  }

  /** Whether the platform knows all topics. */
  get isSubscribed(): boolean {
    return this.#isSubscribed;
  }

  /** Takes effect with the next `renew` or `acquire`. */
  setTopics(topics: readonly string[]): void {
    this.#topics = topics;
    this.#isSubscribed = false;
    this.#isPreviousSubscribed = false;
  }

  get rejectedTopics(): readonly RejectedTopic[] {
    return this.#rejectedTopics;
  }

  /** When the subscription is to be renewed, our clock, ms. */
  get renewAt(): number {
    const leftMs = this.#expiresAt - this.#options.clock.now();
    return this.#expiresAt - Math.min(RENEW_BEFORE_MS, leftMs / 2);
  }

  /** False while a new channel is wanted and not made yet. */
  get hasChannel(): boolean {
    return this.#remote !== null;
  }

  isCurrent(remote: RemoteChannel): boolean {
    return this.#remote === remote;
  }

  /** A channel with all topics subscribed, ready for a socket: the one we have if it is good, else a new one. */
  async acquire(signal: AbortSignal): Promise<RemoteChannel> {
    const kept = await this.#keptIfGood(signal);
    const remote = kept ?? (await this.#create(signal));
    while (!this.#isSubscribed && this.isCurrent(remote)) await this.renew(signal);
    return remote;
  }

  /** Subscribes all topics (again): the platform then lets the channel live for another day (API §8.2). */
  renew(signal: AbortSignal): Promise<void> {
    return this.#puts.pass(() => this.#put(signal));
  }

  /** The channel is of no use any more. */
  abandon(): void {
    this.#drop();
    this.#previous = null;
  }

  /** The next `acquire` makes a successor; the channel itself goes on until then. */
  retire(): void {
    this.#previous = this.#remote;
    this.#isPreviousSubscribed = this.#isSubscribed;
    this.#drop();
  }

  /** Back to the channel that was to be replaced, where no successor could be made. */
  restore(): void {
    if (this.#remote !== null || this.#previous === null) return;
    this.#remote = this.#previous;
    this.#previous = null;
    this.#isSubscribed = this.#isPreviousSubscribed;
  }

  handshakeSucceeded(): void {
    this.#failures = 0;
    this.#refusals = 0;
    this.#previous = null;
  }

  /** @param refusedWith HTTP status of the refusal; null where there was no answer */
  handshakeFailed(refusedWith: number | null): void {
    this.#failures += 1;
    if (refusedWith === 401 || refusedWith === 404) this.#refusals += 1;
  }

  async #keptIfGood(signal: AbortSignal): Promise<RemoteChannel | null> {
    const remote = this.#remote;
    if (remote === null) return null;
    const isInDoubt = this.#refusals > 0 || (this.#failures > 0 && this.#failures % FAILURES_TO_DOUBT === 0);
    if (!isInDoubt) return remote;
    const isGood = this.#refusals < REFUSALS_TO_GIVE_UP && (await this.#options.channels.exists(remote.id, signal));
    if (!isGood && this.isCurrent(remote)) this.#drop();
    return this.#remote;
  }

  async #put(signal: AbortSignal): Promise<void> {
    const { channels, clock } = this.#options;
    const remote = this.#remote;
    const topics = this.#topics;
    if (remote === null) return;
    try {
      const rejected = await channels.subscribe(remote.id, topics, signal);
      if (!this.isCurrent(remote)) return;
      this.#expiresAt = clock.now() + this.#lifeMs;
      this.#isSubscribed = topics === this.#topics;
      this.#rejectedTopics = rejected;
    } catch (error) {
      if (error instanceof GenesysRejected && error.status === 404 && this.isCurrent(remote)) this.#drop();
      throw error;
    }
  }

  async #create(signal: AbortSignal): Promise<RemoteChannel> {
    const remote = await this.#options.channels.create(signal);
    this.#remote = remote;
    this.#isSubscribed = false;
    this.#lifeMs = Math.max(MIN_LIFE_MS, remote.expiresAt - this.#options.clock.now());
    return remote;
  }

  #drop(): void {
    this.#remote = null;
    this.#isSubscribed = false;
    this.#failures = 0;
    this.#refusals = 0;
  }
}
