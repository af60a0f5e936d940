import type { Clock } from '@floorwatch/domain';
import type { GenesysLog } from '../genesys-log.ts';
import { GenesysRejected } from '../http/genesys-error.ts';
import { CHANNEL_LIFE_MS, type ChannelService, type RejectedTopic, type RemoteChannel } from '../resources/channels.ts';
import { hashOfTopics, type KeptChannel, type KeptChannels } from './kept-channels.ts';
import { Turnstile } from './turnstile.ts';

/** A channel is renewed so long before its end, or after half its life where that is short. */
const RENEW_BEFORE_MS = 60 * 60 * 1000;

/** A shorter life than this is not believed: a clock is wrong, and we would do nothing but renew. */
const MIN_LIFE_MS = 10 * 60 * 1000;

/** After so many handshakes in a row without success the platform is asked whether the channel still exists (API §8.6). */
const FAILURES_TO_DOUBT = 3;

/** A channel that "exists" but refuses so many sockets is given up all the same. */
const REFUSALS_TO_GIVE_UP = 2;

/** Of topics that are rejected by the hundred, the first few show the reason as well. */
const MAX_TOPICS_IN_LOG = 10;

/** A channel that was taken over is replaced so long before the token ends that it was made with. */
const MOVE_BEFORE_MS = 60_000;

export interface ChannelLeaseOptions {
  readonly channels: ChannelService;
  readonly kept: KeptChannels;
  readonly clock: Clock;
  readonly log: GenesysLog;
  /** When the token ends that a channel made now would depend on, our clock, ms. */
  readonly tokenEndsAt: () => number;
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
  #tokenEndsAt = 0;
  /** Whether the channel is one of the last run, and so the token not the present one. */
  #isTakenOver = false;
  #mayTakeOver = true;
  #rejectedTopics: readonly RejectedTopic[] = [];

  constructor(options: ChannelLeaseOptions, topics: readonly string[]) {
    this.#options = options;
    this.#topics = topics;
  }

  /** Whether the platform knows all topics. */
  get isSubscribed(): boolean {
    return this.#isSubscribed;
  }

  /** Takes effect with the next `subscribe`, `renew` or `acquire`. */
  setTopics(topics: readonly string[]): void {
    this.#topics = topics;
    this.#isSubscribed = false;
    this.#isPreviousSubscribed = false;
  }

  get rejectedTopics(): readonly RejectedTopic[] {
    return this.#rejectedTopics;
  }

  /** When the subscription is to be renewed, or the channel replaced (`mustMove`), our clock, ms. */
  get renewAt(): number {
    const leftMs = this.#expiresAt - this.#options.clock.now();
    return Math.min(this.#expiresAt - Math.min(RENEW_BEFORE_MS, leftMs / 2), this.#moveAt);
  }

  /** Whether the channel will die soon, whatever is renewed: the token of the last run ends. */
  get mustMove(): boolean {
    return this.#options.clock.now() >= this.#moveAt;
  }

  get #moveAt(): number {
    return this.#isTakenOver ? this.#tokenEndsAt - MOVE_BEFORE_MS : Infinity;
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
    const remote = kept ?? (await this.#takeOver(signal)) ?? (await this.#create(signal));
    while (!this.#isSubscribed && this.isCurrent(remote)) await this.subscribe(signal);
    return remote;
  }

  /** Tells the platform of the topics, unless it knows them: of several changes in a row only the last one costs a call. */
  subscribe(signal: AbortSignal): Promise<void> {
    return this.#puts.pass(async () => {
      if (!this.#isSubscribed) await this.#put(signal);
    });
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
      if (rejected.length > 0) this.#warnOfRejections(rejected);
      this.#keep(remote, topics);
    } catch (error) {
      if (error instanceof GenesysRejected && error.status === 404 && this.isCurrent(remote)) this.#drop();
      throw error;
    }
  }

  #warnOfRejections(rejected: readonly RejectedTopic[]): void {
    const topics = rejected.slice(0, MAX_TOPICS_IN_LOG).map(({ topic }) => topic);
    const reasons = [...new Set(rejected.map(({ reason }) => reason))];
    const fields = { event: 'topics-rejected', rejected: rejected.length, topics, reasons };
    this.#options.log.warn(fields, `the platform refuses the events of ${rejected.length} agents`);
  }

  async #create(signal: AbortSignal): Promise<RemoteChannel> {
    const remote = await this.#options.channels.create(signal);
    this.#remote = remote;
    this.#isSubscribed = false;
    this.#isTakenOver = false;
    this.#tokenEndsAt = this.#options.tokenEndsAt();
    this.#lifeMs = Math.max(MIN_LIFE_MS, remote.expiresAt - this.#options.clock.now());
    return remote;
  }

  /** At the first time only: a channel of the last run that the platform still has. */
  async #takeOver(signal: AbortSignal): Promise<RemoteChannel | null> {
    const { kept, channels } = this.#options;
    for (let found = await this.#findKept(); found !== null; found = await kept.take(this.#topics)) {
      if (!(await channels.exists(found.id, signal))) continue;
      this.#remote = found;
      this.#isSubscribed = found.topicsHash === hashOfTopics(this.#topics);
      this.#isTakenOver = true;
      this.#tokenEndsAt = found.tokenEndsAt;
      this.#expiresAt = found.expiresAt;
      return found;
    }
    return null;
  }

  async #findKept(): Promise<KeptChannel | null> {
    if (!this.#mayTakeOver) return null;
    this.#mayTakeOver = false;
    return this.#options.kept.take(this.#topics);
  }

  #keep({ id, connectUri }: RemoteChannel, topics: readonly string[]): void {
    const [expiresAt, tokenEndsAt] = [this.#expiresAt, this.#tokenEndsAt];
    // Where topics were rejected the next start is to ask again, and so to learn which ones.
    const topicsHash = this.#rejectedTopics.length > 0 ? '' : hashOfTopics(topics);
    this.#options.kept.keep(this, { id, connectUri, expiresAt, tokenEndsAt, topicsHash });
  }

  #drop(): void {
    if (this.#remote !== null) this.#options.kept.keep(this, null);
    this.#remote = null;
    this.#isSubscribed = false;
    this.#failures = 0;
    this.#refusals = 0;
  }
}
