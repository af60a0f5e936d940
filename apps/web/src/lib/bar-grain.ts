import { GRANULARITIES, type Granularity } from '@floorwatch/domain';

const HOUR_MS = 3_600_000;

const LENGTH_MS: Readonly<Record<Granularity, number>> = {
  '5m': HOUR_MS / 12,
  '15m': HOUR_MS / 4,
  '30m': HOUR_MS / 2,
  '1h': HOUR_MS,
  '1d': 24 * HOUR_MS,
  '1w': 168 * HOUR_MS,
};

export const GRAIN_WORD: Readonly<Record<Granularity, string>> = {
  '5m': '5 min',
  '15m': '15 min',
  '30m': '30 min',
  '1h': '1 hour',
  '1d': '1 day',
  '1w': '1 week',
};

/** More bars than this are thinner than they can be told apart, and a page of them is megabytes. */
const MOST_BARS = 100;
/** At least one; a day is best read by the hour, a week by the day. */
const GOOD_BARS = 36;

/** How finely the bars of a range of so many ms can be cut. */
export const grainsFor = (rangeMs: number, mostBars = MOST_BARS): readonly Granularity[] => {
  const fit = GRANULARITIES.filter(
    (grain) => rangeMs / LENGTH_MS[grain] <= mostBars && LENGTH_MS[grain] <= Math.max(rangeMs, HOUR_MS / 12),
  );
  return fit.length === 0 ? ['5m'] : fit;
};

/** What is cut how: as asked for where that fits, else as reads best. */
export const grainFor = (rangeMs: number, asked: Granularity | undefined, mostBars = MOST_BARS): Granularity => {
  const grains = grainsFor(rangeMs, mostBars);
  if (asked !== undefined && grains.includes(asked)) return asked;
  return grains.find((grain) => rangeMs / LENGTH_MS[grain] <= GOOD_BARS) ?? grains.at(-1) ?? '1d';
};

/** Agents per page, so that a page stays well under a megabyte however finely it is cut. */
export const pageSizeFor = (rangeMs: number, grain: Granularity): number =>
  Math.max(20, Math.min(200, Math.floor(5000 / Math.max(1, rangeMs / LENGTH_MS[grain]))));
