import { addDays, dayOf, instantOf as instantOnDay, mondayOf, startOfDay, zoneOffsetMs } from '@floorwatch/domain';

export { addDays, mondayOf, startOfDay, zoneOffsetMs };

/** A day of the calendar, `2026-08-15`. */
export type CalendarDay = string;

/** A time as a wall clock shows it, without a zone: `2026-08-15T22:30`. */
export type WallTime = string;

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;

const formats = new Map<string, Intl.DateTimeFormat>();

/** Formats are slow to make and there are few of them. */
const formatOf = (zone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat => {
  const key = `${zone} ${JSON.stringify(options)}`;
  const held = formats.get(key);
  if (held !== undefined) return held;
  const made = new Intl.DateTimeFormat('en-GB', { ...options, timeZone: zone });
  formats.set(key, made);
  return made;
};

/** The day it is in the zone. */
export const dayAt: (at: number, zone: string) => CalendarDay = dayOf;

/**
 * The instant at which a clock in the zone shows this time. Of a time that comes twice (the hour that is repeated in
 * autumn) it is the first; one that never comes is the instant at which it is skipped.
 */
export const instantOf = (time: WallTime, zone: string): number =>
  instantOnDay(time.slice(0, 10), Date.parse(`1970-01-01${time.slice(10)}Z`), zone);

/** Whether the text names a day that the calendar has. */
export const isCalendarDay = (text: string): boolean =>
  /^[12]\d{3}-\d{2}-\d{2}$/.test(text) && new Date(`${text}T00:00Z`).toJSON()?.slice(0, 10) === text;

/** Whether the text is a time that a clock can show on a day that the calendar has. */
export const isWallTime = (text: string): boolean =>
  isCalendarDay(text.slice(0, 10)) && /^T(?:[01]\d|2[0-3]):[0-5]\d$/.test(text.slice(10));

/** Whether the browser knows a zone of this name. */
export const isZone = (zone: string): boolean => {
  try {
    return formatOf(zone, TIME).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
};

/** `14:02` */
export const formatTime = (at: number, zone: string): string => formatOf(zone, TIME).format(at);

/** `14:02:10` */
export const formatTimeOfDay = (at: number, zone: string): string => formatOf(zone, TIME_OF_DAY).format(at);

/** `Sat 15 Aug 2026` */
export const formatDay = (at: number, zone: string): string => withoutCommas(formatOf(zone, DAY).format(at));

/** `Sat 15 Aug 2026, 14:02:10` */
export const formatInstant = (at: number, zone: string): string =>
  `${formatDay(at, zone)}, ${formatTimeOfDay(at, zone)}`;

const TIME: Intl.DateTimeFormatOptions = { hourCycle: 'h23', hour: '2-digit', minute: '2-digit' };
const TIME_OF_DAY: Intl.DateTimeFormatOptions = { ...TIME, second: '2-digit' };
const DAY: Intl.DateTimeFormatOptions = { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' };

const withoutCommas = (text: string): string => text.replaceAll(',', '');

/** `UTC`, `UTC+1`, `UTC−3:30` */
export const offsetWord = (at: number, zone: string): string => {
  const offset = zoneOffsetMs(at, zone);
  if (offset === 0) return 'UTC';
  const size = Math.abs(offset);
  const minutes = Math.round((size % HOUR_MS) / MINUTE_MS);
  const hours = `${Math.floor(size / HOUR_MS)}${minutes === 0 ? '' : `:${String(minutes).padStart(2, '0')}`}`;
  return `UTC${offset < 0 ? '−' : '+'}${hours}`;
};

/**
 * The zone as it is printed beside everything that has a time: `Europe/Berlin, UTC+1`. Where the clocks are changed
 * within the interval both offsets are told: `Europe/Berlin, UTC+2, then UTC+1`.
 */
export const zoneWords = (zone: string, { from, to }: { readonly from: number; readonly to: number }): string => {
  const offsets = [...new Set([offsetWord(from, zone), offsetWord(Math.max(from, to - 1), zone)])];
  return offsets.length === 1 && offsets[0] === zone ? zone : `${zone}, ${offsets.join(', then ')}`;
};
