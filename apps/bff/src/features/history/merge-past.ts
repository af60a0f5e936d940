import {
  factSegments,
  overlapOf,
  sameFact,
  unionOf,
  workKind,
  type AgentRow,
  type FactKind,
  type FactValue,
  type Interval,
  type RecordedPast,
  type RecordingGap,
  type Transition,
} from '@floorwatch/domain';
import type { AgentDetails } from '@floorwatch/genesys';

/** The facts that the platform's history tells. */
const TOLD_KINDS = ['presence', 'routing'] as const;

/** Whether nobody has told yet what happened in the gap. */
export const isMissing = ({ state }: RecordingGap): boolean => state !== 'filled';

/** Where a fact is not known from our own records: before the first of them, and in gaps. */
const missingOf = ({ transitions, gaps }: RecordedPast, kind: FactKind, reach: Interval): Interval[] => {
  const before = overlapOf(reach, { from: reach.from, to: firstOf(kind, transitions) });
  const lost = gaps.filter(isMissing).map((gap) => overlapOf(gap, reach));
  return [before, ...lost].filter((part) => part !== null);
};

const firstOf = (kind: FactKind, transitions: readonly Transition[]): number =>
  transitions.reduce((first, { fact, at }) => (fact.kind === kind && at < first ? at : first), Infinity);

/**
 * The one stretch of time that the platform has to be asked about; null where our own records tell everything.
 * @param alsoAsked gaps of a longer time: where anything is missing, one question serves all of it
 */
export const unknownHull = (
  own: RecordedPast,
  reach: Interval,
  alsoAsked: readonly RecordingGap[] = [],
): Interval | null => {
  const here = TOLD_KINDS.flatMap((kind) => missingOf(own, kind, reach));
  if (here.length === 0) return null;
  const missing = unionOf([...here, ...alsoAsked.filter(isMissing)]);
  const first = missing[0];
  const last = missing.at(-1);
  return first === undefined || last === undefined ? null : { from: first.from, to: last.to };
};

/**
 * Our own records, and in what they leave out what the platform's history tells. A gap that it tells to the end is
 * filled; where it leaves something out itself, there is a gap that nobody can fill.
 */
export const mergePast = (own: RecordedPast, told: AgentDetails, reach: Interval): RecordedPast => {
  const missing = new Map(TOLD_KINDS.map((kind) => [kind as FactKind, missingOf(own, kind, reach)]));
  const isWanted = (kind: FactKind, at: number): boolean =>
    missing.get(kind)?.some(({ from, to }) => (at >= from || from === reach.from) && at < to) ?? false;
  const anyMissing = unionOf([...missing.values()].flat());
  const holes = told.holes.flatMap((hole) => anyMissing.map((part) => overlapOf(hole, part)));
  return {
    transitions: [...own.transitions, ...told.transitions.filter(({ fact, at }) => isWanted(fact.kind, at))],
    gaps: [
      ...own.gaps.map((gap) => (isMissing(gap) && tellsToTheEnd(told, gap, own) ? filled(gap) : gap)),
      ...holes.filter((hole) => hole !== null).map((hole) => holeOf(told, hole)),
    ],
  };
};

/** Whether our own records begin before an instant: then it is known what the platform has to be asked of what was before. */
export const beginsBefore = ({ transitions }: RecordedPast, instant: number): boolean =>
  TOLD_KINDS.every((kind) => firstOf(kind, transitions) < instant);

/** Since when presence and routing status, both of them, have held by our own records at an instant. */
export const heldSince = ({ transitions }: RecordedPast, instant: number): number => {
  const lastOf = (kind: FactKind): number =>
    transitions.reduce(
      (last, { fact, at }) => (fact.kind === kind && at <= instant && at > last ? at : last),
      -Infinity,
    );
  return Math.min(...TOLD_KINDS.map(lastOf));
};

/**
 * Whether an instant finds the agent in the same presence and routing status by both pasts: then what was told of the time
 * before it does not matter after it.
 */
export const meetAt = (instant: number, a: RecordedPast, b: RecordedPast): boolean =>
  TOLD_KINDS.every((kind) => {
    const left = heldAt(kind, a, instant);
    const right = heldAt(kind, b, instant);
    return left === right || (left !== null && right !== null && sameFact(left, right));
  });

/** What was told last of a fact before an instant or at it, whether or not there is a gap. */
const heldAt = (kind: FactKind, { transitions }: RecordedPast, instant: number): FactValue | null =>
  factSegments(kind, { transitions, gaps: [] }, { from: instant, to: instant + 1 })[0]?.value ?? null;

const filled = (gap: RecordingGap): RecordingGap => ({ ...gap, state: 'filled' });

const holeOf = ({ agentId }: AgentDetails, hole: Interval): RecordingGap => ({
  agentId,
  ...hole,
  reason: 'not-recording',
  state: 'unknowable',
});

/**
 * Whether the history has caught up with the end of the gap. It lags: a last stretch that "goes on" where we know that it
 * ended is not the last word.
 */
const tellsToTheEnd = (told: AgentDetails, gap: RecordingGap, own: RecordedPast): boolean =>
  TOLD_KINDS.every((kind) => {
    const changesAt = ({ fact, at }: Transition): boolean => fact.kind === kind && at === gap.to;
    const end = told.toldUpTo[kind] ?? -Infinity;
    if (end < gap.to || firstOf(kind, told.transitions) > gap.from) return false;
    return end !== Infinity || !own.transitions.some(changesAt) || told.transitions.some(changesAt);
  });

/** What the board knows of an agent now, as if it had been recorded: the end of the past while nothing is stored. */
export const pastOfRow = ({ profile, state }: AgentRow, ingestedAt: number): Transition[] => {
  const { presence, routing, contacts } = state;
  const common = { agentId: profile.id, ingestedAt, source: 'snapshot' } as const;
  const known: Transition[] = [];
  if (presence !== null) {
    const { system, definitionId, message, since } = presence;
    known.push({ ...common, ...since, fact: { kind: 'presence', presence: system, definitionId, message } });
  }
  if (routing !== null) known.push({ ...common, ...routing.since, fact: { kind: 'routing', routing: routing.state } });
  if (contacts !== null) known.push({ ...common, ...contacts.since, fact: { kind: 'work', work: workKind(contacts) } });
  return known;
};
