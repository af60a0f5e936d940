import type { AvailabilityInterval } from '@floorwatch/contracts';
import type { Granularity } from '@floorwatch/domain';
import { formatDay, formatTime } from './zone-time.ts';
import { tellMinute, type TimeTelling } from './time-telling.ts';

const WITHOUT_YEAR = / \d{4}$/;

/** Where an interval of availability stands on the axis: `14:30`, `Sat 15 Aug`, `Sat 14:30` where there are several days. */
export const intervalLabel = (
  { windowStart }: Pick<AvailabilityInterval, 'windowStart'>,
  grain: Granularity,
  { zone, isOneDay }: TimeTelling,
): string => {
  const at = Date.parse(windowStart);
  if (grain === '1d' || grain === '1w') return formatDay(at, zone).replace(WITHOUT_YEAR, '');
  return isOneDay ? formatTime(at, zone) : `${formatDay(at, zone).slice(0, 3)} ${formatTime(at, zone)}`;
};

/** From when to when: `14:30 – 15:00`, `Sat 15 Aug 2026`, `Mon 10 Aug 2026 – Sun 16 Aug 2026`. */
export const intervalWords = (
  { windowStart, windowEnd }: Pick<AvailabilityInterval, 'windowStart' | 'windowEnd'>,
  grain: Granularity,
  telling: TimeTelling,
): string => {
  const from = Date.parse(windowStart);
  const to = Date.parse(windowEnd);
  const { zone } = telling;
  if (grain === '1d') return formatDay(from, zone);
  if (grain === '1w') return `${formatDay(from, zone)} – ${formatDay(to - 1, zone)}`;
  return `${tellMinute(from, telling)} – ${tellMinute(to, { ...telling, isOneDay: true })}`;
};
