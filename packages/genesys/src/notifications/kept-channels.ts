import { createHash } from 'node:crypto';
import type { Clock } from '@floorwatch/domain';
import type { GenesysLog } from '../genesys-log.ts';
import type { RemoteChannel } from '../resources/channels.ts';

/** A channel that dies sooner is not worth taking over, ms. */
const LEAST_LIFE_MS = 2 * 60 * 1000;

/** A channel as it outlives this process. `id` and `connectUri` are as good as a password. Instants are ms on our clock. */
export interface KeptChannel extends RemoteChannel {
  /** When the token ends that it was made with: the channel dies with it (API §8.6). */
  readonly tokenEndsAt: number;
  /** Says which topics the platform has for it, without naming them. */
  readonly topicsHash: string;
}

/** Where channels are kept between two runs of the product: in a file, or in a database. */
export interface ChannelStore {
  /** The channels of the last `save`; none where there never was one. */
  load(): Promise<readonly KeptChannel[]>;
  save(channels: readonly KeptChannel[]): Promise<void>;
}

export const hashOfTopics = (topics: readonly string[]): string =>
  createHash('sha256').update(topics.toSorted().join('\n')).digest('hex');

interface KeptChannelsOptions {
  /** Null keeps nothing. */
  readonly store: ChannelStore | null;
  readonly clock: Clock;
  readonly log: GenesysLog;
}

/**
 * The channels of the last run, to be used again, and those of this run, kept for the next. A client has 20 channels at
 * most: a product that made new ones with each restart would have the platform evict those still in use (API §8.2).
 */
export class KeptChannels {
  readonly #options: KeptChannelsOptions;
  /** Of the last run, not taken yet. */
  #pool: Promise<KeptChannel[]> | null = null;
  /** Of this run, by whoever uses it. */
  readonly #inUse = new Map<object, KeptChannel>();
  #saving: Promise<void> = Promise.resolve();
  #isSaveDue = false;
  #hasFailed = false;

  constructor(options: KeptChannelsOptions) {
    this.#options = options;
  }

  /** A channel of the last run, one with the very same topics where there is one; null when none is left. */
  async take(topics: readonly string[]): Promise<KeptChannel | null> {
    this.#pool ??= this.#load();
    const pool = await this.#pool;
    const hash = hashOfTopics(topics);
    const same = pool.findIndex(({ topicsHash }) => topicsHash === hash);
    const [taken] = pool.splice(Math.max(0, same), 1);
    return taken ?? null;
  }

  /** Keeps the channel that `user` has now; null keeps none. */
  keep(user: object, channel: KeptChannel | null): void {
    if (channel === null) this.#inUse.delete(user);
    else this.#inUse.set(user, channel);
    this.#save();
  }

  async #load(): Promise<KeptChannel[]> {
    const { store, clock, log } = this.#options;
    if (store === null) return [];
    try {
      const soon = clock.now() + LEAST_LIFE_MS;
      const kept = (await store.load()).filter((one) => Math.min(one.expiresAt, one.tokenEndsAt) > soon);
      log.info({ event: 'channels-found', channels: kept.length }, 'channels of the last run may be used again');
      return [...kept];
    } catch (error) {
      log.warn({ event: 'channels-not-found', reason: String(error) }, 'cannot use the channels of the last run again');
      return [];
    }
  }

  /** One save at a time; of several changes meanwhile only the last state is saved. */
  #save(): void {
    const { store } = this.#options;
    if (store === null || this.#isSaveDue) return;
    this.#isSaveDue = true;
    this.#saving = this.#saving.then(async () => {
      this.#isSaveDue = false;
      await store.save([...this.#inUse.values()]).then(
        () => (this.#hasFailed = false),
        (error: unknown) => this.#noteFailure(error),
      );
    });
  }

  #noteFailure(error: unknown): void {
    if (!this.#hasFailed)
      this.#options.log.warn(
        { event: 'channels-not-kept', reason: String(error) },
        'the channels cannot be kept for the next start, which will make new ones',
      );
    this.#hasFailed = true;
  }
}
