import type { Actor } from '@floorwatch/contracts';
import type { Activity, Discrepancy, TransitionSource } from '@floorwatch/domain';

/** What is drawn one under the other on the one time axis. Presence and routing status are never merged. */
export const LANE_KINDS = ['presence', 'routing', 'activity', 'schedule'] as const;

export type LaneKind = (typeof LANE_KINDS)[number];

export const LANE_WORD: Readonly<Record<LaneKind, string>> = {
  presence: 'Presence',
  routing: 'Routing',
  activity: 'Activity',
  schedule: 'Schedule',
};

/** What holds on a lane, ready to be drawn and told. */
export interface Holding {
  /** Equal keys are the same thing; null where nothing is known. */
  readonly key: string | null;
  /** The activity whose colour and shape it has. */
  readonly hue: Activity;
  readonly word: string;
  /** More about it, a line each. */
  readonly details: readonly string[];
  readonly actor: Actor | null;
  /** How presence and routing status contradict each other; only ever on the activity lane. */
  readonly discrepancy: Discrepancy | null;
  /** How Floorwatch came to know; null for what is derived, planned or not known. */
  readonly source: TransitionSource | null;
}

/** One stretch of a lane, ms. Segments of a lane follow each other without overlap. */
export interface LaneSegment extends Holding {
  readonly from: number;
  /** Not part of it. */
  readonly to: number;
  /** False where it began at `from` or earlier ("≥"). */
  readonly startsExactly: boolean;
  /** It goes on: `to` is the end of what is known. */
  readonly isOngoing: boolean;
}

/** Why a stretch is to be read with care. */
export interface Mark {
  readonly kind: 'gap' | 'filled' | 'volatile' | 'discrepancy';
  readonly from: number;
  readonly to: number;
  readonly word: string;
  readonly reason: string;
}

export type Lanes = Readonly<Record<LaneKind, readonly LaneSegment[]>>;

/** One line of a table: a segment and the lane it is on. */
export interface SegmentRow {
  readonly lane: LaneKind;
  readonly segment: LaneSegment;
}

/** The segments of some lanes in order of time. */
export const rowsOf = (lanes: Lanes, kinds: readonly LaneKind[]): SegmentRow[] =>
  kinds
    .flatMap((lane) => lanes[lane].map((segment) => ({ lane, segment })))
    .toSorted((a, b) => a.segment.from - b.segment.from);
