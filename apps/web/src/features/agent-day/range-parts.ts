import type { Interval } from '@floorwatch/domain';
import { addDays, dayAt, mondayOf, startOfDay } from '../../lib/zone-time.ts';

/** A part of a range that is one request. */
export interface RangePart extends Interval {
  /** Days of the zone that it touches. */
  readonly days: number;
}

/**
 * What of a range has begun, cut into requests, newest first: what people look at comes first. The day that it is goes by
 * itself, for it alone is read again; days before it go by weeks, few enough for the platform's budget, and cut at
 * Mondays so that ranges that overlap share them.
 */
export const partsOf = ({ from, to }: Interval, zone: string, now: number): RangePart[] => {
  const parts: RangePart[] = [];
  const today = dayAt(now, zone);
  for (let at = from; at < to && at < now;) {
    const day = dayAt(at, zone);
    const next = day === today ? addDays(day, 1) : earlier(addDays(mondayOf(day), 7), today);
    const end = Math.min(startOfDay(next, zone), to);
    parts.push({ from: at, to: end, days: daysBetween(day, dayAt(end - 1, zone)) });
    at = end;
  }
  return parts.toReversed();
};

export const daysIn = (parts: readonly RangePart[]): number => parts.reduce((sum, { days }) => sum + days, 0);

const DAY_MS = 86_400_000;

const earlier = (a: string, b: string): string => (a < b ? a : b);

const daysBetween = (first: string, last: string): number =>
  (Date.parse(`${last}T00:00Z`) - Date.parse(`${first}T00:00Z`)) / DAY_MS + 1;
