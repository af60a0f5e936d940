import { createHash, randomUUID } from 'node:crypto';
import type { AuditActor, AuditOutcome, Bulk, BulkTurn, Clock } from '@floorwatch/domain';
import type { BulkTable } from '@floorwatch/store';
import type { Logger } from 'pino';
import type { AuditTrail } from '../audit/audit-trail.ts';
import { ApiError } from '../plugins/api-error.ts';
import { BulkRun, type BulkRunOptions } from './bulk-run.ts';

/** Bulks that ended longer ago are not listed any more, ms. */
const LISTED_FOR_MS = 3_600_000;

export interface BulksOptions extends Omit<BulkRunOptions, 'bulks'> {
  readonly bulks: BulkTable;
  readonly trail: AuditTrail;
  readonly clock: Clock;
  readonly log: Logger;
}

/** A bulk that somebody asks for, checked as far as it can be before the first turn. */
export interface NewBulk extends Pick<
  Bulk,
  'owner' | 'wanted' | 'overrideReason' | 'correlationId' | 'idempotencyKey'
> {
  readonly agents: readonly Pick<BulkTurn, 'agentId' | 'etag'>[];
}

/** The same presence for many agents: kept in the store, run here, and by the next run where this one ends. */
export class Bulks {
  readonly #options: BulksOptions;
  readonly #stopping = new AbortController();
  readonly #running = new Set<Promise<void>>();

  constructor(options: BulksOptions) {
    this.#options = options;
  }

  /** Goes on with what an earlier run has left. To be called when the platform can be asked. */
  start(): void {
    this.#follow(this.#resume());
  }

  /** What is not done goes on with the next start. */
  async stop(): Promise<void> {
    this.#stopping.abort(new Error('Floorwatch is stopping'));
    await Promise.all(this.#running);
  }

  /**
   * Starts one, or finds the one that this key has started.
   * @throws ApiError 422 where the key was used for something else, 409 where another one of this person runs, 503 without audit; StoreUnavailable
   */
  async begin(asked: NewBulk): Promise<Bulk> {
    const { bulks } = this.#options;
    const { agents, ...order } = asked;
    const bulk: Bulk = {
      ...order,
      id: randomUUID(),
      requestHash: hashOf(asked),
      startedAt: Math.floor(this.#options.clock.now()),
      state: 'running',
      reason: null,
      endedAt: null,
    };
    const turns = agents.map((agent) => ({ ...agent, changeId: randomUUID(), problem: null }));
    const there = await bulks.add(bulk, turns);
    if (there.id !== bulk.id) return insistOnSame(there, bulk);
    try {
      await this.#audit(bulk, { outcome: 'requested', agents: agents.length });
    } catch (error) {
      await bulks.end(bulk.id, { state: 'stopped', reason: 'The audit could not be written', at: bulk.startedAt });
      throw error;
    }
    this.#follow(this.#run(bulk));
    return bulk;
  }

  find(id: string): Promise<Bulk | null> {
    return this.#options.bulks.find(id);
  }

  /** Those that run, and those that ended within the hour. */
  list(): Promise<Bulk[]> {
    return this.#options.bulks.list({ endedSince: Math.floor(this.#options.clock.now()) - LISTED_FOR_MS });
  }

  turnsOf({ id }: Bulk): Promise<BulkTurn[]> {
    return this.#options.bulks.turnsOf(id);
  }

  /** Ends one: the turn that is being taken is brought to its end, all others are left alone. @returns it as it is now */
  async cancel(bulk: Bulk, by: AuditActor): Promise<Bulk> {
    const { bulks, clock } = this.#options;
    const reason = by.id === bulk.owner.userId ? null : `Cancelled by ${by.name ?? 'somebody else'}`;
    const ended = await bulks.end(bulk.id, { state: 'cancelled', reason, at: Math.floor(clock.now()) });
    if (ended !== null) await this.#note(ended, by);
    return ended ?? (await bulks.find(bulk.id)) ?? bulk;
  }

  async #resume(): Promise<void> {
    const left = await this.#untilRead();
    for (const bulk of left.filter(({ state }) => state === 'running')) {
      this.#options.log.info({ event: 'bulk-resumed', bulk: bulk.id }, 'a bulk of an earlier run goes on');
      this.#follow(this.#run(bulk));
    }
  }

  async #untilRead(): Promise<Bulk[]> {
    const { clock, log } = this.#options;
    for (;;)
      try {
        return await this.list();
      } catch (error) {
        log.warn({ event: 'bulks-not-read', reason: String(error) }, 'bulks of an earlier run cannot be read yet');
        await clock.sleep(AGAIN_MS, this.#stopping.signal);
      }
  }

  async #run(bulk: Bulk): Promise<void> {
    const ended = await new BulkRun(bulk, this.#options).run(this.#stopping.signal);
    if (ended !== null) await this.#note(ended, actorOfOwner(ended));
  }

  /** Nobody waits for it: what goes wrong stands in the log. */
  #follow(work: Promise<void>): void {
    const followed = work
      .catch((error: unknown) => {
        if (this.#stopping.signal.aborted) return;
        this.#options.log.error(
          { event: 'bulk-broke', err: error },
          'a bulk broke off; it goes on with the next start',
        );
      })
      .finally(() => this.#running.delete(followed));
    this.#running.add(followed);
  }

  #note(bulk: Bulk, by: AuditActor): Promise<void> {
    const outcome = bulk.state === 'stopped' ? 'failed' : 'accepted';
    return this.#options.trail.note(deedOf(bulk, by, { outcome }));
  }

  async #audit(bulk: Bulk, told: { readonly outcome: AuditOutcome; readonly agents: number }): Promise<void> {
    await this.#options.trail.record(deedOf(bulk, actorOfOwner(bulk), told));
  }
}

/** Until the store is asked again that cannot be read now, ms. */
const AGAIN_MS = 5000;

const actorOfOwner = ({ owner }: Bulk): AuditActor => ({ kind: 'person', id: owner.userId, name: owner.name });

const deedOf = (
  { id, state, reason, wanted, overrideReason, correlationId }: Bulk,
  actor: AuditActor,
  { outcome, agents }: { readonly outcome: AuditOutcome; readonly agents?: number },
) => ({
  action: 'presence-change' as const,
  outcome,
  actor,
  target: null,
  before: null,
  after: {
    bulk: id,
    state,
    presence: wanted.system,
    definitionId: wanted.definitionId,
    label: wanted.label,
    message: wanted.message,
    ...(agents !== undefined && { agents }),
  },
  reason: reason ?? overrideReason,
  correlationId,
  platformCorrelationId: null,
});

const hashOf = ({ wanted, overrideReason, agents }: NewBulk): string => {
  const asked = [
    wanted.definitionId,
    wanted.message,
    overrideReason,
    agents.map(({ agentId, etag }) => [agentId, etag]),
  ];
  return createHash('sha256').update(JSON.stringify(asked)).digest('hex');
};

const insistOnSame = (there: Bulk, asked: Bulk): Bulk => {
  if (there.idempotencyKey !== asked.idempotencyKey)
    throw new ApiError(
      409,
      'change-impossible',
      'A bulk of yours is still running: wait for its end, or cancel it, and start this one then',
    );
  if (there.requestHash === asked.requestHash) return there;
  throw new ApiError(422, 'idempotency-conflict', 'Idempotency-Key: this key was used for another bulk; use a new one');
};
