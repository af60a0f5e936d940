import type { AvailabilityFigures } from '@floorwatch/contracts';
import { iso } from '../history/asked-range.ts';
import type { ExportRow } from './export-file.ts';
import { localTime } from './local-time.ts';

/** Columns of figures; seconds are exact to the millisecond, shares are from 0 to 1. */
export const FIGURE_COLUMNS = [
  'availableSeconds',
  'notReadySeconds',
  'onCallSeconds',
  'wrapUpSeconds',
  'offlineSeconds',
  'unknownSeconds',
  'elapsedSeconds',
  'stateTransitions',
  'readyShare',
  'accessibleShare',
  'occupancy',
  'isVolatile',
] as const;

export const WINDOW_COLUMNS = ['windowStart', 'windowEnd', 'windowStartLocal', 'windowEndLocal'] as const;

export const figureCells = (figures: AvailabilityFigures): ExportRow =>
  Object.fromEntries(FIGURE_COLUMNS.map((column) => [column, figures[column]]));

/** A window in UTC and in the zone. */
export const windowCells = (
  { windowStart, windowEnd }: { readonly windowStart: string; readonly windowEnd: string },
  zone: string,
): ExportRow => {
  const start = Date.parse(windowStart);
  const end = Date.parse(windowEnd);
  return {
    windowStart: iso(start),
    windowEnd: iso(end),
    windowStartLocal: localTime(start, zone),
    windowEndLocal: localTime(end, zone),
  };
};
