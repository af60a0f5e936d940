import type { PgBoss } from 'pg-boss';

export interface OrderedQueueOptions {
  readonly name: string;
  /** Before the first retry, seconds; each next one waits one to two times twice as long, by chance. */
  readonly retryDelaySeconds: number;
  readonly retryDelayMaxSeconds: number;
  /** A job that takes longer counts as failed, seconds. */
  readonly expireInSeconds: number;
}

/** A job that waits for the earlier ones of its key. */
export interface OrderedJob {
  /** Tells jobs of a queue apart, and puts those of a key in order: a later one has a higher number. */
  readonly number: number;
  readonly key: string;
}

/** It is tried until it is done: whoever works it off decides when to give up. */
const TRIES = 1_000_000;

/** Nor does it end by waiting: ten years, seconds. */
const KEPT_SECONDS = 315_360_000;

/**
 * Jobs in order within their key: while one is worked on, or waits to be tried again, the next ones of its key wait; other
 * keys go on. A job is only a number, and adding it again changes nothing: what it is about is kept elsewhere.
 */
export class OrderedQueue {
  readonly #options: OrderedQueueOptions;
  readonly #boss: () => Promise<PgBoss>;
  #made: Promise<PgBoss> | null = null;

  constructor(options: OrderedQueueOptions, boss: () => Promise<PgBoss>) {
    this.#options = options;
    this.#boss = boss;
  }

  /** @throws StoreUnavailable, as everything here */
  async add(jobs: readonly OrderedJob[]): Promise<void> {
    if (jobs.length === 0) return;
    const boss = await this.#queue();
    await boss.insert(
      this.#options.name,
      jobs.map(({ number, key }) => ({ id: idOf(number), singletonKey: key, data: { number } })),
    );
  }

  /** Takes up to `limit` jobs, the first of each key, that are due. Whoever takes them says what became of each. */
  async take(limit: number): Promise<number[]> {
    const boss = await this.#queue();
    const jobs = await boss.fetch<{ number: number }>(this.#options.name, { batchSize: limit });
    return jobs.map(({ data }) => data.number);
  }

  /** They are done with, one way or the other. */
  async drop(numbers: readonly number[]): Promise<void> {
    if (numbers.length === 0) return;
    const boss = await this.#queue();
    await boss.deleteJob(this.#options.name, numbers.map(idOf));
  }

  /** They failed, and come again after a while that grows with each failure. */
  async tryAgain(numbers: readonly number[]): Promise<void> {
    if (numbers.length === 0) return;
    const boss = await this.#queue();
    await boss.fail(this.#options.name, numbers.map(idOf));
  }

  /** Drops every job, also what a killed process was working on. Only for whoever is alone with the queue. */
  async clear(): Promise<void> {
    const boss = await this.#queue();
    await boss.deleteAllJobs(this.#options.name);
  }

  /** Takes the queue itself away. */
  async remove(): Promise<void> {
    const boss = await this.#queue();
    this.#made = null;
    await boss.deleteQueue(this.#options.name);
  }

  #queue(): Promise<PgBoss> {
    this.#made ??= this.#make().catch((error: unknown) => {
      this.#made = null;
      throw error;
    });
    return this.#made;
  }

  async #make(): Promise<PgBoss> {
    const { name, retryDelaySeconds, retryDelayMaxSeconds, expireInSeconds } = this.#options;
    const boss = await this.#boss();
    const settings = {
      retryLimit: TRIES,
      retryDelay: retryDelaySeconds,
      retryDelayMax: retryDelayMaxSeconds,
      retryBackoff: true,
      expireInSeconds,
      retentionSeconds: KEPT_SECONDS,
    };
    await boss.createQueue(name, { policy: 'key_strict_fifo', ...settings });
    await boss.updateQueue(name, settings);
    return boss;
  }
}

/** Jobs that were added together are told apart by their ids, so these have to rise with the numbers. */
const idOf = (number: number): string => {
  const digits = number.toString(16).padStart(12, '0');
  return `${digits.slice(0, 8)}-${digits.slice(8)}-8000-8000-000000000000`;
};
