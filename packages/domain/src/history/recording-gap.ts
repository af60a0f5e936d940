import type { AgentId } from '../agent/ids.ts';

/**
 * Why changes between two instants may be missing.
 *
 * - `not-recording`: Floorwatch was not running, or could not write
 * - `events-lost`: a reading found a change that no event had told of, so others before it may be missing too
 */
export const GAP_REASONS = ['not-recording', 'events-lost'] as const;

export type GapReason = (typeof GAP_REASONS)[number];

/**
 * - `open`: the platform's history has not been asked yet, or did not have it yet
 * - `filled`: the platform's history told what happened; nothing is missing any more
 * - `unknowable`: the platform's history does not reach there; it stays a gap, never a guess
 */
export const GAP_STATES = ['open', 'filled', 'unknowable'] as const;

export type GapState = (typeof GAP_STATES)[number];

/** A stretch of an agent's time in which changes may be missing. Until it is filled nothing in it counts as any status. */
export interface RecordingGap {
  readonly agentId: AgentId;
  /** Platform clock, ms; `to` is not part of it. */
  readonly from: number;
  readonly to: number;
  readonly reason: GapReason;
  readonly state: GapState;
}
