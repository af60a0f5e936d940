import { covers, type AgentId, type Board, type Clock, type OutcomeState } from '@floorwatch/domain';
import type { GenesysCloud } from '@floorwatch/genesys';
import type { RunTable, StoredAutomation, StoredRun, AutomationTable } from '@floorwatch/store';
import type { Logger } from 'pino';
import { ApiError } from '../plugins/api-error.ts';
import { AgentTurn, fateOf } from './agent-turn.ts';
import { actorOfAutomation, type AutomationAudit } from './automation-audit.ts';
import type { AutomationWay } from './automation-way.ts';
import type { OwnerBook } from './owner-book.ts';
import type { RuleBook } from './rule-book.ts';

/** Agents who are looked at together: what was seen of the last of them is then seconds old. */
const CHUNK = 20;

/** Changes under way at a time: a run leaves room for people. */
const AT_ONCE = 3;

/** How often agents on a contact are looked at again, ms. */
const CONTACT_AGAIN_MS = 5000;

/** The longest wait for the end of a contact, ms. */
export const CONTACT_WAIT_MS = 60 * 60_000;

/** What was due so long ago is not begun any more, ms: nobody expects it then. */
export const GRACE_MS = 10 * 60_000;

export interface RunLoopOptions {
  readonly runs: RunTable;
  readonly rules: Pick<AutomationTable, 'find'>;
  readonly board: Board;
  readonly book: RuleBook;
  readonly owners: OwnerBook;
  readonly way: AutomationWay;
  readonly hand: GenesysCloud['hand'];
  readonly audit: AutomationAudit;
  readonly clock: Clock;
  readonly log: Logger;
}

interface Work {
  readonly run: StoredRun;
  readonly automation: StoredAutomation;
  readonly signal: AbortSignal;
}

/** Works runs off: agent by agent, a few at a time, until each has an outcome. What is left at the end of this process goes on with the next. */
export class RunLoop {
  readonly #options: RunLoopOptions;
  readonly #turn: AgentTurn;
  readonly #atWork = new Set<Promise<void>>();

  constructor(options: RunLoopOptions) {
    this.#options = options;
    this.#turn = new AgentTurn(options);
  }

  /** Goes on in the background. */
  take(run: StoredRun, signal: AbortSignal): void {
    const work = this.#work(run, signal).catch((error: unknown) => {
      if (signal.aborted) return;
      this.#options.log.error(
        { event: 'run-failed', run: run.id, err: error },
        'a run has stopped; it goes on with the next start',
      );
    });
    this.#atWork.add(work);
    void work.then(() => this.#atWork.delete(work));
  }

  /** What an earlier process left: what it was at is not tried again, what waited goes on or is too late. */
  async resume(signal: AbortSignal): Promise<void> {
    const { runs, clock } = this.#options;
    const reason = 'Floorwatch ended in the middle of it: whether it was done, the audit and the platform tell';
    await runs.settleLeftBehind(Math.floor(clock.now()), reason);
    for (const run of await runs.listRunning()) this.take(run, signal);
  }

  /** Resolves when nothing is under way any more. */
  async idle(): Promise<void> {
    while (this.#atWork.size > 0) await Promise.all(this.#atWork);
  }

  async #work(run: StoredRun, signal: AbortSignal): Promise<void> {
    const automation = await this.#options.rules.find(run.automationId, { evenDeleted: true });
    if (automation === null) return this.#interrupt(run, null, 'The automation is not there any more');
    for (;;) {
      const waiting = await this.#waiting(run);
      if (waiting.length === 0) return this.#end(run, automation);
      const late = this.#tooLate(run, automation);
      if (late !== null) return this.#interrupt(run, automation, late);
      const stopped = this.#stopped(automation);
      if (stopped !== null) return this.#interrupt(run, automation, stopped);
      let left = 0;
      for (let first = 0; first < waiting.length; first += CHUNK) {
        if (signal.aborted || this.#stopped(automation) !== null) break;
        left += await this.#workOn({ run, automation, signal }, waiting.slice(first, first + CHUNK));
      }
      if (signal.aborted) return;
      if (left > 0) await this.#options.clock.sleep(CONTACT_AGAIN_MS, signal);
    }
  }

  /** @returns how many still wait for the end of a contact */
  async #workOn({ run, automation, signal }: Work, agentIds: readonly AgentId[]): Promise<number> {
    const { way, owners, hand } = this.#options;
    const asker = { actor: actorOfAutomation(automation), viewer: owners.viewerOf(automation.ownerId), hand };
    let left = 0;
    const reached = await this.#stillReached(run, automation, agentIds);
    if (reached.length === 0) return 0;
    const previews = await way.previews(asker, reached, run.wanted).catch((error: unknown) => reasonOf(error));
    if (typeof previews === 'string') {
      for (const agentId of reached) await this.#turn.leave(run, agentId, { state: 'failed', reason: previews });
      return 0;
    }
    await inTurns(reached, AT_ONCE, async (agentId) => {
      if (signal.aborted || this.#stopped(automation) !== null) return undefined;
      const preview = previews.find((one) => one.agentId === agentId);
      if (preview === undefined)
        return this.#turn.leave(run, agentId, { state: 'skipped', reason: 'The agent is not there any more' });
      const { kind, reason } = fateOf(automation.rule.conditions, preview);
      if (kind === 'change') return this.#turn.take({ run, asker, preview });
      if (kind !== 'wait')
        return this.#turn.leave(run, agentId, { state: kind === 'refuse' ? 'refused' : 'skipped', reason });
      left += 1;
      return undefined;
    });
    return left;
  }

  /** Those who are still there and whom its owner may still change; the others are left out. */
  async #stillReached(run: StoredRun, { ownerId }: StoredAutomation, agentIds: readonly AgentId[]): Promise<AgentId[]> {
    const { board, owners } = this.#options;
    const reached: AgentId[] = [];
    for (const id of agentIds) {
      const row = board.rowOf(id);
      if (row !== null && covers(owners.scopeOf(ownerId), row.profile.divisionId)) reached.push(id);
      else await this.#turn.leave(run, id, { state: 'skipped', reason: GONE });
    }
    return reached;
  }

  async #waiting({ id }: StoredRun): Promise<AgentId[]> {
    const outcomes = await this.#options.runs.outcomes(id, { after: null, limit: 1000, among: null });
    return outcomes.filter(({ state }) => state === 'waiting').map(({ agentId }) => agentId);
  }

  #tooLate({ startedAt }: StoredRun, { rule }: StoredAutomation): string | null {
    const waits = rule.conditions.onContact === 'wait';
    if (this.#options.clock.now() - startedAt <= (waits ? CONTACT_WAIT_MS : GRACE_MS)) return null;
    return waits ? 'The contact did not end within an hour' : 'Floorwatch did not come to it in time';
  }

  #stopped({ id }: StoredAutomation): string | null {
    const held = this.#options.book.find(id);
    if (held === null) return 'The automation was deleted';
    return held.paused === null ? null : `The automation was paused: ${held.paused.reason}`;
  }

  async #interrupt(run: StoredRun, automation: StoredAutomation | null, reason: string): Promise<void> {
    const { runs, clock, audit } = this.#options;
    const endedAt = Math.floor(clock.now());
    await runs.settleWaiting(run.id, { state: 'skipped', reason, at: endedAt });
    const ended = { state: 'interrupted', reason, endedAt } as const;
    await runs.end(run.id, ended);
    if (automation !== null)
      await audit.noteRun(automation, { ...run, ...ended }, { outcome: 'failed', ...(await this.#figures(run)) });
  }

  async #end(run: StoredRun, automation: StoredAutomation): Promise<void> {
    const { runs, clock, audit } = this.#options;
    await runs.end(run.id, { state: 'done', reason: null, endedAt: Math.floor(clock.now()) });
    await audit.noteRun(automation, run, { outcome: 'accepted', ...(await this.#figures(run)) });
  }

  async #figures({ id }: StoredRun): Promise<{ agents: number; counts: Partial<Record<OutcomeState, number>> }> {
    const counts = (await this.#options.runs.counts([id], null)).get(id)?.states ?? {};
    return { agents: Object.values(counts).reduce((sum, count) => sum + count, 0), counts };
  }
}

const GONE = 'Not there any more, or in a division in which its owner may not change presences';

const reasonOf = (error: unknown): string =>
  error instanceof ApiError ? error.message : 'Genesys Cloud cannot be asked right now';

/** Does work for each, some at a time. */
const inTurns = async <Item>(
  items: readonly Item[],
  atOnce: number,
  work: (item: Item) => Promise<void>,
): Promise<void> => {
  const queue = [...items];
  const worker = async (): Promise<void> => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) await work(next);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
};
