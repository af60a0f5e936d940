import type { DeliveryOutcome, StoredDelivery, StoredWebhook, WebhookHealth } from '@floorwatch/store';
import { Bell } from './bell.ts';
import type { RunningWebhook, WebhookParts } from './running-webhook.ts';
import type { CallOutcome } from './webhook-caller.ts';

/** How often it is looked whether a message is due again, ms. */
const LOOK_EVERY_MS = 1000;

interface DeliveringOptions {
  readonly parts: WebhookParts;
  readonly webhook: RunningWebhook;
  readonly health: WebhookHealth;
  /** So many messages wait no longer. */
  readonly onDone: (count: number) => void;
  readonly onGone: () => void;
}

interface Ended {
  readonly delivery: StoredDelivery;
  readonly outcome: CallOutcome;
}

/**
 * Works off the deliveries of one webhook: for each agent one at a time, so that a failed one holds back the next ones of that
 * agent and nobody else's. What came of a call is kept before its job goes: a process that is killed calls once more, never
 * once too few.
 */
export class Delivering {
  readonly #options: DeliveringOptions;
  readonly #bell: Bell;
  readonly #underWay = new Set<Promise<void>>();
  /** Taken from the queue and not called yet. */
  #claimed: StoredDelivery[] = [];
  #ended: Ended[] = [];
  /** What is in the table. */
  #health: WebhookHealth;

  constructor(options: DeliveringOptions) {
    this.#options = options;
    this.#bell = new Bell(options.parts.clock);
    this.#health = options.health;
  }

  /** There is more to do. */
  noteTaken(): void {
    this.#bell.ring();
  }

  /** Delivers until the signal is aborted. @throws what the store throws; it can be called again */
  async run(signal: AbortSignal): Promise<void> {
    const { calls } = this.#options.parts.limits;
    while (!signal.aborted) {
      await this.#settle();
      if (this.#claimed.length < calls) await this.#claim();
      for (const delivery of this.#claimed.splice(0, calls - this.#underWay.size)) this.#call(delivery);
      await this.#bell.wait(LOOK_EVERY_MS, signal);
    }
  }

  /** Waits for the calls that are under way, and keeps what came of them. */
  async finish(): Promise<void> {
    await Promise.all(this.#underWay);
    await this.#settle();
  }

  /** Asking for many at a time costs little more than asking for one. */
  async #claim(): Promise<void> {
    const { parts, webhook } = this.#options;
    const wanted = parts.limits.claimed - this.#claimed.length;
    const numbers = await webhook.queue.take(wanted);
    if (numbers.length === 0) return;
    const deliveries = await parts.deliveries.read(numbers);
    const there = new Set(deliveries.map(({ seq }) => seq));
    await webhook.queue.drop(numbers.filter((number) => !there.has(number)));
    this.#claimed.push(...deliveries);
    if (numbers.length === wanted) this.#bell.ring();
  }

  #call(delivery: StoredDelivery): void {
    const { parts, webhook } = this.#options;
    const { messageId, body } = delivery;
    const call = parts.caller
      .call({ url: webhook.url, messageId, body, secrets: webhook.secrets() })
      .then((outcome) => {
        this.#ended.push({ delivery, outcome });
        this.#underWay.delete(call);
        this.#bell.ring();
      });
    this.#underWay.add(call);
  }

  async #settle(): Promise<void> {
    const { parts, webhook, onDone, onGone } = this.#options;
    const ended = [...this.#ended]; // others end meanwhile
    if (ended.length === 0) return;
    const outcomes = ended.map((one) => this.#outcomeOf(one));
    await parts.deliveries.settle(outcomes);
    const over = outcomes.filter(({ state }) => state !== 'waiting');
    await webhook.queue.drop(over.map(({ seq }) => seq));
    await webhook.queue.tryAgain(outcomes.filter(({ state }) => state === 'waiting').map(({ seq }) => seq));
    this.#ended = this.#ended.filter((one) => !ended.includes(one));
    for (const { state } of over) if (state === 'dead') parts.tally.noteDead();
    onDone(over.length);
    await this.#noteHealth(ended);
    if (ended.some(({ outcome }) => outcome.isGone)) onGone();
  }

  #outcomeOf({ delivery: { seq, takenAt }, outcome }: Ended): DeliveryOutcome {
    const { at, status, latencyMs, response, error } = outcome;
    const isOld = at - takenAt >= this.#options.parts.limits.deadAfterMs;
    const state = error === null ? 'delivered' : isOld ? 'dead' : 'waiting';
    return { seq, state, at, status, latencyMs, response, error };
  }

  /** Written where it turns: a target that is well costs no statement for that. */
  async #noteHealth(ended: readonly Ended[]): Promise<void> {
    const { parts, webhook } = this.#options;
    const health = healthAfter(
      this.#health,
      ended.map(({ outcome }) => outcome),
    );
    const isSame = health.failingSince === this.#health.failingSince && health.lastError === this.#health.lastError;
    const isRecent = (health.lastSuccessAt ?? 0) - (this.#health.lastSuccessAt ?? 0) < NOTED_EVERY_MS;
    if (isSame && isRecent) return;
    this.#health = health;
    await parts.webhooks.noteHealth(webhook.id, health);
  }
}

/** How often it is noted that it goes on well, ms. */
const NOTED_EVERY_MS = 10_000;

/** What is known of a target after these attempts, in the order in which they ended. */
export const healthAfter = (
  before: Pick<StoredWebhook, 'failingSince' | 'lastError' | 'lastSuccessAt'>,
  outcomes: readonly CallOutcome[],
): WebhookHealth =>
  outcomes.reduce<WebhookHealth>(
    (health, { at, latencyMs, error }) =>
      error === null
        ? { failingSince: null, lastError: null, lastSuccessAt: at + latencyMs }
        : { ...health, failingSince: health.failingSince ?? at, lastError: error },
    before,
  );
