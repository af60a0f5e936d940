import { webhookFilter, type WebhookFilter } from '@floorwatch/contracts';
import type { Jobs, StoredWebhook } from '@floorwatch/store';
import type { RunningWebhook, WebhookParts } from './running-webhook.ts';
import { JOB_EXPIRES_SECONDS } from './webhook-limits.ts';
import { WebhookRunner } from './webhook-runner.ts';
import type { WebhookSecrets } from './webhook-secrets.ts';
import type { WebhookStatus } from './webhook-tally.ts';

const RETRY_MS = 2000;
const PRUNE_EVERY_MS = 60_000;
const DAY_MS = 86_400_000;

/** How long a delivery that is over is kept, ms, and how many of those of one webhook. */
const DELIVERED_KEPT_MS = 3 * DAY_MS;
const DELIVERED_KEPT = 10_000;
const DEAD_KEPT_MS = 30 * DAY_MS;

interface DispatcherOptions extends WebhookParts {
  readonly jobs: Pick<Jobs, 'orderedQueue'>;
  readonly secrets: WebhookSecrets;
}

/** What a person chose, as it was written by us; an older Floorwatch may have known less. */
export const filterOf = ({ filter }: Pick<StoredWebhook, 'filter'>): WebhookFilter =>
  webhookFilter.parse(JSON.parse(filter));

/** Every webhook at work. One process does this at a time, the one that records. */
export class WebhookDispatcher {
  readonly #options: DispatcherOptions;
  readonly #stopping = new AbortController();
  readonly #runners = new Map<string, WebhookRunner>();
  /** Changes of one webhook, one after the other. */
  readonly #changes = new Map<string, Promise<void>>();
  #starting: Promise<void> = Promise.resolve();
  #stopPruning: () => void = () => undefined;

  constructor(options: DispatcherOptions) {
    this.#options = options;
  }

  status(): WebhookStatus {
    const runners = [...this.#runners.values()];
    const waiting = runners.reduce((sum, runner) => sum + runner.waiting, 0);
    return { running: runners.length, waiting, ...this.#options.tally.read() };
  }

  /** Begins, as soon as the store is there. */
  start(): void {
    this.#starting = this.#startAll();
    this.#stopPruning = this.#options.clock.every(PRUNE_EVERY_MS, () => void this.#prune());
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#stopPruning();
    await this.#starting;
    await Promise.all(this.#changes.values());
    await Promise.all([...this.#runners.values()].map((runner) => runner.stop()));
    this.#options.caller.close();
  }

  /** Takes up what has been changed about a webhook: one that is gone or paused is not worked off any more. */
  changed(id: string): Promise<void> {
    const change = (this.#changes.get(id) ?? Promise.resolve()).then(() => this.#change(id));
    const settled = change.catch(() => undefined);
    this.#changes.set(id, settled);
    return change;
  }

  /** Takes away what is left of one that is gone. */
  async forget(id: string): Promise<void> {
    await this.changed(id);
    await this.#queueOf(id).remove();
  }

  /** These deliveries wait again. */
  async revived(id: string, jobs: readonly { readonly seq: number; readonly orderKey: string }[]): Promise<void> {
    await this.#runners.get(id)?.revive(jobs); // one that is paused finds them when it goes on
  }

  async #startAll(): Promise<void> {
    const { webhooks, clock, log } = this.#options;
    const { signal } = this.#stopping;
    while (!signal.aborted)
      try {
        for (const { id } of await webhooks.list()) await this.changed(id);
        return;
      } catch (error) {
        log.warn({ event: 'webhooks-waiting', reason: String(error) }, 'webhooks wait for the store');
        await clock.sleep(RETRY_MS, signal).catch(() => undefined);
      }
  }

  async #change(id: string): Promise<void> {
    const running = this.#runners.get(id);
    this.#runners.delete(id);
    await running?.stop();
    const stored = await this.#options.webhooks.find(id);
    if (stored === null || stored.pausedBy !== null || this.#stopping.signal.aborted) return;
    const webhook = this.#toRun(stored);
    if (webhook === null) return;
    const runner = new WebhookRunner({
      parts: this.#options,
      stored,
      webhook,
      onGone: () => void this.#pauseGone(id),
    });
    this.#runners.set(id, runner);
    runner.start();
  }

  async #pauseGone(id: string): Promise<void> {
    const { webhooks, log } = this.#options;
    try {
      await webhooks.setPause(id, 'gone');
      await this.changed(id);
      log.warn({ event: 'webhook-gone', webhookId: id }, 'a target is gone for good: its webhook is paused');
    } catch (error) {
      log.warn({ event: 'webhooks-waiting', reason: String(error) }, 'a target is gone, and that cannot be kept now');
    }
  }

  /** Null where nothing could be signed. */
  #toRun(stored: StoredWebhook): RunningWebhook | null {
    const { clock, secrets, log } = this.#options;
    const { current, previous } = secrets.open(stored);
    const { id, url, withNames, cursor, previousUntil } = stored;
    if (current === null) {
      log.error(
        { event: 'webhook-secret-lost', webhookId: id },
        'a webhook needs a new secret: the key is another now',
      );
      return null;
    }
    const both = previous === null ? [current] : [current, previous];
    return {
      id,
      url,
      withNames,
      cursor,
      filter: filterOf(stored),
      secrets: () => (clock.now() < (previousUntil ?? 0) ? both : [current]),
      queue: this.#queueOf(id),
    };
  }

  #queueOf(id: string) {
    const { jobs, limits } = this.#options;
    return jobs.orderedQueue({
      name: `webhook-${id}`,
      retryDelaySeconds: limits.retryDelaySeconds,
      retryDelayMaxSeconds: limits.retryDelayMaxSeconds,
      expireInSeconds: JOB_EXPIRES_SECONDS,
    });
  }

  async #prune(): Promise<void> {
    const { deliveries, clock, log } = this.#options;
    const now = clock.now();
    try {
      await deliveries.prune({
        deliveredBefore: now - DELIVERED_KEPT_MS,
        newest: DELIVERED_KEPT,
        deadBefore: now - DEAD_KEPT_MS,
      });
    } catch (error) {
      log.warn({ event: 'webhooks-waiting', reason: String(error) }, 'old deliveries cannot be taken away now');
    }
  }
}
