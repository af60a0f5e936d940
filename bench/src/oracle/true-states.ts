import type { TrueLanes, Turn } from './true-lanes.ts';

/** The six states of a metric, by the words of the specification (design §4), with nothing taken from the product. */
export const TRUE_STATES = ['available', 'onCall', 'wrapUp', 'notReady', 'offline'] as const;

export type TrueState = (typeof TRUE_STATES)[number];

const stateOf = (presence: string, routing: string, work: string): TrueState => {
  if (routing === 'INTERACTING') return work === 'afterCallWork' ? 'wrapUp' : 'onCall';
  if (routing === 'COMMUNICATING') return 'onCall';
  if (routing === 'NOTRESPONDING') return 'notReady';
  if (presence === 'OFFLINE') return 'offline';
  return presence === 'ONQUEUE' && routing === 'IDLE' ? 'available' : 'notReady';
};

export interface TrueStretch {
  readonly from: number;
  readonly to: number;
  readonly state: TrueState;
}

/** The states of one agent from one instant to another, cut at every turn of any lane. */
export const statesBetween = (lanes: TrueLanes, from: number, to: number): TrueStretch[] => {
  const cuts = [from, ...cutsOf(lanes, from, to), to];
  const at = { presence: follow(lanes.presence), routing: follow(lanes.routing), work: follow(lanes.work) };
  return cuts.slice(0, -1).flatMap((start, index) => {
    const end = cuts[index + 1] ?? to;
    const state = stateOf(at.presence(start).split(' ')[0] ?? '', at.routing(start), at.work(start));
    return end > start ? [{ from: start, to: end, state }] : [];
  });
};

const cutsOf = ({ presence, routing, work }: TrueLanes, from: number, to: number): number[] =>
  [...presence, ...routing, ...work]
    .map(({ at }) => at)
    .filter((at) => at > from && at < to)
    .toSorted((a, b) => a - b);

/** What held at an instant; asked for rising instants only. */
const follow = (turns: readonly Turn[]): ((instant: number) => string) => {
  let index = 0;
  return (instant) => {
    while ((turns[index + 1]?.at ?? Infinity) <= instant) index += 1;
    return turns[index]?.value ?? '';
  };
};

export type Sums = Readonly<Record<TrueState, number>>;

/** Milliseconds in each state between neighbouring boundaries, which rise. */
export const sumBetween = (lanes: TrueLanes, boundaries: readonly number[]): Sums[] => {
  const sums = boundaries.slice(1).map((): Record<TrueState, number> => emptySums());
  let bucket = 0;
  for (const { from, to, state } of statesBetween(lanes, boundaries[0] ?? 0, boundaries.at(-1) ?? 0))
    for (let start = from; start < to;) {
      while ((boundaries[bucket + 1] ?? Infinity) <= start) bucket += 1;
      const end = Math.min(to, boundaries[bucket + 1] ?? to);
      const sum = sums[bucket];
      if (sum !== undefined) sum[state] += end - start;
      start = end;
    }
  return sums;
};

export const emptySums = (): Record<TrueState, number> => ({
  available: 0,
  onCall: 0,
  wrapUp: 0,
  notReady: 0,
  offline: 0,
});

/** Milliseconds of each value of one lane between two instants. */
export const sumLane = (turns: readonly Turn[], from: number, to: number): Map<string, number> => {
  const sums = new Map<string, number>();
  turns.forEach(({ at, value }, index) => {
    const ms = Math.min(turns[index + 1]?.at ?? to, to) - Math.max(at, from);
    if (ms > 0) sums.set(value, (sums.get(value) ?? 0) + ms);
  });
  return sums;
};
