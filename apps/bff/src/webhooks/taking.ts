import type { StreamCursor, StreamedTransition } from '@floorwatch/domain';
import { CursorTooOld, CursorUnknown, type NewDelivery, type OrderedJob } from '@floorwatch/store';
import { Bell } from './bell.ts';
import type { RunningWebhook, WebhookParts } from './running-webhook.ts';
import { PAGE } from './shared-stream.ts';
import { isWanted, messageIdOf, transitionMessage } from './transition-message.ts';

/** How often it is looked where nothing tells of anything new, ms. */
const LOOK_EVERY_MS = 5000;

/** Where nothing of the stream is wanted, this is how often the way through it is kept, ms. */
const KEEP_PLACE_MS = 10_000;

/**
 * Takes transitions from the stream into deliveries of one webhook. The place in the stream and the deliveries are kept in
 * one transaction, jobs are made of them afterwards: a process that is killed in between finds them without, and makes them.
 */
export class Taking {
  readonly #parts: WebhookParts;
  readonly #webhook: RunningWebhook;
  readonly #onTaken: () => void;
  readonly #bell: Bell;
  /** Where it stands, and where the table says that it does. */
  #at: StreamCursor;
  #kept: StreamCursor;
  #keptAt: number;
  #waiting = 0;
  /** Deliveries that have no job yet. */
  #jobless: OrderedJob[] = [];

  constructor(parts: WebhookParts, webhook: RunningWebhook, onTaken: () => void) {
    this.#parts = parts;
    this.#webhook = webhook;
    this.#onTaken = onTaken;
    this.#bell = new Bell(parts.clock);
    this.#at = webhook.cursor;
    this.#kept = webhook.cursor;
    this.#keptAt = parts.clock.now();
  }

  /** Deliveries that wait. */
  get waiting(): number {
    return this.#waiting;
  }

  /** So many do not wait any more: there is room for others. */
  noteDone(count: number): void {
    this.#waiting -= count;
    if (this.#waiting + count + PAGE > this.#parts.limits.window) this.#bell.ring();
  }

  /** These wait again. */
  noteRevived(count: number): void {
    this.#waiting += count;
  }

  /** Makes the jobs anew of what waits: those of an earlier run, which may have been killed at any point. */
  async recover(): Promise<void> {
    const { deliveries } = this.#parts;
    const { id, queue } = this.#webhook;
    await queue.clear();
    const waiting = await deliveries.waiting(id);
    this.#waiting = waiting.length;
    this.#jobless = waiting.map(({ seq, orderKey }) => ({ number: seq, key: orderKey }));
    await this.#makeJobs();
  }

  /** Takes until the signal is aborted. @throws what the store throws; it can be called again */
  async run(signal: AbortSignal): Promise<void> {
    const { stream, limits, clock } = this.#parts;
    const stopListening = stream.onArrival('transitions', () => {
      this.#bell.ring();
    });
    try {
      while (!signal.aborted) {
        await this.#makeJobs();
        const isMore = this.#waiting + PAGE <= limits.window && (await this.#step());
        if (isMore) continue;
        await this.#bell.wait(LOOK_EVERY_MS, signal);
        await clock.sleep(limits.gatherMs, signal).catch(() => undefined);
      }
    } finally {
      stopListening();
    }
  }

  /** @returns whether there may be more at once */
  async #step(): Promise<boolean> {
    const { pages, clock } = this.#parts;
    try {
      const { entries, next, hasMore } = await pages.pageAfter(this.#at);
      const wanted = this.#deliveriesOf(entries);
      this.#at = next;
      if (wanted.length > 0 || (next !== this.#kept && clock.now() - this.#keptAt >= KEEP_PLACE_MS))
        await this.#keep(wanted);
      return hasMore;
    } catch (error) {
      this.#at = this.#kept;
      if (!(error instanceof CursorTooOld || error instanceof CursorUnknown)) throw error;
      await this.#goOnElsewhere(error);
      return true;
    }
  }

  async #keep(wanted: readonly NewDelivery[]): Promise<void> {
    const { deliveries, webhooks, clock } = this.#parts;
    const { id } = this.#webhook;
    const taken = await deliveries.take({ webhookId: id, from: this.#kept, to: this.#at, deliveries: wanted });
    if (taken === null) {
      // Somebody else has moved it, or the answer to an earlier try was lost on the way.
      const stored = await webhooks.find(id);
      this.#at = this.#kept = stored?.cursor ?? this.#kept;
      await this.recover();
      return;
    }
    this.#kept = this.#at;
    this.#keptAt = clock.now();
    this.#waiting += taken.length;
    this.#jobless.push(...taken.map((number, index) => ({ number, key: wanted[index]?.orderKey ?? '' })));
    await this.#makeJobs();
  }

  async #makeJobs(): Promise<void> {
    if (this.#jobless.length === 0) return;
    await this.#webhook.queue.add(this.#jobless);
    this.#jobless = [];
    this.#onTaken();
  }

  /** The place is not in the record any more: the webhook was paused for longer than that is kept. */
  async #goOnElsewhere(error: CursorTooOld | CursorUnknown): Promise<void> {
    const { stream, log } = this.#parts;
    const { id } = this.#webhook;
    const to = error instanceof CursorTooOld ? error.oldest : await stream.head('transitions');
    log.warn({ event: 'webhook-missed', webhookId: id }, 'the record does not go back to where this webhook stood');
    this.#at = to;
    await this.#keep([]);
  }

  #deliveriesOf(entries: readonly StreamedTransition[]): NewDelivery[] {
    const { profileOf, accessibility, clock } = this.#parts;
    const { filter, withNames } = this.#webhook;
    const takenAt = Math.floor(clock.now());
    return entries.flatMap((transition) => {
      const { id, agentId, at } = transition;
      const profile = profileOf(agentId);
      if (!isWanted(filter, transition, profile)) return [];
      const message = transitionMessage(transition, { profile, accessibility, withNames });
      return {
        messageId: messageIdOf(id),
        type: message.type,
        agentId,
        orderKey: agentId,
        occurredAt: at,
        takenAt,
        body: JSON.stringify(message).replaceAll('\\u0000', '\u{fffd}'), // the database knows no such character
      };
    });
  }
}
