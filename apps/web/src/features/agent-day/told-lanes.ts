import type { AgentHistory } from '@floorwatch/contracts';
import { DISCREPANCY_GRACE_MS, type GapReason, type GapState } from '@floorwatch/domain';
import { DISCREPANCY_WORDS } from '../../look/words.ts';
import { holdingOf } from './holdings.ts';
import { joinSegments } from './join-segments.ts';
import type { LaneKind, LaneSegment, Lanes, Mark } from './lane.ts';

type Segment = AgentHistory['segments'][number];

const LANE_OF: Readonly<Record<Segment['kind'], LaneKind>> = {
  system: 'presence',
  organisation: 'presence',
  routing: 'routing',
  activity: 'activity',
  schedule: 'schedule',
};

const laneSegmentOf = (segment: Segment): LaneSegment => ({
  ...holdingOf(segment),
  from: Date.parse(segment.from),
  to: Date.parse(segment.to),
  startsExactly: segment.startsExactly,
  isOngoing: segment.isOngoing,
});

/** What was told of a stretch of an agent's time, ready to be drawn. */
export interface ToldTime {
  readonly lanes: Lanes;
  /** Gaps and volatile stretches, in order of time. */
  readonly marks: readonly Mark[];
  /** Why there is no schedule lane, in words; null where there is one. */
  readonly scheduleProblem: string | null;
  /** Why the platform's history could not fill what was not recorded, in words; null where it did, or need not. */
  readonly analyticsProblem: string | null;
  /** Nothing of it is expected to be known better later: no gap is still to be filled. */
  readonly isSettled: boolean;
}

/** Reads pages of history, in whatever pieces they came. */
export const readTold = (pages: readonly AgentHistory[]): ToldTime => ({
  lanes: lanesOf(pages),
  marks: marksOf(pages),
  scheduleProblem: pages.find((page) => page.scheduleProblem !== null)?.scheduleProblem ?? null,
  analyticsProblem: pages.find((page) => page.analyticsProblem !== null)?.analyticsProblem ?? null,
  isSettled: pages.every(
    ({ gaps, analyticsProblem }) => analyticsProblem === null && gaps.every(({ state }) => state !== 'open'),
  ),
});

/** Puts stretches together that were asked for one by one. */
export const joinTold = (parts: readonly ToldTime[]): ToldTime => ({
  lanes: byKind((kind) => joinSegments(parts.flatMap(({ lanes }) => lanes[kind]))),
  marks: joinMarks(parts.flatMap(({ marks }) => marks)),
  scheduleProblem: parts.find((part) => part.scheduleProblem !== null)?.scheduleProblem ?? null,
  analyticsProblem: parts.find((part) => part.analyticsProblem !== null)?.analyticsProblem ?? null,
  isSettled: parts.every(({ isSettled }) => isSettled),
});

const byKind = (read: (kind: LaneKind) => LaneSegment[]): Lanes => ({
  presence: read('presence'),
  routing: read('routing'),
  activity: read('activity'),
  schedule: read('schedule'),
});

const lanesOf = (pages: readonly AgentHistory[]): Lanes => {
  const pieces: Record<LaneKind, LaneSegment[]> = { presence: [], routing: [], activity: [], schedule: [] };
  for (const { segments } of pages)
    for (const segment of segments) pieces[LANE_OF[segment.kind]].push(laneSegmentOf(segment));
  return byKind((kind) => joinSegments(pieces[kind]));
};

const GAP_REASON: Readonly<Record<GapReason, string>> = {
  'not-recording': 'Floorwatch was not running or could not write',
  'events-lost': 'A reading found a change that no event had told of: others before it may be missing',
};

const GAP_STATE: Readonly<Record<GapState, string>> = {
  open: 'Genesys Cloud’s own history is still to be asked.',
  filled: 'Filled in from Genesys Cloud’s own history: nothing is missing.',
  unknowable: 'Genesys Cloud’s own history does not reach there. It counts as no status.',
};

const marksOf = (pages: readonly AgentHistory[]): Mark[] => {
  const marks: Mark[] = [];
  for (const page of pages) {
    for (const { from, to, reason, state } of page.gaps)
      marks.push({
        kind: state === 'filled' ? 'filled' : 'gap',
        ...instants(from, to),
        word: state === 'filled' ? 'Filled gap' : 'Gap',
        reason: `${GAP_REASON[reason]}. ${GAP_STATE[state]}`,
      });
    for (const { from, to, transitions } of page.volatile)
      marks.push({
        kind: 'volatile',
        ...instants(from, to),
        word: 'Volatile',
        reason: `${transitions} changes, more than three in a minute: shown, but left out of shares and averages`,
      });
  }
  return joinMarks(marks);
};

const instants = (from: string, to: string) => ({ from: Date.parse(from), to: Date.parse(to) });

/**
 * Where presence and routing status contradict each other. They are published by two services: it is a contradiction only
 * after its grace.
 */
export const discrepancyMarks = (activity: readonly LaneSegment[]): Mark[] =>
  activity.flatMap(({ from, to, discrepancy }) =>
    discrepancy === null || to - from < DISCREPANCY_GRACE_MS
      ? []
      : [
          {
            kind: 'discrepancy',
            from,
            to,
            word: DISCREPANCY_WORDS[discrepancy].short,
            reason: DISCREPANCY_WORDS[discrepancy].long,
          },
        ],
  );

/** A gap that lies across two pages is told by both. */
const joinMarks = (marks: readonly Mark[]): Mark[] => {
  const joined: Mark[] = [];
  for (const mark of marks.toSorted((a, b) => a.from - b.from)) {
    const index = joined.findLastIndex(
      ({ kind, reason, to }) => kind === mark.kind && reason === mark.reason && to >= mark.from,
    );
    const held = joined[index];
    if (held === undefined) joined.push(mark);
    else joined[index] = { ...held, to: Math.max(held.to, mark.to) };
  }
  return joined;
};
