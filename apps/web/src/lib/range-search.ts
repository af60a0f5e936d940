import type { CalendarRange } from './calendar-range.ts';
import { addDays, isCalendarDay, isWallTime, isZone, mondayOf, type CalendarDay, type WallTime } from './zone-time.ts';

/** A range of time and its zone as they stand in an address. Absent: the day that is today. */
export interface RangeSearch {
  readonly range?: 'week' | 'custom';
  /** The day, or one of the week. Absent: today, also tomorrow. */
  readonly day?: CalendarDay;
  /** Of a custom range, as clocks in the zone show it. */
  readonly from?: WallTime;
  readonly to?: WallTime;
  readonly zone?: string;
}

/**
 * Reads the range from an address; what makes no sense is left out.
 * @param fallbackZone put in where the address names none, so that a link means the same elsewhere
 */
export const readRangeSearch = (raw: Readonly<Record<string, unknown>>, fallbackZone: string): RangeSearch => {
  const { range, day, zone } = raw;
  const [from, to] = [wallTimeIn(raw['from'], 0), wallTimeIn(raw['to'], 1)];
  const named = { zone: typeof zone === 'string' && isZone(zone) ? zone : fallbackZone };
  if (range === 'custom' && from !== null && to !== null) return { ...named, range, from, to };
  return {
    ...named,
    ...(range === 'week' && { range }),
    ...(isText(day) && isCalendarDay(day) && { day }),
  };
};

/** A time as an address may have it: a day alone means all of it, so its end is `daysOn` days later. */
const wallTimeIn = (value: unknown, daysOn: number): WallTime | null => {
  if (!isText(value)) return null;
  if (isCalendarDay(value)) return `${addDays(value, daysOn)}T00:00`;
  return isWallTime(value) ? value : null;
};

const isText = (value: unknown): value is string => typeof value === 'string';

/** The range that an address means on a certain day. */
export const rangeOf = ({ range, day, from, to }: RangeSearch, today: CalendarDay): CalendarRange => {
  if (range === 'custom' && from !== undefined && to !== undefined) return { kind: 'custom', from, to };
  return range === 'week' ? { kind: 'week', day: mondayOf(day ?? today) } : { kind: 'day', day: day ?? today };
};

/** What an address says to mean a range: nothing of today, so that a bookmark of today is of today tomorrow, too. */
export const searchOf = (range: CalendarRange, today: CalendarDay): Required<Nullish<Omit<RangeSearch, 'zone'>>> => {
  if (range.kind === 'custom') return { range: 'custom', day: undefined, from: range.from, to: range.to };
  const isCurrent = range.day === (range.kind === 'week' ? mondayOf(today) : today);
  return {
    range: range.kind === 'week' ? 'week' : undefined,
    day: isCurrent ? undefined : range.day,
    from: undefined,
    to: undefined,
  };
};

type Nullish<Search> = { readonly [Name in keyof Search]: Search[Name] | undefined };
