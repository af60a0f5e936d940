import type { Interval } from './interval.ts';
import { addDays, dayOf, localMs, mondayOf, startOfDay, zoneOffsetMs } from './zone-time.ts';

/** How finely time is cut: by the clocks and the calendar of a zone. */
export const GRANULARITIES = ['5m', '15m', '30m', '1h', '1d', '1w'] as const;

export type Granularity = (typeof GRANULARITIES)[number];

export interface Cut {
  readonly granularity: Granularity;
  /** IANA name. */
  readonly zone: string;
}

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** Every zone is whole quarters of an hour away from UTC, and changes its clocks on them. */
const QUARTER_MS = 15 * MINUTE_MS;

const STEP_MS: Readonly<Record<Exclude<Granularity, '1d' | '1w'>, number>> = {
  '5m': 5 * MINUTE_MS,
  '15m': 15 * MINUTE_MS,
  '30m': 30 * MINUTE_MS,
  '1h': 60 * MINUTE_MS,
};

/**
 * Instants at which a range is cut into buckets: its own ends, and between them every boundary of the granularity. Days and
 * weeks (from Monday) are those of the calendar, whatever their length; hours and parts of them are those of the clocks.
 * All but the ends of the range are multiples of `WINDOW_MS`.
 */
export const bucketBoundaries = (range: Interval, cut: Cut): number[] => {
  if (range.from >= range.to) return [range.from];
  const inside = boundariesAfter(range.from, cut);
  const boundaries = [range.from];
  for (const at of inside) {
    if (at >= range.to) break;
    boundaries.push(at);
  }
  return [...boundaries, range.to];
};

function* boundariesAfter(from: number, { granularity, zone }: Cut): Generator<number> {
  if (granularity === '1d' || granularity === '1w') yield* calendarBoundariesAfter(from, granularity, zone);
  else yield* clockBoundariesAfter(from, STEP_MS[granularity], zone);
}

function* calendarBoundariesAfter(from: number, granularity: '1d' | '1w', zone: string): Generator<number> {
  const today = dayOf(from, zone);
  let last = from;
  for (let day = granularity === '1d' ? today : mondayOf(today); ; day = addDays(day, granularity === '1d' ? 1 : 7)) {
    const at = startOfDay(day, zone);
    if (at > last) yield at;
    last = Math.max(last, at);
  }
}

/** Steps that divide a quarter fall on the same instants in every zone; longer ones are looked for on the clocks. */
function* clockBoundariesAfter(from: number, stepMs: number, zone: string): Generator<number> {
  if (QUARTER_MS % stepMs === 0) {
    for (let at = nextMultiple(from, stepMs); ; at += stepMs) yield at;
  }
  let offsets = offsetsOfDay(from, zone);
  for (let at = nextMultiple(from, QUARTER_MS); ; at += QUARTER_MS) {
    if (at >= offsets.to) offsets = offsetsOfDay(at, zone);
    const shown = offsets.offsetMs === null ? localMs(at, zone) : at + offsets.offsetMs;
    if (shown % stepMs === 0) yield at;
  }
}

/** The offset that holds for the next 24 hours; null where the clocks change in them. */
const offsetsOfDay = (from: number, zone: string): { readonly to: number; readonly offsetMs: number | null } => {
  const to = from + DAY_MS;
  const offsetMs = zoneOffsetMs(from, zone);
  return { to, offsetMs: zoneOffsetMs(to, zone) === offsetMs ? offsetMs : null };
};

const nextMultiple = (from: number, stepMs: number): number => (Math.floor(from / stepMs) + 1) * stepMs;
