import {
  overlapOf,
  restOf,
  timesReach,
  unionOf,
  VOLATILE_LOOK_BACK_MS,
  windowEnd,
  windowStart,
  type AgentId,
  type Interval,
  type RecordedPast,
  type RecordingGap,
  type TimeSum,
} from '@floorwatch/domain';
import { isMissing, meetAt } from '../history/merge-past.ts';
import type { AgentPast, PastReader } from '../history/past-reader.ts';
import { BucketTimes, cutTo } from './bucket-times.ts';
import { addPast, addWindows } from './team-times.ts';

/** So many stretches are read at most; beyond that, those that lie next to each other are read as one. */
const MAX_STRETCHES = 6;

/** What an agent's time adds up to. */
export interface AgentTimes {
  /** Bucket by bucket. */
  readonly sums: readonly TimeSum[];
  /** What happened, as far as presence is concerned. */
  readonly presences: RecordedPast;
  readonly analyticsProblem: string | null;
}

/** A stretch that windows do not tell, and what happened in it. */
interface Told extends Interval {
  readonly past: AgentPast;
}

/**
 * The short way to one agent's time: from windows wherever they tell everything (a month is then some thousand numbers that
 * the database adds up), and from what happened, with what the platform's history knows of it, at the edges and around what
 * is unknown. The sums are those of `timesOf` over all that happened, to the millisecond.
 * @returns null where no window tells anything: then there is no short way
 * @throws ApiError `store-unavailable`
 */
export const readAgentTimes = async (
  reader: PastReader,
  id: AgentId,
  boundaries: readonly number[],
): Promise<AgentTimes | null> => {
  const range = { from: boundaries[0] ?? 0, to: boundaries.at(-1) ?? 0 };
  const { gaps, known } = await readKnown(reader, id, range);
  if (known.length === 0) return null;
  const stretches = stretchesOf(range, { gaps, known });
  const [told, presences] = await Promise.all([
    tell({ reader, id, gaps: gapsIn(timesReach(range), gaps), range }, stretches),
    reader.readMany([id], range, ['presence']),
  ]);
  const times = new BucketTimes(boundaries);
  const marks = marksOf(boundaries, restOf(range, told));
  const sums = marks.length > 1 ? await reader.ask((store) => store.sumWindows([id], marks)) : [];
  for (const sum of sums) if (!isIn(told, marks[sum.bucket] ?? 0)) addWindows(times, sum, marks);
  for (const { past, ...stretch } of told) addPast(times, past, cutTo(boundaries, stretch));
  return {
    sums: times.completed(),
    presences: {
      transitions: [...(presences.get(id)?.transitions ?? []), ...told.flatMap(({ past }) => past.transitions)],
      gaps: told.flatMap(({ past, ...stretch }) => gapsIn(stretch, past.gaps)),
    },
    analyticsProblem: told.find(({ past }) => past.analyticsProblem !== null)?.past.analyticsProblem ?? null,
  };
};

interface Known {
  readonly gaps: readonly RecordingGap[];
  /** Whole windows without a moment that is not known. */
  readonly known: readonly Interval[];
}

const readKnown = (reader: PastReader, id: AgentId, range: Interval): Promise<Known> =>
  reader.ask(async (store) => {
    const writtenTo = (await store.readProgress())?.windowsUpTo ?? -Infinity;
    const { from } = wholeReach(range);
    const to = windowStart(Math.min(range.to, writtenTo));
    if (from >= to) return { gaps: [], known: [] };
    const gaps = await store.readGaps({ agentIds: [id], ...timesReach(range) });
    return { gaps, known: await store.readKnownStretches(id, { from, to }) };
  });

/**
 * What windows do not tell, oldest first, apart from each other: whole windows but at the ends of the range. What was missed
 * may make the agent volatile for some time after it.
 */
const stretchesOf = (range: Interval, { gaps, known }: Known): Interval[] => {
  const reach = wholeReach(range);
  const unknown = [...restOf(reach, known), ...gaps.filter(isMissing)].flatMap((part) => overlapOf(part, reach) ?? []);
  const whole = unknown.map(({ from, to }) => ({
    from: windowStart(from),
    to: windowEnd(to + VOLATILE_LOOK_BACK_MS),
  }));
  const edge = { from: range.from, to: windowEnd(range.from) };
  return together(unionOf([edge, ...whole].flatMap((stretch) => overlapOf(stretch, range) ?? [])));
};

/** The range, and before it as much as decides whether it begins volatile: from the start of a window. */
const wholeReach = (range: Interval): Interval => ({ from: windowStart(timesReach(range).from), to: range.to });

/** At most `MAX_STRETCHES` of them: those are put together that have the least between them. */
const together = (stretches: readonly Interval[]): Interval[] => {
  const between = stretches.slice(1).map(({ from }, index) => ({ index, ms: from - (stretches[index]?.to ?? from) }));
  const widest = between.toSorted((a, b) => b.ms - a.ms).slice(0, MAX_STRETCHES - 1);
  const apart = new Set(widest.map(({ index }) => index + 1));
  const joined: Interval[] = [];
  for (const [index, stretch] of stretches.entries()) {
    const last = joined.at(-1);
    if (last === undefined || apart.has(index)) joined.push(stretch);
    else joined[joined.length - 1] = { from: last.from, to: stretch.to };
  }
  return joined;
};

interface Asked {
  readonly reader: PastReader;
  readonly id: AgentId;
  readonly gaps: readonly RecordingGap[];
  readonly range: Interval;
}

/** What happened in the stretches. */
const tell = async ({ reader, id, gaps, range }: Asked, stretches: readonly Interval[]): Promise<Told[]> => {
  const read = async (stretch: Interval): Promise<Told> => {
    const reach = timesReach(stretch);
    return { ...stretch, past: await reader.complete(id, await reader.readRecorded(id, reach), { reach, gaps }) };
  };
  const told: Told[] = [];
  for (const stretch of stretches) {
    const one = await read(stretch);
    if (one.to === range.to || meetAt(one.to, one.past, one.past.recorded)) told.push(one);
    else return [...told, await read({ from: one.from, to: range.to })]; // what was missed still holds: windows are wrong until it is filled in
  }
  return told;
};

/** Between which the windows of the rest are added up: its ends, and the boundaries of buckets within it. */
const marksOf = (boundaries: readonly number[], rest: readonly Interval[]): number[] => [
  ...new Set(rest.flatMap((part) => cutTo(boundaries, part))),
];

const isIn = (stretches: readonly Interval[], at: number): boolean =>
  stretches.some(({ from, to }) => from <= at && at < to);

const gapsIn = (stretch: Interval, gaps: readonly RecordingGap[]): RecordingGap[] =>
  gaps.flatMap((gap) => {
    const part = overlapOf(gap, stretch);
    return part === null ? [] : [{ ...gap, ...part }];
  });
