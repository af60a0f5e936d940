import {
  addMs,
  addTimes,
  NO_TIME,
  timesOf,
  timesReach,
  totalMs,
  WINDOW_MS,
  type ActivityMs,
  type AgentId,
  type RecordedPast,
  type TimeSum,
  type WindowSum,
} from '@floorwatch/domain';
import type { PastReader } from '../history/past-reader.ts';

/** Time of each agent, bucket by bucket. */
export type TeamTimes = ReadonlyMap<AgentId, readonly TimeSum[]>;

/** Agents whose edges are added up at a time: what is held in memory at once is bounded by it. */
const AGENTS_AT_ONCE = 500;

/**
 * Time of many agents, from the windows that are written; the edges of the range that are no whole windows, and the last
 * minutes whose windows are not written yet, are added up from what happened. What nobody recorded is unknown.
 *
 * @param boundaries rising; all but the first and the last are multiples of `WINDOW_MS`
 * @throws ApiError `store-unavailable`
 */
export const readTeamTimes = async (
  past: PastReader,
  ids: readonly AgentId[],
  boundaries: readonly number[],
): Promise<TeamTimes> => {
  const { written, sums } = await past.ask(async (store) => {
    const writtenTo = (await store.readProgress())?.windowsUpTo ?? -Infinity;
    const inner = innerBoundaries(boundaries, writtenTo);
    const read = inner.length > 1 && ids.length > 0;
    return { written: inner, sums: read ? await store.sumWindows(ids, inner) : [] };
  });
  const times = new Map(ids.map((id) => [id, boundaries.slice(1).map(() => NO_TIME)]));
  addWindows(times, sums, { boundaries, written });
  for (const edge of edgesOf(boundaries, written)) await addEdge({ past, times, boundaries }, edge);
  for (const buckets of times.values())
    for (const [index, sum] of buckets.entries()) buckets[index] = completed(sum, lengthOf(boundaries, index));
  return times;
};

type Growing = Map<AgentId, TimeSum[]>;

/** The boundaries moved inwards to whole windows, as far as windows are written. */
const innerBoundaries = (boundaries: readonly number[], writtenTo: number): number[] => {
  const first = Math.ceil((boundaries[0] ?? 0) / WINDOW_MS) * WINDOW_MS;
  const last = Math.floor(Math.min(boundaries.at(-1) ?? 0, writtenTo) / WINDOW_MS) * WINDOW_MS;
  if (!(first < last)) return [];
  return [first, ...boundaries.filter((boundary) => boundary > first && boundary < last), last];
};

const addWindows = (
  times: Growing,
  sums: readonly WindowSum[],
  { boundaries, written }: { readonly boundaries: readonly number[]; readonly written: readonly number[] },
): void => {
  for (const { agentId, bucket, ms, steadyMs, transitions, volatileWindows } of sums) {
    const buckets = times.get(agentId);
    const index = bucketOf(boundaries, written[bucket] ?? 0);
    const sum = { ms, steadyMs, transitions, isVolatile: volatileWindows > 0 };
    if (buckets !== undefined) buckets[index] = addTimes(buckets[index] ?? NO_TIME, sum);
  }
};

const bucketOf = (boundaries: readonly number[], at: number): number =>
  Math.max(
    0,
    boundaries.findLastIndex((boundary) => boundary <= at),
  );

/** What of the range is not in written windows: before them and after them, or all of it. */
const edgesOf = (boundaries: readonly number[], written: readonly number[]): number[][] => {
  const from = boundaries[0] ?? 0;
  const to = boundaries.at(-1) ?? from;
  const [first = to] = written;
  const last = written.at(-1) ?? to;
  return [cutTo(boundaries, from, first), cutTo(boundaries, last, to)].filter((edge) => edge.length > 1);
};

const cutTo = (boundaries: readonly number[], from: number, to: number): number[] =>
  from < to ? [from, ...boundaries.filter((boundary) => boundary > from && boundary < to), to] : [];

const addEdge = async (
  { past, times, boundaries }: { past: PastReader; times: Growing; boundaries: readonly number[] },
  edge: readonly number[],
): Promise<void> => {
  const range = { from: edge[0] ?? 0, to: edge.at(-1) ?? 0 };
  const ids = [...times.keys()];
  for (let from = 0; from < ids.length; from += AGENTS_AT_ONCE) {
    const pasts = await past.readMany(ids.slice(from, from + AGENTS_AT_ONCE), timesReach(range));
    for (const [id, one] of pasts) addPast(times.get(id) ?? [], one, { boundaries, edge });
  }
};

const addPast = (
  buckets: TimeSum[],
  past: RecordedPast,
  { boundaries, edge }: { readonly boundaries: readonly number[]; readonly edge: readonly number[] },
): void => {
  for (const [part, sum] of timesOf(past, edge).entries()) {
    const index = bucketOf(boundaries, edge[part] ?? 0);
    buckets[index] = addTimes(buckets[index] ?? NO_TIME, sum);
  }
};

const lengthOf = (boundaries: readonly number[], index: number): number =>
  (boundaries[index + 1] ?? 0) - (boundaries[index] ?? 0);

/** What is missing of the length was never recorded. */
const completed = (sum: TimeSum, lengthMs: number): TimeSum => {
  const missing = lengthMs - totalMs(sum.ms);
  if (missing <= 0) return sum;
  return { ...sum, ms: withUnknown(sum.ms, missing), steadyMs: withUnknown(sum.steadyMs, missing) };
};

const withUnknown = (ms: ActivityMs, missing: number): ActivityMs => addMs(ms, { ...ZERO, unknown: missing });

const ZERO = NO_TIME.ms;
