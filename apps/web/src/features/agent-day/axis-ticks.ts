import { dayAt, formatTime, formatTimeOfDay, offsetWord, zoneOffsetMs } from '../../lib/zone-time.ts';
import { xOf, type TimeScale } from './time-window.ts';

export interface Tick {
  readonly at: number;
  readonly x: number;
  readonly label: string;
  /** The first of its day: the label is the day's. */
  readonly isDay: boolean;
}

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Distances between ticks that people count in. */
const STEPS = [
  10 * SECOND,
  30 * SECOND,
  MINUTE,
  2 * MINUTE,
  5 * MINUTE,
  10 * MINUTE,
  15 * MINUTE,
  30 * MINUTE,
  HOUR,
  2 * HOUR,
  3 * HOUR,
  6 * HOUR,
  12 * HOUR,
  DAY,
  2 * DAY,
  7 * DAY,
] as const;

/** Room for a label and some air, px. */
const ROOM_PX = 64;

/** Zones are set to quarters of an hour. */
const ZONE_STEP = 15 * MINUTE;

const stepFor = ({ from, to, width }: TimeScale): number => {
  const wanted = ((to - from) / Math.max(width, 1)) * ROOM_PX;
  return STEPS.find((step) => step >= wanted) ?? 7 * DAY;
};

/**
 * Where the axis is labelled: round times as clocks in the zone show them. On a day on which the clocks are changed the
 * hour that comes twice is there twice, and the one left out is not there.
 */
export const axisTicks = (scale: TimeScale, zone: string): Tick[] => {
  const step = stepFor(scale);
  const stride = Math.min(step, ZONE_STEP);
  const ticks: Tick[] = [];
  let dayBefore = dayAt(scale.from - 1, zone);
  let offsetBefore = zoneOffsetMs(scale.from, zone);
  for (let at = Math.ceil(scale.from / stride) * stride; at < scale.to; at += stride) {
    const offset = zoneOffsetMs(at, zone);
    const wall = at + offset;
    const day = new Date(wall).toISOString().slice(0, 10);
    const isDay = day !== dayBefore;
    dayBefore = day;
    if (isDay ? step > DAY && !startsStep(wall, step) : wall % step !== 0) continue;
    const label = isDay ? dayLabel(wall) : timeLabel(at, zone, step);
    const isChanged = offset !== offsetBefore && step < DAY; // the clocks were changed since the tick before
    offsetBefore = offset;
    ticks.push({ at, x: xOf(scale, at), isDay, label: isChanged ? `${label} ${offsetWord(at, zone)}` : label });
  }
  return withoutCrowding(ticks);
};

/** Every second day, every week: counted from a Monday. */
const MONDAY = Date.UTC(1970, 0, 5);
const startsStep = (wall: number, step: number): boolean => (Math.floor(wall / DAY) * DAY - MONDAY) % step === 0;

const timeLabel = (at: number, zone: string, step: number): string =>
  step < MINUTE ? formatTimeOfDay(at, zone) : formatTime(at, zone);

const dayFormat = new Intl.DateTimeFormat('en-GB', {
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  timeZone: 'UTC',
});

const dayLabel = (wall: number): string => dayFormat.format(wall).replace(',', '');

/** A day's label outweighs the time that would stand too near to it. */
const withoutCrowding = (ticks: readonly Tick[]): Tick[] =>
  ticks.filter(
    (tick, index) =>
      tick.isDay ||
      ![ticks[index - 1], ticks[index + 1]].some(
        (near) => near?.isDay === true && Math.abs(near.x - tick.x) < ROOM_PX * 0.8,
      ),
  );
