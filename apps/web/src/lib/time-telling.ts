import type { Interval } from '@floorwatch/domain';
import { dayAt, formatDay, formatTime, formatTimeOfDay, offsetWord, zoneOffsetMs } from './zone-time.ts';

/** How times of a range are told so that each can be only one instant, and no longer than that needs. */
export interface TimeTelling {
  readonly zone: string;
  /** The day need not be told: there is only one. */
  readonly isOneDay: boolean;
  /** The clocks are changed within the range: an hour may come twice, so the offset is told. */
  readonly withOffset: boolean;
}

export const timeTellingOf = ({ from, to }: Interval, zone: string): TimeTelling => ({
  zone,
  isOneDay: dayAt(from, zone) === dayAt(to - 1, zone),
  withOffset: zoneOffsetMs(from, zone) !== zoneOffsetMs(to - 1, zone),
});

const around = (time: string, at: number, { zone, isOneDay, withOffset }: TimeTelling): string =>
  `${isOneDay ? '' : `${formatDay(at, zone)}, `}${time}${withOffset ? ` ${offsetWord(at, zone)}` : ''}`;

/** `14:02:10`, `Sat 15 Aug 2026, 14:02:10`, `02:30:00 UTC+1`. */
export const tellSecond = (at: number, telling: TimeTelling): string =>
  around(formatTimeOfDay(at, telling.zone), at, telling);

/** The same to the minute. */
export const tellMinute = (at: number, telling: TimeTelling): string =>
  around(formatTime(at, telling.zone), at, telling);
