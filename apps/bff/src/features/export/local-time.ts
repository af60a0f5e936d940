import { localMs, zoneOffsetMs } from '@floorwatch/domain';

/** What the clocks of a zone show, with how far they are from UTC: `2026-10-25T02:30:00.000+01:00`. */
export const localTime = (at: number, zone: string): string => {
  const offsetMinutes = Math.round(zoneOffsetMs(at, zone) / 60_000);
  const sign = offsetMinutes < 0 ? '-' : '+';
  const two = (value: number): string => String(value).padStart(2, '0');
  const hours = Math.floor(Math.abs(offsetMinutes) / 60);
  const shown = new Date(localMs(at, zone)).toISOString().slice(0, -1);
  return `${shown}${sign}${two(hours)}:${two(Math.abs(offsetMinutes) % 60)}`;
};
