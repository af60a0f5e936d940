import type { Actor, AgentHistory, HistoryKind, HistorySegment } from '@floorwatch/contracts';
import {
  factSegments,
  overlapOf,
  type ActivitySegment,
  type FactKind,
  type FactSegment,
  type Interval,
  type PresenceDefinitionId,
  type RecordedPast,
  type Segment,
} from '@floorwatch/domain';
import { iso } from './asked-range.ts';

/** A segment that is put into the words of the API only when it is told: of a month, most of them are not on the page. */
export interface UntoldSegment {
  readonly from: number;
  readonly tell: () => HistorySegment;
}

/** What segments need beside the past. */
export interface SegmentNames {
  /** The organisation's word for a presence; null where it is not known any more. */
  readonly labelOf: (id: PresenceDefinitionId) => string | null;
  /** Who set the presence that began at an instant (ms). */
  readonly actorAt: (at: number) => Actor;
}

export interface LanesToTell {
  readonly kinds: ReadonlySet<HistoryKind>;
  readonly names: SegmentNames;
  /** What the past reaches over: more than is told of it. */
  readonly reach: Interval;
  /** What the agent was doing over the reach. */
  readonly activities: readonly ActivitySegment[];
}

const UNKNOWN_ACTOR: Actor = { by: 'unknown', name: null };

/** Segments of the lanes that the past tells, lane by lane; a lane that is not asked for is empty. */
export const segmentsOf = (
  past: RecordedPast,
  range: Interval,
  { kinds, names, reach, activities }: LanesToTell,
): UntoldSegment[][] => {
  /** A lane that is read for longer than it is told knows whether its last segment goes on. */
  const laneOf = <Kind extends FactKind>(kind: Kind) => cutTo(factSegments(kind, past, reach), range);
  const tellsPresence = kinds.has('system') || kinds.has('organisation');
  const presences = tellsPresence ? laneOf('presence') : [];
  return [
    kinds.has('system') ? samePresenceJoined(presences).map((one) => untold(one, tellSystem)) : [],
    kinds.has('organisation') ? presences.map((one) => untold(one, (segment) => tellOrganisation(segment, names))) : [],
    kinds.has('routing') ? laneOf('routing').map((one) => untold(one, tellRouting)) : [],
    kinds.has('activity') ? cutTo(activities, range).map((one) => untold(one, tellActivity)) : [],
  ];
};

/** Segments of a longer time, cut to the range: one that is cut at its start did not begin there. */
const cutTo = <Part extends Segment<unknown>>(segments: readonly Part[], range: Interval): Part[] =>
  segments.flatMap((segment) => {
    const part = overlapOf(segment, range);
    if (part === null) return [];
    const startsExactly = segment.startsExactly && part.from === segment.from;
    return [{ ...segment, ...part, startsExactly, isOngoing: segment.isOngoing || part.to < segment.to }];
  });

const untold = <Part extends Segment<unknown>>(
  segment: Part,
  tell: (segment: Part) => HistorySegment,
): UntoldSegment => ({
  from: segment.from,
  tell: () => tell(segment),
});

/** Secondary presences of one primary one, told as one: neighbours of the same presence are one segment here. */
const samePresenceJoined = (segments: readonly FactSegment<'presence'>[]): FactSegment<'presence'>[] => {
  const lane: FactSegment<'presence'>[] = [];
  for (const segment of segments) {
    const last = lane.at(-1);
    if (last === undefined || last.value?.presence !== segment.value?.presence) lane.push(segment);
    else lane[lane.length - 1] = { ...last, to: segment.to, isOngoing: segment.isOngoing };
  }
  return lane;
};

const tellSystem = (segment: FactSegment<'presence'>): HistorySegment => ({
  kind: 'system',
  ...stretchOf(segment),
  system: segment.value?.presence ?? null,
  source: segment.source,
});

const tellOrganisation = (segment: FactSegment<'presence'>, { labelOf, actorAt }: SegmentNames): HistorySegment => {
  const { value, source, startsExactly, from } = segment;
  const definitionId = value?.definitionId ?? null;
  return {
    kind: 'organisation',
    ...stretchOf(segment),
    system: value?.presence ?? null,
    definitionId,
    label: definitionId === null ? null : labelOf(definitionId),
    message: value?.message ?? null,
    actor: value !== null && startsExactly ? actorAt(from) : UNKNOWN_ACTOR,
    source,
  };
};

const tellRouting = (segment: FactSegment<'routing'>): HistorySegment => ({
  kind: 'routing',
  ...stretchOf(segment),
  routing: segment.value?.routing ?? null,
  source: segment.source,
});

const tellActivity = (segment: ActivitySegment): HistorySegment => ({
  kind: 'activity',
  ...stretchOf(segment),
  activity: segment.value,
  discrepancy: segment.discrepancy,
});

const stretchOf = ({ from, to, startsExactly, isOngoing }: Segment<unknown>) => ({
  from: iso(from),
  to: iso(to),
  startsExactly,
  isOngoing,
});

export type Gaps = AgentHistory['gaps'];

/** Gaps of a range, cut to it, oldest first. */
export const gapsOf = ({ gaps }: RecordedPast, range: Interval): Gaps =>
  gaps
    .filter(({ from, to }) => from < range.to && range.from < to)
    .toSorted((a, b) => a.from - b.from)
    .map(({ from, to, reason, state }) => ({
      from: iso(Math.max(from, range.from)),
      to: iso(Math.min(to, range.to)),
      reason,
      state,
    }));
