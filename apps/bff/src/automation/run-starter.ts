import { randomUUID } from 'node:crypto';
import {
  MAX_AGENTS_PER_RUN,
  reachedBy,
  type AgentId,
  type Board,
  type Clock,
  type RunCause,
  type RunState,
} from '@floorwatch/domain';
import type { RunTable, StoredAutomation, StoredRun } from '@floorwatch/store';
import type { AutomationAudit } from './automation-audit.ts';
import type { OwnerBook, OwnerProblem } from './owner-book.ts';

/** What sets a run going, and for whom. */
export interface RunOrder {
  readonly automation: StoredAutomation;
  readonly cause: RunCause;
  /** What must not happen twice has one key. */
  readonly key: string;
  readonly dueAt: number;
  /** Some of those it reaches; null for all. */
  readonly only: ReadonlySet<AgentId> | null;
  /** What was asked for, as a text that is the same for the same. */
  readonly asked: string | null;
}

export interface RunStarterOptions {
  readonly board: Board;
  readonly runs: Pick<RunTable, 'begin' | 'end' | 'settleWaiting' | 'findByKey'>;
  readonly owners: OwnerBook;
  readonly audit: AutomationAudit;
  readonly clock: Clock;
  readonly onOwnerProblem: (automation: StoredAutomation, problem: OwnerProblem) => Promise<void>;
  readonly onBegun: (run: StoredRun) => void;
}

/** Begins runs: each once, kept before anything is done, in the audit before the first agent is touched. */
export class RunStarter {
  readonly #options: RunStarterOptions;

  constructor(options: RunStarterOptions) {
    this.#options = options;
  }

  /** Whom an automation reaches now. */
  reachOf({ rule, ownerId }: StoredAutomation): AgentId[] {
    const { board, owners } = this.#options;
    return reachedBy(rule.targets, owners.scopeOf(ownerId), board.rows()).map(({ profile }) => profile.id);
  }

  /**
   * @returns the run, also one that was refused; the one that is there already where the key was used before
   * @throws StoreUnavailable
   */
  async start(order: RunOrder, signal: AbortSignal): Promise<StoredRun> {
    const { automation, only } = order;
    const problem = await this.#options.owners.problemOf(automation.ownerId, signal);
    if (problem !== null) {
      await this.#options.onOwnerProblem(automation, problem);
      return this.#close(order, 'refused', problem.reason);
    }
    const agentIds = this.reachOf(automation).filter((id) => only === null || only.has(id));
    if (agentIds.length === 0) return this.#close(order, 'refused', 'It reaches nobody now');
    if (agentIds.length > MAX_AGENTS_PER_RUN)
      return this.#close(
        order,
        'refused',
        `It reaches ${String(agentIds.length)} agents, a run ${String(MAX_AGENTS_PER_RUN)} at most: narrow it`,
      );
    return this.#begin(order, agentIds);
  }

  /** It was due while nobody was there to do it. @throws StoreUnavailable */
  miss(order: RunOrder): Promise<StoredRun> {
    return this.#close(order, 'missed', 'Floorwatch was not running when it was due, and it was too late afterwards');
  }

  async #begin(order: RunOrder, agentIds: readonly AgentId[]): Promise<StoredRun> {
    const { runs, audit, onBegun } = this.#options;
    const run = this.#runOf(order, 'running', null);
    if (!(await runs.begin(run, agentIds))) return this.#there(order);
    try {
      await audit.recordRun(order.automation, run, { outcome: 'requested', agents: agentIds.length });
    } catch {
      return this.#refuse(run, 'The audit cannot be written, so nothing was done');
    }
    onBegun(run);
    return run;
  }

  async #refuse(run: StoredRun, reason: string): Promise<StoredRun> {
    const { runs, clock } = this.#options;
    const endedAt = Math.floor(clock.now());
    await runs.settleWaiting(run.id, { state: 'refused', reason, at: endedAt });
    await runs.end(run.id, { state: 'refused', reason, endedAt });
    return { ...run, state: 'refused', reason, endedAt };
  }

  /** Keeps a run that ended before it began. */
  async #close(order: RunOrder, state: RunState, reason: string): Promise<StoredRun> {
    const run = this.#runOf(order, state, reason);
    if (!(await this.#options.runs.begin(run, []))) return this.#there(order);
    await this.#options.audit.noteRun(order.automation, run, { outcome: 'refused', agents: 0 });
    return run;
  }

  async #there({ automation, key }: RunOrder): Promise<StoredRun> {
    const run = await this.#options.runs.findByKey(automation.id, key);
    if (run === null) throw new Error('a run that is there cannot be found');
    return run;
  }

  #runOf({ automation, cause, key, dueAt, asked }: RunOrder, state: RunState, reason: string | null): StoredRun {
    const { wanted, backAfterMinutes } = automation.rule;
    const now = Math.floor(this.#options.clock.now());
    return {
      id: randomUUID(),
      automationId: automation.id,
      key,
      cause,
      asked,
      dueAt: Math.floor(dueAt),
      startedAt: now,
      endedAt: state === 'running' ? null : now,
      state,
      reason,
      wanted,
      backAfterMinutes,
    };
  }
}
