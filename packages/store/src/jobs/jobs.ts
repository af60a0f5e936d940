import { PgBoss, type ConstructorOptions } from 'pg-boss';
import type { Database } from '../engine/database.ts';
import { withSession } from '../engine/session.ts';
import { StoreUnavailable } from '../store-error.ts';
import type { StoreLog } from '../store-log.ts';
import { JobQueue, type JobQueueOptions } from './job-queue.ts';
import { OrderedQueue, type OrderedQueueOptions } from './ordered-queue.ts';

/** pg-boss's own tables. */
const SCHEMA = 'floorwatch_jobs';

/** How long the jobs that are being worked on may take to end when the store is closed. */
const STOP_MS = 10_000;

interface JobsOptions {
  readonly database: Database;
  readonly log: StoreLog;
}

/** Jobs of one queue. `deferred`: for later, or to be tried again */
export interface QueueCount {
  readonly queue: string;
  readonly waiting: number;
  readonly active: number;
  readonly deferred: number;
}

/** Work that must happen some time, kept in the same database: retried, and there again after a restart. */
export class Jobs {
  readonly #options: JobsOptions;
  #boss: Promise<PgBoss> | null = null;
  #isStopped = false;
  /** What has to be done again each time pg-boss begins, or could not be done yet. */
  readonly #waiting = new Set<() => Promise<void>>();

  constructor(options: JobsOptions) {
    this.#options = options;
    options.database.onBack(() => void this.#catchUp());
  }

  /** A queue by its name. Nothing is asked of the database before the first job is sent or worked on. */
  queue<Data extends object>(options: JobQueueOptions): JobQueue<Data> {
    return new JobQueue<Data>({ options, boss: () => this.#ready(), whenThere: (action) => this.#whenThere(action) });
  }

  /** A queue whose jobs are worked off in order within their key. */
  orderedQueue(options: OrderedQueueOptions): OrderedQueue {
    return new OrderedQueue(options, () => this.#ready());
  }

  /**
   * Jobs by queue, as pg-boss counted them last.
   * @throws StoreUnavailable where the database cannot be used now
   */
  async counts(): Promise<QueueCount[]> {
    if (this.#boss === null) return []; // nothing was ever asked of it
    const queues = await (await this.#ready()).getQueues();
    return queues.map(({ name, readyCount, activeCount, deferredCount }) => ({
      queue: name,
      waiting: readyCount,
      active: activeCount,
      deferred: deferredCount,
    }));
  }

  /** Lets what is being worked on end, for a while. What does not end is begun again by the next run. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    const boss = await this.#boss?.catch(() => null);
    await boss?.stop({ graceful: true, timeout: STOP_MS });
  }

  /** @throws StoreUnavailable where the database cannot be used now */
  #ready(): Promise<PgBoss> {
    if (this.#isStopped) return Promise.reject(new StoreUnavailable('the store is closed'));
    this.#boss ??= this.#start().catch((error: unknown) => {
      this.#boss = null;
      throw error;
    });
    return this.#boss;
  }

  async #start(): Promise<PgBoss> {
    const { database, log } = this.#options;
    const isEmbedded = database.engine.name === 'pglite';
    const options: ConstructorOptions = {
      schema: SCHEMA,
      backend: isEmbedded ? 'pglite' : 'postgres',
      // Both need what only a server has: a second connection, and somebody who vacuums.
      reindex: !isEmbedded,
      monitorVacuum: !isEmbedded,
      db: {
        executeSql: (text, values = []) =>
          database.use(() =>
            withSession(database.engine, async (session) => {
              const { rows } = values.length === 0 ? await session.exec(text) : await session.query(text, values);
              return { rows: [...rows] };
            }),
          ),
      },
    };
    const boss = new PgBoss(options);
    boss.on('error', (error) => {
      // That the database is away is told by its health, once.
      if (!(error instanceof StoreUnavailable))
        log.warn({ event: 'jobs-failed', reason: error.message }, 'a step of the job queue failed');
    });
    return boss.start();
  }

  /** Does it now, or as soon as the database is there. */
  async #whenThere(action: () => Promise<void>): Promise<void> {
    try {
      await action();
    } catch (error) {
      if (!(error instanceof StoreUnavailable)) throw error;
      this.#waiting.add(action);
    }
  }

  async #catchUp(): Promise<void> {
    const waiting = [...this.#waiting];
    this.#waiting.clear();
    for (const action of waiting)
      await this.#whenThere(action).catch((error: unknown) => {
        this.#options.log.error({ event: 'jobs-failed', reason: String(error) }, 'a job queue cannot be used');
      });
  }
}
