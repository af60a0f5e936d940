import type { AgentId, AutomationConditions, ChangeRecord, Clock, OutcomeState } from '@floorwatch/domain';
import type { RunTable, StoredBack, StoredRun } from '@floorwatch/store';
import { ApiError } from '../plugins/api-error.ts';
import type { Asker } from '../presence-change/change-order.ts';
import type { ChangeObstacle, ChangePreview } from '../presence-change/change-preview.ts';
import { presenceEtag } from '../presence-change/presence-etag.ts';
import type { AutomationWay } from './automation-way.ts';

const MINUTE_MS = 60_000;

const NO_WAY_BACK: StoredBack = { state: 'none', at: null, reason: null, to: null, etag: null };

/** What a preview comes to under the conditions of a rule. */
export interface Fate {
  readonly kind: 'change' | 'nothing-changes' | 'skip' | 'wait' | 'refuse';
  /** In one sentence for a person. */
  readonly reason: string;
}

const OBSTACLE_WORD: Readonly<Record<ChangeObstacle, string>> = {
  'definition-unknown': 'This presence does not exist any more',
  'definition-inactive': 'This presence has been switched off',
  'definition-of-other-division': 'This presence is not for this division',
  'agent-offline': 'The agent is offline, and nobody is put on queue from there',
  'on-queue-in-bulk': 'Nobody is put on queue in bulk',
  'not-allowed-here': 'Its owner may not change presences in this division',
  'schedule-blocks': 'The schedule blocks it',
  'agent-gone': 'The agent is not there any more',
};

/** What becomes of an agent who is found so. */
export const fateOf = ({ worstVerdict, onContact }: AutomationConditions, preview: ChangePreview): Fate => {
  const { obstacles, effects, isOnContact, verdict } = preview;
  const [obstacle] = obstacles.filter((one) => one !== 'schedule-blocks');
  if (obstacle !== undefined) return { kind: 'refuse', reason: OBSTACLE_WORD[obstacle] };
  if (effects.includes('nothing-changes')) return { kind: 'nothing-changes', reason: 'It is there already' };
  if (effects.includes('no-effect-while-offline')) return { kind: 'skip', reason: 'The agent is offline' };
  if (isOnContact)
    return onContact === 'wait'
      ? { kind: 'wait', reason: 'On a contact: when it has ended' }
      : { kind: 'skip', reason: 'On a contact' };
  if (verdict === null) return { kind: 'skip', reason: 'Nobody can tell what the schedule says' };
  if (verdict.effective === 'block' || (verdict.effective === 'warn' && worstVerdict === 'allow'))
    return { kind: 'skip', reason: verdict.reason };
  return { kind: 'change', reason: verdict.reason };
};

export interface AgentTurnOptions {
  readonly way: AutomationWay;
  readonly runs: Pick<RunTable, 'move'>;
  readonly clock: Clock;
}

/** One agent's part of a run. */
export interface Turn {
  readonly run: StoredRun;
  readonly asker: Asker;
  readonly preview: ChangePreview;
}

/** Does what a run has to do for one agent, once, and keeps what came of it. */
export class AgentTurn {
  readonly #options: AgentTurnOptions;

  constructor(options: AgentTurnOptions) {
    this.#options = options;
  }

  /** Nothing is to be done for this agent. */
  async leave(
    run: StoredRun,
    agentId: AgentId,
    { state, reason }: { state: OutcomeState; reason: string },
  ): Promise<void> {
    const { runs, clock } = this.#options;
    await runs.move({ runId: run.id, agentId }, 'waiting', { state, reason, at: Math.floor(clock.now()) });
  }

  /** Asks for the change. Whoever else is at it, one of them does. */
  async take({ run, asker, preview }: Turn): Promise<void> {
    const { runs, clock } = this.#options;
    const key = { runId: run.id, agentId: preview.agentId };
    const began = { state: 'changing', reason: null, at: Math.floor(clock.now()) } as const;
    if (!(await runs.move(key, 'waiting', began))) return;
    const { state, reason, back } = await this.#change({ run, asker, preview });
    await runs.move(key, 'changing', { state, reason, back, at: Math.floor(clock.now()) });
  }

  async #change({
    run,
    asker,
    preview,
  }: Turn): Promise<{ state: OutcomeState; reason: string | null; back: StoredBack }> {
    try {
      const ticket = await this.#options.way.request({
        asker,
        change: { agentId: preview.agentId, wanted: run.wanted },
        expects: preview.etag,
        override: null,
        cause: 'automation',
        groupId: run.id,
        key: `${run.id}:${preview.agentId}`,
        correlationId: run.id,
      });
      const record = await ticket.settled;
      return { ...outcomeOf(record), back: this.#wayBack(run, record) };
    } catch (error) {
      return { ...outcomeOfError(error), back: NO_WAY_BACK };
    }
  }

  #wayBack({ backAfterMinutes }: StoredRun, { progress }: ChangeRecord): StoredBack {
    const { before, written, state } = progress;
    const isDone = state === 'confirmed' || state === 'not-confirmed';
    if (backAfterMinutes === null || !isDone || written === null) return NO_WAY_BACK;
    if (before === null || before.definitionId === null)
      return { ...NO_WAY_BACK, state: 'left', reason: 'What was there before is not known by its name' };
    const at = Math.floor(this.#options.clock.now()) + backAfterMinutes * MINUTE_MS;
    const to = { definitionId: before.definitionId, message: before.message };
    return { state: 'due', at, reason: null, to, etag: presenceEtag(written) };
  }
}

/** What a change that has come to an end is to a run. */
export const outcomeOf = ({ progress }: ChangeRecord): { state: OutcomeState; reason: string | null } => {
  const { state, problem } = progress;
  if (state === 'confirmed') return { state: 'changed', reason: null };
  if (state === 'not-confirmed') return { state, reason: 'Genesys Cloud took it, and no event has shown it in time' };
  const reason = problem?.message ?? null;
  return { state: state === 'refused' || state === 'cancelled' ? 'refused' : 'failed', reason };
};

/** 5xx of ours could not be asked for; the rest says no. */
export const outcomeOfError = (error: unknown): { state: OutcomeState; reason: string } =>
  error instanceof ApiError && error.statusCode < 500
    ? { state: 'refused', reason: error.message }
    : {
        state: 'failed',
        reason: error instanceof ApiError ? error.message : 'Genesys Cloud cannot be asked right now',
      };
