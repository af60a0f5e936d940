import { addDays, dayOf, instantOf, type Day } from '../history/zone-time.ts';

/** Days of the week as ISO numbers them: 1 is Monday, 7 is Sunday. */
export const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7] as const;

export type Weekday = (typeof WEEKDAYS)[number];

/** What the clocks of a zone show, `09:30`. */
export type TimeOfDay = string;

export const TIME_OF_DAY = /^([01]\d|2[0-3]):[0-5]\d$/;

/** On one day. */
export interface OncePlan {
  readonly kind: 'once';
  readonly day: Day;
  readonly time: TimeOfDay;
  /** IANA name. */
  readonly zone: string;
}

/** On days of the week, again and again. */
export interface WeeklyPlan {
  readonly kind: 'weekly';
  readonly weekdays: readonly Weekday[];
  readonly time: TimeOfDay;
  /** IANA name. */
  readonly zone: string;
  readonly from: Day;
  /** The last day it may be; null for no end. */
  readonly until: Day | null;
  /** Days on which it is left out. */
  readonly except: readonly Day[];
}

/** When something is to be done, by the clocks of a zone. */
export type Plan = OncePlan | WeeklyPlan;

/** One time that a plan comes due. A day has one at most, so the day and time it was planned for name it. */
export interface Occurrence {
  /** `2026-10-25T02:30`, as it was planned, also where the clocks skip that time. */
  readonly key: string;
  /** ms */
  readonly at: number;
}

/** Farther ahead nobody is told what comes next, days. */
const HORIZON_DAYS = 3 * 366;

const MINUTE_MS = 60_000;

export const timeOfDayMs = (time: TimeOfDay): number => {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return (hours * 60 + minutes) * MINUTE_MS;
};

export const weekdayOf = (day: Day): Weekday => {
  const sundayFirst = new Date(day).getUTCDay();
  return WEEKDAYS[(sundayFirst + 6) % 7] ?? 1;
};

/** Whether a plan has anything on a day of its zone. */
export const isPlannedOn = (plan: Plan, day: Day): boolean => {
  if (plan.kind === 'once') return plan.day === day;
  const { from, until, weekdays, except } = plan;
  return day >= from && (until === null || day <= until) && weekdays.includes(weekdayOf(day)) && !except.includes(day);
};

/**
 * What a plan has on a day; null for nothing. A time that the clocks skip is when they skip it, one that they show twice is
 * the first of the two; a day that the zone left out has none.
 * @throws RangeError for a zone that is none
 */
export const occurrenceOn = (plan: Plan, day: Day): Occurrence | null => {
  if (!isPlannedOn(plan, day)) return null;
  const at = instantOf(day, timeOfDayMs(plan.time), plan.zone);
  return dayOf(at, plan.zone) === day ? { key: `${day}T${plan.time}`, at } : null;
};

/**
 * The first that comes later than an instant; null where none does within three years.
 * @throws RangeError for a zone that is none
 */
export const nextOccurrence = (plan: Plan, after: number): Occurrence | null => {
  const first = laterOf(dayOf(after, plan.zone), plan.kind === 'once' ? plan.day : plan.from);
  const last = plan.kind === 'once' ? plan.day : (plan.until ?? addDays(first, HORIZON_DAYS));
  for (let day = first; day <= last && day <= addDays(first, HORIZON_DAYS); day = addDays(day, 1)) {
    const occurrence = occurrenceOn(plan, day);
    if (occurrence !== null && occurrence.at > after) return occurrence;
  }
  return null;
};

/** Those later than `after` and not later than `upTo`, oldest first. @throws RangeError for a zone that is none */
export const occurrencesWithin = (plan: Plan, after: number, upTo: number): Occurrence[] => {
  const found: Occurrence[] = [];
  for (let next = nextOccurrence(plan, after); next !== null && next.at <= upTo; next = nextOccurrence(plan, next.at))
    found.push(next);
  return found;
};

const laterOf = (one: Day, other: Day): Day => (one > other ? one : other);
