import type { AgentTruth, JournalEntryWire } from '@floorwatch/genesys-simulator/client';
import { inOneSpelling } from './facts.ts';
import type { DatedPart, FrameSpan, Sighting } from './sightings.ts';

/** A stretch of platform time in which events could be lost, late or unreadable, ms. */
export interface Gap {
  readonly from: number;
  readonly to: number;
}

export interface StreamEvidence {
  /** Everything that truly happened, oldest first, from before the browser came. */
  readonly journal: readonly JournalEntryWire[];
  /** How things stood when the judgement begins; states that lasted were told again since, where an answer was undated. */
  readonly opening: readonly AgentTruth[];
  /** Number of the last entry that is none of this judgement’s business: the browser may have come after it. */
  readonly afterSeq: number;
  readonly sightings: readonly Sighting[];
  readonly gaps: readonly Gap[];
  /** Whether the browser listened all the time; only then can something be missing. */
  readonly isComplete: boolean;
}

export interface StreamVerdict {
  /** Transitions of presence and routing status that truly happened. */
  readonly happened: number;
  readonly seen: number;
  /** Not shown because a later one replaced them within the same frame. */
  readonly conflated: number;
  /** Not shown because events were lost, late or unreadable at that time. */
  readonly inGaps: number;
  /** Shown without their instant, which the platform left out. */
  readonly undated: number;
  readonly missing: readonly string[];
  readonly doubled: readonly string[];
  readonly invented: readonly string[];
}

/**
 * The way of an event and that of a snapshot are two: a snapshot that was read in the moment of the next transition may
 * arrive before the event of the one before, which is then old. So much platform time may lie between the two, ms.
 */
const OVERTAKEN_WITHIN_MS = 250;

interface Transition {
  readonly key: string;
  readonly at: number;
  readonly state: string;
}

/** Holds what a browser was told against what truly happened. */
export const judgeStream = ({
  journal,
  opening,
  afterSeq,
  sightings,
  gaps,
  isComplete,
}: StreamEvidence): StreamVerdict => {
  const everything = byPart([...opening.flatMap(stateOf), ...journal.flatMap(transitionOf)]);
  const truth = byPart(journal.filter(({ seq }) => seq > afterSeq).flatMap(transitionOf));
  const told = Map.groupBy(sightings, keyOf);
  const leftOver = new Map<FrameSpan, number>();
  const verdict = { seen: 0, conflated: 0, inGaps: 0, undated: 0 };
  const missing: string[] = [];
  const doubled: string[] = [];
  const invented: string[] = [];
  for (const [key, sightingsOfPart] of told) {
    doubled.push(...findDoubled(key, sightingsOfPart));
    invented.push(...findInvented(key, sightingsOfPart, everything.get(key) ?? []));
    verdict.undated += sightingsOfPart.filter(({ isBaseline, isExact }) => !isBaseline && !isExact).length;
  }
  for (const [key, transitions] of truth) {
    const exact = (told.get(key) ?? []).filter(({ isExact }) => isExact);
    const instants = new Set(exact.map(({ at }) => at));
    for (const { at, state } of transitions) {
      if (instants.has(at)) verdict.seen += 1;
      else if (gaps.some(({ from, to }) => at >= from && at <= to)) verdict.inGaps += 1;
      else if (isPassedOver(at, exact, leftOver)) verdict.conflated += 1;
      else missing.push(`${key} ${state} at ${String(at)}`);
    }
  }
  const happened = [...truth.values()].reduce((sum, { length }) => sum + length, 0);
  return { happened, ...verdict, missing: isComplete ? missing : [], doubled, invented };
};

const keyOf = ({ userId, part }: { readonly userId: string; readonly part: DatedPart }): string => `${userId} ${part}`;

const byPart = (transitions: readonly Transition[]): Map<string, Transition[]> =>
  Map.groupBy(transitions, ({ key }) => key);

const presenceOf = (userId: string, { systemPresence, modifiedDate }: AgentTruth['presence']): Transition => ({
  key: keyOf({ userId, part: 'presence' }),
  at: Date.parse(modifiedDate),
  state: inOneSpelling(systemPresence),
});

const routingStatusOf = (userId: string, { status, startTime }: AgentTruth['routingStatus']): Transition => ({
  key: keyOf({ userId, part: 'routingStatus' }),
  at: Date.parse(startTime),
  state: inOneSpelling(status),
});

const stateOf = ({ userId, presence, routingStatus }: AgentTruth): Transition[] => [
  presenceOf(userId, presence),
  routingStatusOf(userId, routingStatus),
];

/** Parts that carry no instant on the wire are not judged. */
const transitionOf = (entry: JournalEntryWire): Transition[] => {
  switch (entry.part) {
    case 'presence':
      return [presenceOf(entry.userId, entry.after)];
    case 'routingStatus':
      return [routingStatusOf(entry.userId, entry.after)];
    case 'conversationSummary':
    case 'outOfOffice':
    case 'activeQueues':
      return [];
  }
};

/**
 * An instant that comes again, or an older one after a newer one. After something was told without its instant, the same
 * instant may come once more: it says that the undated word was no news.
 */
const findDoubled = (key: string, sightings: readonly Sighting[]): string[] => {
  const found: string[] = [];
  let last: Sighting | null = null;
  let wasUndated = false;
  for (const sighting of sightings) {
    const { at, state, isBaseline, isExact } = sighting;
    if (isExact) {
      const isAgain = last !== null && !isBaseline && (wasUndated ? at < last.at : at <= last.at);
      if (isAgain) found.push(`${key} ${state} at ${String(at)} after ${last?.state ?? ''} at ${String(last?.at)}`);
      last = sighting;
    }
    wasUndated = !isExact;
  }
  return found;
};

/** An exact instant at which nothing happened, or something else did. */
const findInvented = (key: string, sightings: readonly Sighting[], truth: readonly Transition[]): string[] => {
  const states = new Map(truth.map(({ at, state }) => [at, state]));
  return sightings
    .filter(({ isBaseline, isExact, at, state }) => !isBaseline && isExact && states.get(at) !== state)
    .map(({ at, state }) => `${key} ${state} at ${String(at)}, where there is ${states.get(at) ?? 'nothing'}`);
};

/** Whether the frame that brought the next transition of this part says that it passed over a change, or overtook one. */
const isPassedOver = (at: number, exact: readonly Sighting[], leftOver: Map<FrameSpan, number>): boolean => {
  const next = exact.find((sighting) => sighting.at > at);
  if (next === undefined || next.isBaseline) return next !== undefined;
  if (next.at - at <= OVERTAKEN_WITHIN_MS) return true;
  const left = leftOver.get(next.frame) ?? next.frame.passedOver;
  leftOver.set(next.frame, left - 1);
  return left > 0;
};
