import type { AgentId, Bulk, BulkTurn, ChangeRecord, ChangeState, ChangeStore, Clock } from '@floorwatch/domain';
import type { HandBudget, PresenceHand } from '@floorwatch/genesys';
import type { BulkEnd, BulkTable } from '@floorwatch/store';
import type { Logger } from 'pino';
import { ApiError } from '../plugins/api-error.ts';
import { paceMs, type PacedBudget } from './bulk-pace.ts';
import type { Asker, ChangeOrder, ChangeWay } from './change-order.ts';
import { ownerOf, type FindPerson } from './order-owner.ts';
import { presenceEtag } from './presence-etag.ts';

/** Requests of the person's token that one turn takes: the last look, and the write. */
const HAND_PER_TURN = 2;

/** Requests of Floorwatch's own token: what the schedule says. */
const SERVICE_PER_TURN = 1;

/** The platform's windows that a bulk goes by: that of the person, and that of Floorwatch itself. */
export const windowsOf = (hand: PresenceHand, service: HandBudget): PacedBudget[] => [
  { budget: hand.budget(), perTurn: HAND_PER_TURN },
  { budget: service, perTurn: SERVICE_PER_TURN },
];

/** Turns in a row that the platform did not answer; the rest is left alone then. */
const MAX_FAILURES = 5;

/** Tries of one turn that the platform has no budget or no ear for. */
const MAX_TRIES = 5;

/** Tries are counted from here when a turn is taken again that the platform gave no answer to. */
const AFTER_LOSS = MAX_TRIES + 1;

/** Until the store or the audit is asked again that cannot be used now, ms. */
const AGAIN_MS = 10_000;

/** How often changes of an earlier run are looked at, ms, until they have come to an end. */
const LOOK_EVERY_MS = 1000;

/** More than one for each agent: some were tried again. */
const MAX_RECORDS = 5000;

/** Others are at work on it. What waits was interrupted, and is begun again here. */
const GOES_ON: ReadonlySet<ChangeState> = new Set<ChangeState>(['requested', 'accepted']);

export interface BulkRunOptions {
  readonly way: ChangeWay;
  readonly changes: Pick<ChangeStore, 'list'>;
  readonly bulks: Pick<BulkTable, 'find' | 'turnsOf' | 'noteProblem' | 'end'>;
  readonly find: FindPerson;
  /** Of Floorwatch's own token. */
  readonly serviceBudget: () => HandBudget;
  readonly clock: Clock;
  readonly log: Logger;
}

/**
 * Takes the turns of one bulk, one after the other, at the pace the platform allows. What is done stands in the store and nowhere else,
 * so that the next run goes on where this one was cut off; a turn that is taken twice is one change.
 */
export class BulkRun {
  readonly #bulk: Bulk;
  readonly #options: BulkRunOptions;
  #failures = 0;

  constructor(bulk: Bulk, options: BulkRunOptions) {
    this.#bulk = bulk;
    this.#options = options;
  }

  /**
   * Runs to the end.
   * @returns how the bulk ended; null where somebody else has ended it
   * @throws the signal's reason when this process is to stop: the bulk goes on in the next
   */
  async run(signal: AbortSignal): Promise<Bulk | null> {
    const turns = await this.#insist(signal, () => this.#options.bulks.turnsOf(this.#bulk.id));
    const begun = new Set((await this.#insist(signal, () => this.#records())).filter(isTaken).map(agentOf));
    let due: Turn[] = turns.filter(({ agentId, problem }) => !begun.has(agentId) && problem === null).map(firstTry);
    do {
      for (const turn of due) {
        const reason = await this.#take(turn, signal);
        if (reason === 'ended') return null;
        if (reason !== null) return this.#end({ state: 'stopped', reason }, signal);
      }
      due = await this.#interrupted(signal);
    } while (due.length > 0);
    return this.#end({ state: 'done', reason: null }, signal);
  }

  /**
   * Turns that were cut off, by a kill or by a platform that gave no answer, and of which the platform shows nothing since: the
   * presence they were to replace is still there. Each is taken once more.
   */
  async #interrupted(signal: AbortSignal): Promise<Turn[]> {
    const records = await this.#untilSettled(signal);
    const turns = await this.#insist(signal, () => this.#options.bulks.turnsOf(this.#bulk.id));
    const keys = new Set(records.map(({ key }) => key));
    return turns.flatMap((turn) => {
      if (turn.problem !== null) return [];
      const own = records.filter(({ agentId }) => agentId === turn.agentId);
      if (own.some(({ progress }) => progress.state === 'waiting')) return { ...turn, from: 1 };
      const isLost = own.some(
        ({ progress: { state, now } }) => state === 'failed' && now !== null && presenceEtag(now) === turn.etag,
      );
      return isLost && !keys.has(this.#keyOf(turn, AFTER_LOSS)) ? { ...turn, from: AFTER_LOSS } : [];
    });
  }

  /** @returns why the bulk cannot go on; null where it can */
  async #take(turn: Turn, signal: AbortSignal): Promise<string | null> {
    for (let attempt = turn.from; ; attempt += 1) {
      const ready = await this.#insist(signal, () => this.#readyToGo(signal));
      if (typeof ready === 'string') return ready;
      const record = await this.#insist(signal, () => this.#request(turn, ready, attempt));
      if (record !== null && isWorthAnotherTry(record) && attempt < turn.from + MAX_TRIES - 1) continue;
      return record === null ? null : this.#reasonToStop(record);
    }
  }

  #reasonToStop({ progress: { state, problem } }: ChangeRecord): string | null {
    if (problem?.code === 'signed-out')
      return `Genesys Cloud no longer honours the sign-in of ${this.#bulk.owner.name}: the others were left as they are`;
    const isFailure =
      state === 'failed' || problem?.code === 'platform-unavailable' || problem?.code === 'rate-limited';
    this.#failures = isFailure ? this.#failures + 1 : 0;
    return this.#failures < MAX_FAILURES
      ? null
      : `Genesys Cloud failed ${String(MAX_FAILURES)} times in a row: the others were left as they are; try them again later`;
  }

  /** Waits until there is room for a turn, and asks whether the bulk still goes on then. */
  async #readyToGo(signal: AbortSignal): Promise<Asker | string> {
    const { clock, serviceBudget, bulks, find } = this.#options;
    const before = await ownerOf(this.#bulk, find);
    if (typeof before === 'string') return `${before}: the others were left as they are`;
    await clock.sleep(paceMs(windowsOf(before.hand, serviceBudget()), clock.now()), signal);
    const bulk = await bulks.find(this.#bulk.id);
    if (bulk?.state !== 'running') return 'ended';
    const owner = await ownerOf(this.#bulk, find); // it may have waited for a minute
    return typeof owner === 'string' ? `${owner}: the others were left as they are` : owner;
  }

  /** @returns the change; null where none could be made of the turn, which is noted */
  async #request(turn: BulkTurn, asker: Asker, attempt: number): Promise<ChangeRecord | null> {
    const { way, bulks } = this.#options;
    try {
      return (await way.request(this.#orderOf(turn, asker, attempt))).record;
    } catch (error) {
      if (!(error instanceof ApiError) || error.statusCode >= 500) throw error;
      await bulks.noteProblem(this.#bulk.id, turn.agentId, { code: error.code, message: error.message });
      return null;
    }
  }

  #orderOf({ agentId, etag, changeId }: BulkTurn, asker: Asker, attempt: number): ChangeOrder {
    const { id, wanted, overrideReason, correlationId } = this.#bulk;
    const { definitionId, message } = wanted;
    return {
      asker,
      change: { agentId, wanted: { definitionId, message } },
      expects: etag,
      override: overrideReason === null ? null : { reason: overrideReason },
      cause: 'bulk',
      groupId: id,
      ...(attempt === 1 && { id: changeId }),
      key: this.#keyOf({ agentId }, attempt),
      correlationId,
    };
  }

  #keyOf({ agentId }: Pick<BulkTurn, 'agentId'>, attempt: number): string {
    return `${this.#bulk.id}:${agentId}:${String(attempt)}`;
  }

  /** Changes are brought to their end by others, those of a killed run too; a bulk is done when all are. */
  async #untilSettled(signal: AbortSignal): Promise<ChangeRecord[]> {
    for (;;) {
      const records = await this.#insist(signal, () => this.#records());
      if (!records.some(({ progress }) => GOES_ON.has(progress.state))) return records;
      await this.#options.clock.sleep(LOOK_EVERY_MS, signal);
    }
  }

  #records(): Promise<ChangeRecord[]> {
    return this.#options.changes.list({ groupId: this.#bulk.id, limit: MAX_RECORDS });
  }

  #end(end: Omit<BulkEnd, 'at'>, signal: AbortSignal): Promise<Bulk | null> {
    const { bulks, clock } = this.#options;
    return this.#insist(signal, () => bulks.end(this.#bulk.id, { ...end, at: Math.floor(clock.now()) }));
  }

  /** Again and again: without store and audit nothing can be done, and nothing may be left half done. */
  async #insist<Result>(signal: AbortSignal, task: () => Promise<Result>): Promise<Result> {
    const { clock, log } = this.#options;
    for (;;) {
      signal.throwIfAborted();
      try {
        return await task();
      } catch (error) {
        signal.throwIfAborted();
        log.warn(
          { event: 'bulk-waits', bulk: this.#bulk.id, reason: String(error) },
          'a bulk waits; it is tried again',
        );
        await clock.sleep(AGAIN_MS, signal);
      }
    }
  }
}

/** A turn, and the number of the next try. */
interface Turn extends BulkTurn {
  readonly from: number;
}

const firstTry = (turn: BulkTurn): Turn => ({ ...turn, from: 1 });

const agentOf = ({ agentId }: ChangeRecord): AgentId => agentId;

/** Whether it needs no more from us. */
const isTaken = (record: ChangeRecord): boolean => record.progress.state !== 'waiting' && !isWorthAnotherTry(record);

/** The platform had no budget for it, or no ear: nothing was changed. */
const isWorthAnotherTry = ({ progress: { state, problem } }: ChangeRecord): boolean =>
  state === 'refused' && (problem?.code === 'rate-limited' || problem?.code === 'platform-unavailable');
