import type {
  AuditOutcome,
  AuditValues,
  ChangeProgress,
  ChangeRecord,
  ChangeState,
  ChangeStore,
  Clock,
  Presence,
} from '@floorwatch/domain';
import type { AuditTrail, Deed } from '../audit/audit-trail.ts';
import type { Outbox } from './outbox.ts';

/** What another process may take until it has said what became of a change, ms. */
const OTHERS_TAKE_MS = 60_000;
const ASK_EVERY_MS = 150;

const OPEN_STATES: ReadonlySet<ChangeState> = new Set(['waiting', 'requested', 'accepted']);

export interface ChangeBookOptions {
  readonly store: ChangeStore;
  readonly trail: AuditTrail;
  readonly outbox: Outbox;
  readonly clock: Clock;
}

/** What is told in the audit beside what the record says. */
export interface Told {
  readonly reason?: string | null;
  readonly after?: AuditValues;
}

/** Keeps how far changes are: in memory for whoever waits, in the store for other runs and processes, and in the audit for ever. */
export class ChangeBook {
  readonly #options: ChangeBookOptions;
  readonly #settling = new Map<string, PromiseWithResolvers<ChangeRecord>>();

  constructor(options: ChangeBookOptions) {
    this.#options = options;
  }

  /** This process is at work on it from here on. */
  begin({ id }: ChangeRecord): void {
    if (!this.#settling.has(id)) this.#settling.set(id, Promise.withResolvers());
  }

  /** Nothing was done after all, and this process is no longer at work on it. */
  leave({ id }: ChangeRecord): void {
    this.#settling.delete(id);
  }

  /** Writes down how far it is. What has happened cannot be taken back, so a store that is away is written later. */
  async advance(record: ChangeRecord, to: Partial<ChangeProgress>): Promise<ChangeRecord> {
    const next = { ...record, progress: { ...record.progress, ...to } };
    await this.#options.outbox.keep(() => this.#options.store.progress(next.id, next.progress));
    return next;
  }

  /** The same, and that it has come to an end. */
  async settle(record: ChangeRecord, to: Partial<ChangeProgress>): Promise<ChangeRecord> {
    const settled = await this.advance(record, { ...to, settledAt: this.#options.clock.now() });
    this.#settling.get(settled.id)?.resolve(settled);
    this.#settling.delete(settled.id);
    return settled;
  }

  /** Resolves when the change has come to an end, here or in another process; with what is known where that takes too long. */
  async settled(record: ChangeRecord): Promise<ChangeRecord> {
    const here = this.#settling.get(record.id)?.promise;
    if (here !== undefined) return here;
    return this.#askStore(record, (state) => !OPEN_STATES.has(state)).catch(() => record); // the store is away: nobody knows more
  }

  /** Resolves when whoever is at work on a change at the platform, or was, has said what became of it. */
  taken(record: ChangeRecord): Promise<ChangeRecord> {
    return this.#askStore(record, (state) => state !== 'requested');
  }

  /** Before the deed. @throws ApiError `audit-unavailable` */
  async record(record: ChangeRecord, outcome: AuditOutcome, told: Told = {}): Promise<void> {
    await this.#options.trail.record(deedOf(record, outcome, told));
  }

  /** After the deed. */
  async note(record: ChangeRecord, outcome: AuditOutcome, told: Told = {}): Promise<void> {
    await this.#options.outbox.keep(() => this.#options.trail.record(deedOf(record, outcome, told)));
  }

  /** The same after an interruption: it may have been told before. */
  async noteOnce(record: ChangeRecord, outcome: AuditOutcome, told: Told = {}): Promise<void> {
    const { trail, outbox } = this.#options;
    const { id, agentId, correlationId } = record;
    const filter = { actions: ['presence-change'], agentIds: [agentId], correlationId, outcomes: [outcome] } as const;
    await outbox.keep(async () => {
      const isTold = await trail.has(filter, ({ after }) => after?.['change'] === id);
      if (!isTold) await trail.record(deedOf(record, outcome, told));
    });
  }

  async #askStore(record: ChangeRecord, isOver: (state: ChangeState) => boolean): Promise<ChangeRecord> {
    const { store, clock } = this.#options;
    const until = clock.now() + OTHERS_TAKE_MS;
    for (let known = record; ; known = (await store.find(record.id)) ?? known) {
      if (isOver(known.progress.state) || clock.now() >= until) return known;
      await clock.sleep(ASK_EVERY_MS);
    }
  }
}

/** A presence as the audit tells of it; `since` in ms. */
export const presenceValues = ({ system, definitionId, message, since }: Presence): AuditValues => ({
  presence: system,
  definitionId,
  message,
  since: since.exact ? since.at : null,
});

const deedOf = (record: ChangeRecord, outcome: AuditOutcome, { reason, after }: Told): Deed => {
  const { actor, agentId, divisionId, correlationId, progress, overrideReason } = record;
  return {
    action: 'presence-change',
    outcome,
    actor,
    target: { agentId, divisionId },
    before: progress.before === null ? null : presenceValues(progress.before),
    after: { ...wantedValues(record), ...after },
    reason: reason ?? overrideReason,
    correlationId,
    platformCorrelationId: progress.platformCorrelationId,
  };
};

const wantedValues = ({ id, wanted, cause, groupId, undoes, progress }: ChangeRecord): AuditValues => ({
  ...(wanted === null
    ? { routing: 'idle' }
    : { presence: wanted.system, definitionId: wanted.definitionId, label: wanted.label, message: wanted.message }),
  since: progress.written?.since.exact === true ? progress.written.since.at : null,
  cause,
  change: id,
  ...(groupId !== null && { group: groupId }),
  ...(undoes !== null && { undoes }),
});
