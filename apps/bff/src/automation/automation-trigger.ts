import { createHash } from 'node:crypto';
import type { triggerAutomation } from '@floorwatch/contracts';
import { agentId, covers, type AgentId, type Board, type Clock, type DivisionScope } from '@floorwatch/domain';
import type { z } from 'zod';
import { ApiError } from '../plugins/api-error.ts';
import type { RuleBook } from './rule-book.ts';
import type { RunStarter } from './run-starter.ts';

export interface AutomationTriggerOptions {
  readonly book: RuleBook;
  readonly starter: Pick<RunStarter, 'start' | 'reachOf'>;
  readonly board: Board;
  readonly clock: Clock;
}

export interface TriggerAsked {
  readonly automationId: string;
  /** Ids of agents; null for all that it reaches. */
  readonly agents: readonly string[] | null;
  /** The name of the try. */
  readonly key: string;
  /** Where the key that opened the door holds. */
  readonly divisions: DivisionScope;
}

type Triggered = z.infer<typeof triggerAutomation.reply>;

/** Another tool's way to start an automation: only what is set up, only whom it reaches, once for each key. */
export class AutomationTrigger {
  readonly #options: AutomationTriggerOptions;

  constructor(options: AutomationTriggerOptions) {
    this.#options = options;
  }

  /** @throws ApiError 404, 409 `automation-paused`, 422 `idempotency-conflict`; StoreUnavailable */
  async trigger({ automationId, agents, key, divisions }: TriggerAsked, signal: AbortSignal): Promise<Triggered> {
    const { book, starter, clock } = this.#options;
    const automation = book.find(automationId);
    if (automation === null || automation.rule.start.kind !== 'trigger')
      throw new ApiError(404, 'not-found', 'There is no automation here that is started by a trigger');
    if (automation.paused !== null)
      throw new ApiError(409, 'automation-paused', `It is paused: ${automation.paused.reason}`);
    const reach = starter.reachOf(automation).filter((id) => this.#isOpen(id, divisions));
    const wanted = agents === null ? reach : reach.filter((id) => agents.includes(id));
    const asked = createHash('sha256')
      .update(JSON.stringify(agents?.toSorted() ?? null))
      .digest('hex');
    const run = await starter.start(
      { automation, cause: 'trigger', key: `trigger:${key}`, dueAt: clock.now(), only: new Set(wanted), asked },
      signal,
    );
    if (run.asked !== asked)
      throw new ApiError(
        422,
        'idempotency-conflict',
        'This Idempotency-Key was used for other agents: take another one',
      );
    return {
      id: run.id,
      state: run.state,
      reason: run.reason,
      dueAt: new Date(run.dueAt).toISOString(),
      agents: wanted.length,
      notReached: (agents ?? []).filter((id) => !reach.includes(agentId(id))),
    };
  }

  #isOpen(id: AgentId, divisions: DivisionScope): boolean {
    return covers(divisions, this.#options.board.rowOf(id)?.profile.divisionId ?? null);
  }
}
