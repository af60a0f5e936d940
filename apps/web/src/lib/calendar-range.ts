import {
  addDays,
  formatDay,
  formatTime,
  instantOf,
  mondayOf,
  startOfDay,
  type CalendarDay,
  type WallTime,
} from './zone-time.ts';

/** A stretch of time as a viewer chooses it; which instants that are depends on the zone. */
export type CalendarRange =
  | { readonly kind: 'day'; readonly day: CalendarDay }
  /** Seven days from a Monday. */
  | { readonly kind: 'week'; readonly day: CalendarDay }
  | { readonly kind: 'custom'; readonly from: WallTime; readonly to: WallTime };

export type RangeKind = CalendarRange['kind'];

/** Instants, ms; `to` is not part of it. */
export interface InstantRange {
  readonly from: number;
  readonly to: number;
}

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

/** From when to when the range is in the zone. A day is 23 or 25 hours long where the clocks are changed. */
export const instantsOf = (range: CalendarRange, zone: string): InstantRange => {
  switch (range.kind) {
    case 'day':
      return { from: startOfDay(range.day, zone), to: startOfDay(addDays(range.day, 1), zone) };
    case 'week':
      return { from: startOfDay(range.day, zone), to: startOfDay(addDays(range.day, 7), zone) };
    case 'custom':
      return { from: instantOf(range.from, zone), to: instantOf(range.to, zone) };
  }
};

/** The same kind of range so many lengths later (earlier, if negative). */
export const stepRange = (range: CalendarRange, steps: number): CalendarRange => {
  if (range.kind === 'day') return { kind: 'day', day: addDays(range.day, steps) };
  if (range.kind === 'week') return { kind: 'week', day: addDays(range.day, 7 * steps) };
  const length = Date.parse(`${range.to}Z`) - Date.parse(`${range.from}Z`);
  return { kind: 'custom', from: addWall(range.from, steps * length), to: addWall(range.to, steps * length) };
};

const addWall = (time: WallTime, ms: number): WallTime =>
  new Date(Date.parse(`${time}Z`) + ms).toISOString().slice(0, 16);

/** What was chosen, as another kind of range that begins on the same day. */
export const rangeAs = (kind: RangeKind, range: CalendarRange): CalendarRange => {
  const day = firstDay(range);
  if (kind === 'day') return { kind, day };
  if (kind === 'week') return { kind, day: mondayOf(day) };
  if (range.kind === 'custom') return range;
  const days = range.kind === 'week' ? 7 : 1;
  return { kind, from: `${day}T00:00`, to: `${addDays(day, days)}T00:00` };
};

/** The day a range begins on. */
export const firstDay = (range: CalendarRange): CalendarDay =>
  range.kind === 'custom' ? range.from.slice(0, 10) : range.day;

/** The range that has today in it, of the same kind; of a custom one its hours, ending today or tomorrow. */
export const rangeAround = (today: CalendarDay, range: CalendarRange): CalendarRange => {
  if (range.kind !== 'custom') return rangeAs(range.kind, { kind: 'day', day: today });
  const days = (Date.parse(`${today}T00:00Z`) - Date.parse(`${firstDay(range)}T00:00Z`)) / DAY_MS;
  return { kind: 'custom', from: addWall(range.from, days * DAY_MS), to: addWall(range.to, days * DAY_MS) };
};

/** Why the range cannot be asked for, in words; null when it can. */
export const problemOf = (range: CalendarRange, zone: string, maxDays: number): string | null => {
  const { from, to } = instantsOf(range, zone);
  if (to <= from) return 'The end must be later than the start.';
  // A day of 25 hours may be among them.
  if (to - from > maxDays * DAY_MS + HOUR_MS) return `At most ${maxDays} days can be shown at once.`;
  return null;
};

/** The range in words: `Sat 15 Aug 2026`, `Mon 10 – Sun 16 Aug 2026`, `Fri 14 Aug 2026, 22:00 – Sat 15 Aug 2026, 06:00`. */
export const rangeWords = (range: CalendarRange, zone: string): string => {
  const { from, to } = instantsOf(range, zone);
  if (range.kind === 'day') return formatDay(from, zone);
  if (range.kind === 'week') return `${formatDay(from, zone)} – ${formatDay(to - 1, zone)}`;
  const [first, last] = [formatDay(from, zone), formatDay(to, zone)];
  return first === last
    ? `${first}, ${formatTime(from, zone)} – ${formatTime(to, zone)}`
    : `${first}, ${formatTime(from, zone)} – ${last}, ${formatTime(to, zone)}`;
};

/** Whether the range has begun and is not over: then its figures still grow. */
export const isRunning = (range: CalendarRange, zone: string, now: number): boolean => {
  const { from, to } = instantsOf(range, zone);
  return from <= now && now < to;
};
