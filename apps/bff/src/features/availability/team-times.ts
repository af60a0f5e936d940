import {
  timesOf,
  timesReach,
  WINDOW_MS,
  type AgentId,
  type RecordedPast,
  type TimeSum,
  type WindowSum,
} from '@floorwatch/domain';
import type { PastReader } from '../history/past-reader.ts';
import { BucketTimes, cutTo } from './bucket-times.ts';

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
  const times = new Map(ids.map((id) => [id, new BucketTimes(boundaries)]));
  for (const sum of sums) addWindows(times.get(sum.agentId), sum, written);
  for (const edge of edgesOf(boundaries, written)) await addEdge({ past, times }, edge);
  return new Map([...times].map(([id, growing]) => [id, growing.completed()]));
};

/** The boundaries moved inwards to whole windows, as far as windows are written. */
const innerBoundaries = (boundaries: readonly number[], writtenTo: number): number[] => {
  const from = Math.ceil((boundaries[0] ?? 0) / WINDOW_MS) * WINDOW_MS;
  const to = Math.floor(Math.min(boundaries.at(-1) ?? 0, writtenTo) / WINDOW_MS) * WINDOW_MS;
  return cutTo(boundaries, { from, to });
};

/** @param marks the boundaries that the windows were added up between */
export const addWindows = (
  times: BucketTimes | undefined,
  { bucket, ms, steadyMs, transitions, volatileWindows }: WindowSum,
  marks: readonly number[],
): void => times?.add(marks[bucket] ?? 0, { ms, steadyMs, transitions, isVolatile: volatileWindows > 0 });

/** What of the range is not in written windows: before them and after them, or all of it. */
const edgesOf = (boundaries: readonly number[], written: readonly number[]): number[][] => {
  const from = boundaries[0] ?? 0;
  const to = boundaries.at(-1) ?? from;
  const edges = [
    { from, to: written[0] ?? to },
    { from: written.at(-1) ?? to, to },
  ];
  return edges.map((edge) => cutTo(boundaries, edge)).filter((edge) => edge.length > 1);
};

const addEdge = async (
  { past, times }: { readonly past: PastReader; readonly times: ReadonlyMap<AgentId, BucketTimes> },
  edge: readonly number[],
): Promise<void> => {
  const range = { from: edge[0] ?? 0, to: edge.at(-1) ?? 0 };
  const ids = [...times.keys()];
  for (let from = 0; from < ids.length; from += AGENTS_AT_ONCE) {
    const pasts = await past.readMany(ids.slice(from, from + AGENTS_AT_ONCE), timesReach(range));
    for (const [id, one] of pasts) addPast(times.get(id), one, edge);
  }
};

/** @param marks rising instants, the boundaries of buckets between them: what happened from the first to the last is added */
export const addPast = (times: BucketTimes | undefined, past: RecordedPast, marks: readonly number[]): void => {
  for (const [part, sum] of timesOf(past, marks).entries()) times?.add(marks[part] ?? 0, sum);
};
