import type { PgBoss, QueueOptions } from 'pg-boss';

/** A job that takes longer counts as failed. */
const EXPIRES_SECONDS = 900;

export interface JobQueueOptions {
  readonly name: string;
  /**
   * How many jobs of one key (or without one) there may be: `standard` any number, `short` one that waits,
   * `exclusive` one that waits or is being worked on. One too many is not sent.
   */
  readonly policy?: 'standard' | 'short' | 'exclusive';
  /** How often a job that failed is tried again; 5 where left out. */
  readonly retryLimit?: number;
  /** Before the first retry; each next one waits about twice as long. 5 where left out. */
  readonly retryDelaySeconds?: number;
  /** Where a job goes that failed for good; it is kept there for two weeks. Nowhere where left out. */
  readonly deadLetter?: string;
}

export interface SendOptions {
  /** With the queue's policy: what must not be there twice. */
  readonly singletonKey?: string;
  readonly startAfterSeconds?: number;
}

export interface WorkOptions {
  /** How often the queue is looked at, seconds; 2 where left out, 0.5 at least. */
  readonly pollingSeconds?: number;
}

interface Parts {
  readonly options: JobQueueOptions;
  readonly boss: () => Promise<PgBoss>;
  readonly whenThere: (action: () => Promise<void>) => Promise<void>;
}

/** A named queue of jobs with data of one shape, which must survive JSON. */
export class JobQueue<Data extends object> {
  readonly #parts: Parts;
  #made: Promise<PgBoss> | null = null;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /**
   * @returns its id, or null where the policy does not allow one more
   * @throws StoreUnavailable
   */
  async send(data: Data, { singletonKey, startAfterSeconds }: SendOptions = {}): Promise<string | null> {
    const boss = await this.#queue();
    return boss.send(this.#name, data, {
      ...(singletonKey === undefined ? {} : { singletonKey }),
      ...(startAfterSeconds === undefined ? {} : { startAfter: startAfterSeconds }),
    });
  }

  /**
   * Works the jobs off until the store is closed. A handler that throws has failed, and the job comes again. Where the
   * database is away it begins as soon as it is back.
   */
  work(handler: (data: Data, signal: AbortSignal) => Promise<void>, options: WorkOptions = {}): Promise<void> {
    return this.#parts.whenThere(async () => {
      const boss = await this.#queue();
      await boss.work<Data>(
        this.#name,
        {
          pollingIntervalSeconds: options.pollingSeconds ?? 2,
          localConcurrency: 1,
          batchSize: 1,
        },
        async (jobs) => {
          for (const job of jobs) await handler(job.data, job.signal);
        },
      );
    });
  }

  /**
   * Drops every job, also one that a killed process was working on: it would bar an `exclusive` queue until it expires.
   * Only for whoever is alone with the queue.
   * @throws StoreUnavailable
   */
  async clear(): Promise<void> {
    const boss = await this.#queue();
    await boss.deleteAllJobs(this.#name);
  }

  /** Jobs that wait or are being worked on. */
  async pending(): Promise<number> {
    const boss = await this.#queue();
    const stats = await boss.getQueue(this.#name);
    return (stats?.queuedCount ?? 0) + (stats?.activeCount ?? 0);
  }

  get #name(): string {
    return this.#parts.options.name;
  }

  /** The queue, made if it is not there yet, and with today's options if it is. */
  #queue(): Promise<PgBoss> {
    this.#made ??= this.#make().catch((error: unknown) => {
      this.#made = null;
      throw error;
    });
    return this.#made;
  }

  async #make(): Promise<PgBoss> {
    const { options, boss: ready } = this.#parts;
    const boss = await ready();
    const settings: QueueOptions & { deadLetter?: string } = {
      retryLimit: options.retryLimit ?? 5,
      retryDelay: options.retryDelaySeconds ?? 5,
      retryBackoff: true,
      expireInSeconds: EXPIRES_SECONDS,
      ...(options.deadLetter === undefined ? {} : { deadLetter: options.deadLetter }),
    };
    if (options.deadLetter !== undefined) await boss.createQueue(options.deadLetter);
    await boss.createQueue(options.name, { policy: options.policy ?? 'standard', ...settings });
    await boss.updateQueue(options.name, settings);
    return boss;
  }
}
