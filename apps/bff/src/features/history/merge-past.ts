import {
  overlapOf,
  unionOf,
  workKind,
  type AgentRow,
  type FactKind,
  type Interval,
  type RecordedPast,
  type RecordingGap,
  type Transition,
} from '@floorwatch/domain';
import type { AgentDetails } from '@floorwatch/genesys';

/** The facts that the platform's history tells. */
const TOLD_KINDS = ['presence', 'routing'] as const;

/** Where a fact is not known from our own records: before the first of them, and in gaps. */
const missingOf = ({ transitions, gaps }: RecordedPast, kind: FactKind, reach: Interval): Interval[] => {
  const before = overlapOf(reach, { from: reach.from, to: firstOf(kind, transitions) });
  const lost = gaps.filter(({ state }) => state !== 'filled').map((gap) => overlapOf(gap, reach));
  return [before, ...lost].filter((part) => part !== null);
};

const firstOf = (kind: FactKind, transitions: readonly Transition[]): number =>
  transitions.reduce((first, { fact, at }) => (fact.kind === kind && at < first ? at : first), Infinity);

/** The one stretch of time that the platform has to be asked about; null where our own records tell everything. */
export const unknownHull = (own: RecordedPast, reach: Interval): Interval | null => {
  const missing = unionOf(TOLD_KINDS.flatMap((kind) => missingOf(own, kind, reach)));
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
  const isMissing = (kind: FactKind, at: number): boolean =>
    missing.get(kind)?.some(({ from, to }) => (at >= from || from === reach.from) && at < to) ?? false;
  const anyMissing = unionOf([...missing.values()].flat());
  const holes = told.holes.flatMap((hole) => anyMissing.map((part) => overlapOf(hole, part)));
  return {
    transitions: [...own.transitions, ...told.transitions.filter(({ fact, at }) => isMissing(fact.kind, at))],
    gaps: [
      ...own.gaps.map((gap) => (gap.state !== 'filled' && tellsToTheEnd(told, gap, own) ? filled(gap) : gap)),
      ...holes.filter((hole) => hole !== null).map((hole) => holeOf(told, hole)),
    ],
  };
};

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
