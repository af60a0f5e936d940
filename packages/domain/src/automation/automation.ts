import type { DivisionScope } from '../access/viewer.ts';
import type { AgentId, DivisionId, QueueId } from '../agent/ids.ts';
import type { AgentRow } from '../board/agent-row.ts';
import { covers } from '../access/viewer.ts';
import type { WantedPresence } from '../presence-change/presence-change.ts';
import type { Plan } from './plan.ts';
import type { SuggestionKind } from './suggestion.ts';

/**
 * What sets an automation going.
 *
 * - `planned`: a time · `trigger`: another tool asks for it · `schedule`: an agent is found to be where the schedule says otherwise
 */
export type AutomationStart =
  | { readonly kind: 'planned'; readonly plan: Plan }
  | { readonly kind: 'trigger' }
  | { readonly kind: 'schedule'; readonly suggestion: SuggestionKind };

/** Whom it is about: whoever is named, or in one of these. Names of teams, for the board knows no ids of theirs. */
export interface AutomationTargets {
  readonly agentIds: readonly AgentId[];
  readonly teams: readonly string[];
  readonly divisionIds: readonly DivisionId[];
  readonly queueIds: readonly QueueId[];
}

/** What it insists on, agent by agent. */
export interface AutomationConditions {
  /** The worst that the schedule may say. A block is never acted against. */
  readonly worstVerdict: 'allow' | 'warn';
  /** What becomes of an agent with a contact in hand: left out, or changed when it has ended. */
  readonly onContact: 'skip' | 'wait';
}

/** What a person has set up. */
export interface AutomationRule {
  readonly name: string;
  readonly start: AutomationStart;
  readonly targets: AutomationTargets;
  readonly wanted: WantedPresence;
  /** After how long what was there before is put back, if nobody has changed it since, minutes; null for never. */
  readonly backAfterMinutes: number | null;
  readonly conditions: AutomationConditions;
}

/** Why it stands still: somebody said so, or Floorwatch did for a reason of these. */
export const PAUSE_CAUSES = ['person', 'owner-lost-right', 'owner-gone', 'owner-not-seen'] as const;

export type PauseCause = (typeof PAUSE_CAUSES)[number];

/** What sets a run going. */
export const RUN_CAUSES = ['plan', 'trigger', 'schedule'] as const;

export type RunCause = (typeof RUN_CAUSES)[number];

/**
 * How a run stands. `missed`: it was due while Floorwatch was not running, and it was too late for it · `refused`: nothing was
 * begun, the reason says why · `interrupted`: it ended in the middle, and what was left is not made up for
 */
export const RUN_STATES = ['running', 'done', 'missed', 'refused', 'interrupted'] as const;

export type RunState = (typeof RUN_STATES)[number];

/**
 * What came of one agent.
 *
 * - `waiting`: its turn, or the end of a contact · `changing`: asked for
 * - `changed`: confirmed · `not-confirmed`: taken, and no event has shown it · `skipped`: a condition was not met, nothing was asked for
 * - `refused`: a rule or the platform said no · `failed`: could not be asked · `unknown`: Floorwatch ended in between
 */
export const OUTCOME_STATES = [
  'waiting',
  'changing',
  'changed',
  'not-confirmed',
  'skipped',
  'refused',
  'failed',
  'unknown',
] as const;

export type OutcomeState = (typeof OUTCOME_STATES)[number];

/** What becomes of the way back, where there is one. `left`: somebody has chosen something else since, or it was too late. */
export const BACK_STATES = ['none', 'due', 'going', 'back', 'left', 'failed'] as const;

export type BackState = (typeof BACK_STATES)[number];

/** Agents one run may reach: as many as one bulk of a person. */
export const MAX_AGENTS_PER_RUN = 500;

/** The longest way back, minutes: a day. */
export const MAX_BACK_MINUTES = 24 * 60;

type Reachable = Pick<AgentRow, 'profile' | 'queueIds'>;

/** Whether the targets mean an agent. */
export const isTargeted = ({ agentIds, teams, divisionIds, queueIds }: AutomationTargets, row: Reachable): boolean => {
  const { id, team, divisionId } = row.profile;
  return (
    agentIds.includes(id) ||
    (team !== null && teams.includes(team)) ||
    (divisionId !== null && divisionIds.includes(divisionId)) ||
    (row.queueIds ?? []).some((queue) => queueIds.includes(queue))
  );
};

/** Whom it reaches: those it means, as far as its owner may change them. In the order of the rows. */
export const reachedBy = <Row extends Reachable>(
  targets: AutomationTargets,
  scope: DivisionScope | null,
  rows: Iterable<Row>,
): Row[] => [...rows].filter((row) => covers(scope, row.profile.divisionId) && isTargeted(targets, row));
