import type { ChangeCause, ChangeRecord, ChangeStore, Clock } from '@floorwatch/domain';
import type { GenesysCloud } from '@floorwatch/genesys';
import { StoreUnavailable } from '@floorwatch/store';
import type { Logger } from 'pino';
import { TURN_MS, type AgentTurns } from './agent-turns.ts';
import type { ChangeBook } from './change-book.ts';
import { Confirmation, CONFIRM_WITHIN_MS, type ConfirmationOptions } from './confirmation.ts';
import type { FindOut } from './find-out.ts';
import type { PresenceEchoes } from './presence-echoes.ts';
import { presenceEtag } from './presence-etag.ts';

/** How often it is looked for changes that somebody has left behind, ms. */
const LOOK_EVERY_MS = 5000;

/** A change that nobody has been at for so long is left behind, ms: longer than any takes that somebody is at work on. */
const LEFT_AFTER_MS = 120_000;

const FORGET_EVERY_MS = 3_600_000;

/** How long the store knows a change and its key, ms. The audit knows it for ever. */
const REMEMBER_MS = 7 * 24 * 3_600_000;

/** Their owners know what waits, and begin it again. */
const WAIT_FOR_THEIR_TURN: ReadonlySet<ChangeCause> = new Set(['bulk', 'after-contact']);

const ONE_LOOK = [0];
const MANY = 500;

export interface InterruptedOptions {
  readonly store: ChangeStore;
  readonly book: ChangeBook;
  readonly turns: AgentTurns;
  readonly echoes: PresenceEchoes;
  readonly findOut: FindOut;
  readonly confirming: ConfirmationOptions;
  readonly cloud: Pick<GenesysCloud, 'hand'>;
  readonly clock: Clock;
  readonly log: Logger;
}

/**
 * Looks after changes whose process was killed or cut off, at the start and all along: what became of them is found out by reading the
 * platform and its audit. Nothing is ever written again blindly.
 */
export class Interrupted {
  readonly #options: InterruptedOptions;
  readonly #watched = new Set<string>();
  #stopLooking: () => void = () => undefined;
  #isLooking = false;
  #forgotAt = -Infinity;

  constructor(options: InterruptedOptions) {
    this.#options = options;
  }

  start(): void {
    void this.look();
    this.#stopLooking = this.#options.clock.every(LOOK_EVERY_MS, () => void this.look());
  }

  stop(): void {
    this.#stopLooking();
  }

  /** One look at everything that was left behind; resolves when what could be found out is. */
  async look(): Promise<void> {
    if (this.#isLooking) return;
    this.#isLooking = true;
    const { store, clock, turns, log } = this.#options;
    try {
      const now = clock.now();
      for (const record of await store.takeOverTurns(now, now + TURN_MS))
        if (!turns.has(record.id)) await this.#lookAfterTurn(record);
      await this.#lookAfterOpen(now);
      if (now - this.#forgotAt >= FORGET_EVERY_MS) await store.forgetBefore(now - REMEMBER_MS);
      if (now - this.#forgotAt >= FORGET_EVERY_MS) this.#forgotAt = now;
    } catch (error) {
      if (!(error instanceof StoreUnavailable))
        log.error({ event: 'interrupted-changes', err: error }, 'interrupted changes were not looked after');
    } finally {
      this.#isLooking = false;
    }
  }

  /** A turn that ran out: its process ended in the middle. */
  async #lookAfterTurn(record: ChangeRecord): Promise<void> {
    const { state } = record.progress;
    const isDone = state === 'requested' ? await this.#findOut(record) : true;
    if (state === 'waiting' && !WAIT_FOR_THEIR_TURN.has(record.cause)) await this.#giveUp(record);
    if (state === 'accepted') this.#watch(record);
    if (isDone) await this.#options.store.endTurn(record.id);
  }

  /** @returns false where the platform cannot be asked: the turn is kept, for nobody may write over what is not known */
  async #findOut(record: ChangeRecord): Promise<boolean> {
    const { findOut, book, cloud, clock, store } = this.#options;
    const found = await findOut.of(record, cloud.hand, ONE_LOOK);
    if (found.made !== null) {
      const written = 'system' in found.made ? found.made : null;
      const accepted = { state: 'accepted', written, acceptedAt: clock.now() } as const;
      this.#watch(await book.advance(record, accepted));
      return true;
    }
    if (found.there === null) return false;
    const { before } = record.progress;
    const isUntouched = before !== null && presenceEtag(before) === presenceEtag(found.there);
    if (isUntouched && WAIT_FOR_THEIR_TURN.has(record.cause)) {
      await book.note(record, 'failed', { reason: 'Floorwatch was interrupted before the change; it is tried again' });
      await store.progress(record.id, { ...record.progress, state: 'waiting' }, ['requested']);
      return true;
    }
    await this.#giveUp(record);
    return true;
  }

  /** Accepted and never confirmed, or never begun, and nobody is at work on it. */
  async #lookAfterOpen(now: number): Promise<void> {
    const { store, turns } = this.#options;
    for (const record of await store.list({ settledSince: now + REMEMBER_MS, limit: MANY })) {
      const { state, acceptedAt } = record.progress;
      if (turns.has(record.id) || this.#watched.has(record.id)) continue;
      if (state === 'accepted' && now - (acceptedAt ?? 0) > 2 * CONFIRM_WITHIN_MS) this.#watch(record);
      const isLeft = state === 'waiting' && now - record.requestedAt > LEFT_AFTER_MS;
      if (isLeft && !WAIT_FOR_THEIR_TURN.has(record.cause)) await this.#giveUp(record);
    }
  }

  #watch(record: ChangeRecord): void {
    if (this.#watched.has(record.id)) return;
    const { confirming, echoes, cloud, book } = this.#options;
    this.#watched.add(record.id);
    book.begin(record);
    void book.settled(record).then(({ id }) => this.#watched.delete(id));
    const reason = 'Floorwatch was interrupted; Genesys Cloud shows that it took the change';
    void book.noteOnce(record, 'accepted', { reason }).then(() => {
      const trail = echoes.follow(record.agentId);
      new Confirmation(confirming, { record, trail, hand: cloud.hand, isRecovered: true }).start();
    });
  }

  async #giveUp(record: ChangeRecord): Promise<void> {
    const { book } = this.#options;
    const message = 'Floorwatch was interrupted, and Genesys Cloud does not show the change: it was not made';
    const problem = { code: 'platform-unavailable', message };
    await book.noteOnce(record, 'failed', { reason: message });
    await book.settle(record, { state: 'failed', problem });
  }
}
