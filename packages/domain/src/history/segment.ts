import type { Activity, Discrepancy } from '../activity/activity.ts';
import type { FactKind, FactValue, TransitionSource } from './transition.ts';

/** One stretch of a lane in which one thing held. Segments of a lane follow each other without overlap. */
export interface Segment<Value> {
  readonly from: number;
  /** Not part of it. */
  readonly to: number;
  readonly value: Value;
  /** False where it began at `from` or earlier ("≥"): before the interval asked for, or at an instant nobody saw. */
  readonly startsExactly: boolean;
  /** It goes on at the end of what is known. */
  readonly isOngoing: boolean;
}

/** A stretch of one fact; null where nothing is known: nothing was recorded yet, or there is a gap. */
export type FactSegment<Kind extends FactKind = FactKind> = Segment<Extract<FactValue, { kind: Kind }> | null> & {
  /** Null where nothing is known. */
  readonly source: TransitionSource | null;
};

/** What an agent was doing, by the truth table over the lanes of presence, routing and work. */
export type ActivitySegment = Segment<Activity> & { readonly discrepancy: Discrepancy | null };
