import { readActivity, type Reading } from '../activity/activity.ts';
import { unionOf, type Interval } from './interval.ts';
import type { RecordingGap } from './recording-gap.ts';
import type { ActivitySegment, FactSegment, Segment } from './segment.ts';
import { sameFact, type FactKind, type FactValue, type Transition } from './transition.ts';

/** What was recorded of one agent, in any order and as often as it was told. */
export interface RecordedPast {
  /** With the latest of each kind before the interval that is asked about: it says what held when the interval began. */
  readonly transitions: readonly Transition[];
  readonly gaps: readonly RecordingGap[];
}

type Fact<Kind extends FactKind> = Extract<FactValue, { kind: Kind }>;

type TransitionOf<Kind extends FactKind> = Transition & { readonly fact: Fact<Kind> };

/** A segment while it may still grow. */
type Growing<Part extends { readonly to: number }> = Omit<Part, 'to'> & { to: number };

/**
 * The lane of one fact. Its segments tile the range: no hole, no overlap, neighbours differ. The value is null where
 * nothing is known: before the first transition, and in a gap that is not filled.
 */
export const factSegments = <Kind extends FactKind>(
  kind: Kind,
  past: RecordedPast,
  range: Interval,
): FactSegment<Kind>[] => {
  const told = inOrder(kind, past.transitions);
  const hidden = unionOf(past.gaps.filter((gap) => hidesFact(gap, kind)));
  const lane: Growing<FactSegment<Kind>>[] = [];
  const first = told.findLastIndex(({ at }) => at <= range.from);
  for (let index = first; index < told.length; index += 1) {
    const transition = told[index] ?? null;
    const from = Math.max(range.from, transition?.at ?? -Infinity);
    const to = Math.min(range.to, told[index + 1]?.at ?? Infinity);
    if (from >= range.to) break;
    for (const part of cutOut(hidden, { from, to })) append(lane, segmentOf(part, transition), sameFactOrNothing);
  }
  const goesOn = !told.some(({ at }) => at >= range.to);
  return finish(lane, goesOn);
};

/**
 * What the agent was doing, by the truth table over the lanes of presence, routing and work; it tiles the range like
 * them. `unknown` until both presence and routing are known. A segment ends where the activity changes, or whether it is
 * a contradiction.
 */
export const activitySegments = (past: RecordedPast, range: Interval): ActivitySegment[] => {
  const presences = new LaneReader(factSegments('presence', past, range));
  const routings = new LaneReader(factSegments('routing', past, range));
  const works = new LaneReader(factSegments('work', past, range));
  const lane: Growing<ActivitySegment>[] = [];
  for (let from = range.from; from < range.to;) {
    const presence = presences.at(from);
    const routing = routings.at(from);
    const work = works.at(from);
    const to = Math.min(presence.to, routing.to, work.to);
    const { activity, discrepancy } = readingOf(presence.value, routing.value, work.value);
    const startsExactly = activity !== 'unknown' && [presence, routing, work].some((fact) => beginsAt(fact, from));
    append(lane, { from, to, value: activity, discrepancy, startsExactly, isOngoing: false }, sameReading);
    from = to;
  }
  const goesOn = [presences, routings, works].every(({ last }) => last?.isOngoing === true);
  return finish(lane, goesOn);
};

/**
 * Whether the gap leaves the fact unknown. The platform's history tells of presence and routing only: of work, nothing is
 * known in a filled gap either.
 */
export const hidesFact = ({ state }: RecordingGap, kind: FactKind): boolean => state !== 'filled' || kind === 'work';

/** Transitions of one kind by instant, one for each: the first that was told of it, as in the store. */
const inOrder = <Kind extends FactKind>(kind: Kind, transitions: readonly Transition[]): TransitionOf<Kind>[] => {
  const isOfKind = (transition: Transition): transition is TransitionOf<Kind> => transition.fact.kind === kind;
  return transitions
    .filter(isOfKind)
    .toSorted((a, b) => a.at - b.at || a.ingestedAt - b.ingestedAt || compareText(textOf(a), textOf(b)))
    .filter(({ at }, index, sorted) => at !== sorted[index - 1]?.at);
};

const textOf = ({ fact, exact, source }: Transition): string => JSON.stringify([fact, exact, source]);

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** An interval in parts: those inside `hidden` (apart from each other, by start) and those outside. */
function* cutOut(hidden: readonly Interval[], { from, to }: Interval): Generator<Interval & { isHidden: boolean }> {
  let at = from;
  for (const hole of hidden) {
    if (hole.to <= at) continue;
    if (hole.from >= to) break;
    if (hole.from > at) yield { from: at, to: hole.from, isHidden: false };
    const end = Math.min(hole.to, to);
    yield { from: Math.max(at, hole.from), to: end, isHidden: true };
    at = end;
  }
  if (at < to) yield { from: at, to, isHidden: false };
}

const segmentOf = <Kind extends FactKind>(
  { from, to, isHidden }: Interval & { isHidden: boolean },
  transition: TransitionOf<Kind> | null,
): FactSegment<Kind> => {
  if (transition === null || isHidden)
    return { from, to, value: null, source: null, startsExactly: false, isOngoing: false };
  const { at, exact, fact, source } = transition;
  return { from, to, value: fact, source, startsExactly: exact && at === from, isOngoing: false };
};

const sameFactOrNothing = (a: Segment<FactValue | null>, b: Segment<FactValue | null>): boolean =>
  a.value === b.value || (a.value !== null && b.value !== null && sameFact(a.value, b.value));

const sameReading = (a: ActivitySegment, b: ActivitySegment): boolean =>
  a.value === b.value && a.discrepancy === b.discrepancy;

/** Goes on with the last segment where `next` says the same. */
const append = <Part extends { readonly to: number }>(
  lane: Growing<Part>[],
  next: Growing<Part>,
  isSame: (a: Growing<Part>, b: Growing<Part>) => boolean,
): void => {
  const last = lane.at(-1);
  if (last !== undefined && isSame(last, next)) last.to = next.to;
  else lane.push(next);
};

const finish = <Part extends { readonly isOngoing: boolean }>(lane: Part[], goesOn: boolean): Part[] =>
  lane.map((part, index) => (goesOn && index === lane.length - 1 ? { ...part, isOngoing: true } : part));

const readingOf = (
  presence: Fact<'presence'> | null,
  routing: Fact<'routing'> | null,
  work: Fact<'work'> | null,
): Reading =>
  presence === null || routing === null
    ? { activity: 'unknown', discrepancy: null }
    : readActivity(presence.presence, routing.routing, work?.work === 'afterCallWork');

const beginsAt = ({ from, startsExactly }: Segment<unknown>, at: number): boolean => from === at && startsExactly;

/** Reads a lane from start to end. */
class LaneReader<Part extends Segment<unknown>> {
  readonly #lane: readonly Part[];
  #index = 0;

  constructor(lane: readonly Part[]) {
    this.#lane = lane;
  }

  get last(): Part | undefined {
    return this.#lane.at(-1);
  }

  /** The segment at an instant of the range; instants only rise. */
  at(instant: number): Part {
    for (let part = this.#lane[this.#index]; part !== undefined; part = this.#lane[this.#index]) {
      if (instant < part.to) return part;
      this.#index += 1;
    }
    throw new RangeError(`the lane ends before ${String(instant)}`);
  }
}
