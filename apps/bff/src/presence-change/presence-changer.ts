import { randomUUID } from 'node:crypto';
import {
  NOT_BEGUN,
  type AgentId,
  type AgentRow,
  type ChangeRecord,
  type ChangeStore,
  type Clock,
  type WantedPresence,
} from '@floorwatch/domain';
import { StoreUnavailable } from '@floorwatch/store';
import { ApiError } from '../plugins/api-error.ts';
import type { AgentTurns } from './agent-turns.ts';
import { askedOf, insistOnSame, type AskedChange } from './asked-change.ts';
import type { ChangeBook } from './change-book.ts';
import type { Asker, ChangeOrder, ChangeWay, ResetOrder, Ticket } from './change-order.ts';
import type { ChangePreview } from './change-preview.ts';
import type { ChangePreviews } from './change-previews.ts';
import type { ChangeRules } from './change-rules.ts';
import type { ChangeSteps } from './change-steps.ts';
import { Confirmation, type ConfirmationOptions } from './confirmation.ts';
import type { PresenceEchoes } from './presence-echoes.ts';
import { apiErrorOf, Refusal } from './refusal.ts';
import { undoOf } from './undo-of.ts';

export interface PresenceChangerOptions {
  readonly store: ChangeStore;
  readonly book: ChangeBook;
  readonly turns: AgentTurns;
  readonly rules: ChangeRules;
  readonly steps: ChangeSteps;
  readonly previews: ChangePreviews;
  readonly echoes: PresenceEchoes;
  readonly confirming: ConfirmationOptions;
  readonly clock: Clock;
}

/**
 * The one way to change a presence, for everybody: who may, what can be, what the schedule says, one at a time for each agent, still what the
 * asker has seen, the audit, the write, its outcome in the audit, and the event that shows it. No step is left out, whoever asks.
 */
export class PresenceChanger implements ChangeWay {
  readonly #options: PresenceChangerOptions;
  /** Orders on their way in this process: the same one again joins the first. */
  readonly #flights = new Map<string, { readonly requestHash: string; readonly ticket: Promise<Ticket> }>();

  constructor(options: PresenceChangerOptions) {
    this.#options = options;
  }

  request({ change, ...order }: ChangeOrder): Promise<Ticket> {
    return this.#request(askedOf('presence', { ...change, order }));
  }

  /** Wakes an agent who is Not Responding; see `request`. */
  reset({ agentId, ...order }: ResetOrder): Promise<Ticket> {
    return this.#request(
      askedOf('reset-not-responding', { agentId, wanted: null, order: { ...order, override: null } }),
    );
  }

  /**
   * Keeps a change that waits for its turn. The same order again is the same change.
   * @param isChecked whether what can be told now is told now: it is then refused where it would be if its turn had come
   * @throws ApiError as `request`
   */
  async reserve({ change, ...order }: ChangeOrder, { isChecked = false } = {}): Promise<ChangeRecord> {
    const asked = askedOf('presence', { ...change, order });
    const { record, isNew } = await this.#keep(asked);
    return isNew && isChecked ? this.#options.steps.check(record, asked) : record;
  }

  /** Makes a change that was kept before, now that its turn has come. One that was taken back or made meanwhile stays as it is. */
  async perform(changeId: string, { change, ...order }: ChangeOrder): Promise<Ticket> {
    const record = await this.#options.store.find(changeId);
    if (record === null) throw new Error(`there is no change ${changeId}`);
    return this.#goOn(record, askedOf('presence', { ...change, order }));
  }

  /** Gives up a change that waits, for a reason that its owner knows. One that waits no more stays as it is. */
  async drop(changeId: string, reason: string): Promise<void> {
    const { store, book, clock } = this.#options;
    const record = await store.find(changeId);
    if (record === null) return;
    const problem = { code: 'change-impossible', message: reason };
    const refused = { ...record.progress, state: 'refused', problem, settledAt: clock.now() } as const;
    if (!(await store.progress(changeId, refused, ['waiting']))) return;
    await book.note({ ...record, actor: FLOORWATCH }, 'refused', { reason });
    await book.settle(record, refused);
  }

  /** What such a change would meet and do, for up to 100 agents or so; changes nothing. */
  previews(asker: Asker, ids: readonly AgentId[], wanted: WantedPresence): Promise<ChangePreview[]> {
    return this.#options.previews.of(asker, ids, wanted);
  }

  /**
   * Puts back what was there, for whoever made the change, for 10 s, and while nobody has changed it since.
   * @throws ApiError 409 where it cannot be undone (any more)
   */
  async undo(record: ChangeRecord, asker: Asker, correlationId: string): Promise<Ticket> {
    const { store, clock, book } = this.#options;
    const { id, agentId, actor } = record;
    const key = `undo:${id}`;
    const known = await store.findByKey(asker.actor, key);
    if (known !== null) return this.#ticketOf(await book.taken(known));
    if (actor.kind !== asker.actor.kind || actor.id !== asker.actor.id)
      throw apiErrorOf(new Refusal('change-impossible', 'Only whoever made a change can undo it'));
    const back = undoOf(record, clock.now());
    if (back === null)
      throw apiErrorOf(
        new Refusal('change-impossible', 'This change cannot be undone any more: that is possible for 10 s'),
      );
    const { wanted, expects } = back;
    const change = { agentId, wanted };
    return this.request({ asker, change, expects, override: null, cause: 'undo', undoes: id, key, correlationId });
  }

  /**
   * Takes back a change that waits. @returns how it stands then
   * @throws ApiError 409 for one that waits no more
   */
  async cancel(record: ChangeRecord, asker: Asker): Promise<ChangeRecord> {
    const { store, book, rules, clock } = this.#options;
    const row = rules.agent(asker, record.agentId);
    if (record.actor.id !== asker.actor.id && !rules.mayChange(asker, row))
      throw apiErrorOf(new Refusal('not-allowed', 'Somebody else made this change, and you may not change this agent'));
    if (record.progress.state === 'cancelled') return record;
    const cancelled = { ...record.progress, state: 'cancelled', settledAt: clock.now() } as const;
    if (!(await store.progress(record.id, cancelled, ['waiting'])))
      throw apiErrorOf(new Refusal('change-impossible', 'This change waits no more: it cannot be taken back'));
    await book.note({ ...record, actor: asker.actor }, 'refused', { reason: 'Taken back before it was begun' });
    return book.settle(record, cancelled);
  }

  async #request(asked: AskedChange): Promise<Ticket> {
    const { actor } = asked.order.asker;
    const flight = JSON.stringify([actor.kind, actor.id, asked.order.key]);
    const flying = this.#flights.get(flight);
    if (flying !== undefined) {
      insistOnSame(flying, asked);
      return flying.ticket;
    }
    const ticket = this.#make(asked).finally(() => this.#flights.delete(flight));
    this.#flights.set(flight, { requestHash: asked.hash, ticket });
    return ticket;
  }

  async #make(asked: AskedChange): Promise<Ticket> {
    const { record, isNew } = await this.#keep(asked);
    return isNew ? this.#run(record, asked, { isNew }) : this.#goOn(record, asked);
  }

  /** Somebody has begun it, perhaps in a run that was killed: what is waiting is made, everything else is only told. */
  async #goOn(record: ChangeRecord, asked: AskedChange): Promise<Ticket> {
    const known = await this.#options.book.taken(record);
    return known.progress.state === 'waiting' ? this.#run(known, asked, { isNew: false }) : this.#ticketOf(known);
  }

  #ticketOf(record: ChangeRecord): Ticket {
    return { record, settled: this.#options.book.settled(record) };
  }

  /** Makes the record, or finds the one that was first. @throws ApiError */
  async #keep(asked: AskedChange): Promise<{ record: ChangeRecord; isNew: boolean }> {
    const { store, rules, clock } = this.#options;
    const { asker, key } = asked.order;
    try {
      const known = await store.findByKey(asker.actor, key);
      if (known === null) {
        const row = rules.agent(asker, asked.agentId);
        const blank = blankOf(asked, row, clock.now());
        const fresh = { ...blank, wanted: await this.#checked(blank, asked, row) };
        const kept = await store.add(fresh);
        insistOnSame(kept, asked);
        return kept.id === fresh.id ? { record: fresh, isNew: true } : { record: kept, isNew: false };
      }
      insistOnSame(known, asked);
      return { record: known, isNew: false };
    } catch (error) {
      throw error instanceof StoreUnavailable ? auditUnavailable() : error;
    }
  }

  /** Who may, and which presence there is; what is refused is told in the audit. @throws ApiError */
  async #checked(record: ChangeRecord, { order, wanted }: AskedChange, row: AgentRow): Promise<ChangeRecord['wanted']> {
    const { rules, book } = this.#options;
    try {
      rules.insistOn('change-presence', order.asker, row);
      return wanted === null ? null : rules.wanted(wanted, row);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      const after = wanted === null ? {} : { definitionId: wanted.definitionId, message: wanted.message };
      await book.note(record, 'refused', { reason: error.message, after });
      throw apiErrorOf(error);
    }
  }

  async #run(record: ChangeRecord, asked: AskedChange, { isNew }: { isNew: boolean }): Promise<Ticket> {
    const { book, echoes, confirming } = this.#options;
    const trail = echoes.follow(record.agentId);
    book.begin(record);
    try {
      const taken = await this.#inTurn(record, asked, isNew);
      const ticket = this.#ticketOf(taken);
      const { state } = taken.progress;
      const mayShow = state === 'accepted' || (state === 'failed' && taken.wanted !== null);
      if (!mayShow) trail.stop();
      else new Confirmation(confirming, { record: taken, trail, hand: asked.order.asker.hand }).start();
      return ticket;
    } catch (error) {
      trail.stop();
      book.leave(record);
      throw error instanceof StoreUnavailable ? auditUnavailable() : error;
    }
  }

  async #inTurn(record: ChangeRecord, asked: AskedChange, isNew: boolean): Promise<ChangeRecord> {
    const { turns, steps, store } = this.#options;
    try {
      return await turns.run(record, async () => {
        const known = isNew ? record : await store.find(record.id);
        return known?.progress.state === 'waiting' ? steps.take(known, asked) : (known ?? record);
      });
    } catch (error) {
      if (error instanceof Refusal) return steps.refuse(record, error); // the turn did not come
      throw error;
    }
  }
}

const FLOORWATCH = { kind: 'system', id: null, name: null } as const;

/** A record of which nothing is known yet but what was asked. */
const blankOf = (
  { kind, agentId, order, hash }: AskedChange,
  { profile }: AgentRow,
  requestedAt: number,
): ChangeRecord => {
  const { asker, key, cause, groupId = null, undoes = null, override, correlationId, id = randomUUID() } = order;
  return {
    id,
    kind,
    actor: asker.actor,
    key,
    requestHash: hash,
    agentId,
    divisionId: profile.divisionId,
    cause,
    groupId,
    undoes,
    wanted: null,
    overrideReason: override?.reason ?? null,
    correlationId,
    requestedAt,
    progress: NOT_BEGUN,
  };
};

const auditUnavailable = (): ApiError =>
  new ApiError(
    503,
    'audit-unavailable',
    'What is changed cannot be written down right now, so nothing was changed: try again in a minute',
  );
