import { activityOf, activitySince, discrepancySince, type Activity, type Discrepancy } from '../activity/activity.ts';
import type { AgentProfile, AgentState, JoinedQueues } from '../agent/agent.ts';
import type { Since } from '../agent/since.ts';
import type { AgentFlags } from '../quality/flags.ts';

/** One agent on the board. Immutable: a change makes a new row, so "is it the same row" answers "has it changed". */
export interface AgentRow {
  /** Short number of the agent on this board, dense from 0; means nothing in another epoch. */
  readonly ref: number;
  readonly profile: AgentProfile;
  readonly queueIds: JoinedQueues;
  readonly state: AgentState;
  readonly activity: Activity;
  /** When the activity began; null for `unknown`. */
  readonly since: Since | null;
  readonly discrepancy: Discrepancy | null;
  /** When the two facts began to contradict each other; null where they do not. */
  readonly discrepancySince: Since | null;
  /** Why the row is to be read with care, as far as the state does not show it; set by whoever watches over quality. */
  readonly flags: AgentFlags;
  /** The board's version at the last change of anything in the row. */
  readonly version: number;
  /** The board's version at the last change of profile or queues. */
  readonly profileVersion: number;
}

type RowParts = Pick<AgentRow, 'ref' | 'profile' | 'queueIds' | 'state' | 'flags' | 'version' | 'profileVersion'>;

/** Completes a row with what follows from the agent's state. */
export const makeRow = ({ ref, profile, queueIds, state, flags, version, profileVersion }: RowParts): AgentRow => {
  const { activity, discrepancy } = activityOf(state);
  return {
    ref,
    profile,
    queueIds,
    state,
    activity,
    since: activitySince(state, activity),
    discrepancy,
    discrepancySince: discrepancy === null ? null : discrepancySince(state),
    flags,
    version,
    profileVersion,
  };
};
