import type { Clock } from '@floorwatch/domain';
import type { JobQueue, Jobs } from '@floorwatch/store';
import type { Logger } from 'pino';

/** How often a queue is looked at, seconds. */
const POLLING_SECONDS = 5;

/** Work that must be done again and again, and that nobody waits for. */
export interface Chore {
  readonly name: string;
  readonly everyMs: number;
  /** Throws where it has to be tried again. */
  readonly work: (signal: AbortSignal) => Promise<void>;
}

export interface ChoresOptions {
  /** Null does each chore when it is due, without retries in between. */
  readonly jobs: Pick<Jobs, 'queue'> | null;
  readonly clock: Clock;
  readonly log: Logger;
}

/** Does chores as jobs of the store: one of a kind at a time, retried with back-off, there again after a restart. */
export class Chores {
  readonly #options: ChoresOptions;

  constructor(options: ChoresOptions) {
    this.#options = options;
  }

  /** Does the chores until the signal is aborted. Jobs that are under way end when the store is closed. */
  async run(chores: readonly Chore[], signal: AbortSignal): Promise<void> {
    await Promise.all(chores.map((chore) => this.#keepDoing(chore, signal)));
  }

  async #keepDoing(chore: Chore, signal: AbortSignal): Promise<void> {
    const { clock, log } = this.#options;
    const attempt = async (task: () => Promise<void>): Promise<void> => {
      try {
        await task();
      } catch (error) {
        if (signal.aborted) return;
        log.warn({ event: 'chore-failed', chore: chore.name, reason: String(error) }, 'a chore failed; it comes again');
      }
    };
    if (signal.aborted) return;
    const queue = this.#queueOf(chore);
    let isCleared = false;
    if (queue !== null) await attempt(() => workOff(queue, chore, signal));
    while (!signal.aborted) {
      await attempt(async () => {
        if (queue === null) return chore.work(signal);
        // Recording is done by one process at a time: what another one was at when it was killed is nobody's work any more.
        if (!isCleared) await queue.clear();
        isCleared = true;
        await queue.send({});
      });
      await clock.sleep(chore.everyMs, signal).catch(() => undefined);
    }
  }

  #queueOf({ name }: Chore): JobQueue<object> | null {
    const { jobs } = this.#options;
    return jobs === null ? null : jobs.queue({ name: `recording-${name}`, policy: 'exclusive', retryLimit: 3 });
  }
}

const workOff = (queue: JobQueue<object>, { work }: Chore, signal: AbortSignal): Promise<void> =>
  queue.work(
    async (_data, ended) => {
      if (!signal.aborted) await work(AbortSignal.any([signal, ended]));
    },
    { pollingSeconds: POLLING_SECONDS },
  );
