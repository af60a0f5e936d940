import type { StoredWebhook } from '@floorwatch/store';
import { Delivering } from './delivering.ts';
import type { RunningWebhook, WebhookParts } from './running-webhook.ts';
import { Taking } from './taking.ts';

/** Pause after a failure of the store, ms. */
const RETRY_MS = 2000;

interface RunnerOptions {
  readonly parts: WebhookParts;
  readonly webhook: RunningWebhook;
  readonly stored: StoredWebhook;
  readonly onGone: () => void;
}

/** One webhook at work, apart from all others: a target that is slow or dead holds back nobody else. */
export class WebhookRunner {
  readonly #options: RunnerOptions;
  readonly #stopping = new AbortController();
  readonly #taking: Taking;
  readonly #delivering: Delivering;
  #running: Promise<unknown> = Promise.resolve();

  constructor(options: RunnerOptions) {
    this.#options = options;
    const { parts, webhook, stored, onGone } = options;
    this.#taking = new Taking(parts, webhook, () => {
      this.#delivering.noteTaken();
    });
    this.#delivering = new Delivering({
      parts,
      webhook,
      health: stored,
      onDone: (count) => {
        this.#taking.noteDone(count);
      },
      onGone,
    });
  }

  start(): void {
    const { signal } = this.#stopping;
    this.#running = this.#keepDoing(() => this.#taking.recover(), { isOnce: true }).then(() =>
      Promise.all([
        this.#keepDoing(() => this.#taking.run(signal)),
        this.#keepDoing(() => this.#delivering.run(signal)),
      ]),
    );
  }

  get waiting(): number {
    return this.#taking.waiting;
  }

  /** Dead ones wait again, by their numbers and keys. */
  async revive(jobs: readonly { readonly seq: number; readonly orderKey: string }[]): Promise<void> {
    this.#taking.noteRevived(jobs.length);
    await this.#options.webhook.queue.add(jobs.map(({ seq, orderKey }) => ({ number: seq, key: orderKey })));
    this.#delivering.noteTaken();
  }

  /** Ends with the calls that are under way; what came of them is kept, or they are made once more by the next run. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#running;
    await this.#delivering.finish().catch(() => undefined);
  }

  /** Goes on after each failure of the store, until the end. */
  async #keepDoing(work: () => Promise<void>, { isOnce = false } = {}): Promise<void> {
    const { clock, log } = this.#options.parts;
    const { signal } = this.#stopping;
    while (!signal.aborted)
      try {
        await work();
        if (isOnce) return;
      } catch (error) {
        const webhookId = this.#options.webhook.id;
        log.warn({ event: 'webhook-stalled', webhookId, reason: String(error) }, 'a webhook waits for the store');
        await clock.sleep(RETRY_MS, signal).catch(() => undefined);
      }
  }
}
