import type { Interval } from '@floorwatch/domain';
import { FloorwatchRefused, FloorwatchUnreachable } from '../../lib/api-client.ts';

/** The range that can be asked for, where the API refused because nothing older is kept; else null. */
export const allowedRangeOf = (error: unknown): Interval | null => {
  if (!(error instanceof FloorwatchRefused) || error.body?.code !== 'outside-retention') return null;
  const { allowed } = error.body;
  return allowed === undefined ? null : { from: Date.parse(allowed.from), to: Date.parse(allowed.to) };
};

/**
 * Asks for a range; where it lies across the edge of what is kept, for the part of it that is.
 * @returns what was told, and from which instant on (ms) where that is later than the range begins
 */
export const readKept = async <Told>(
  range: Interval,
  read: (range: Interval) => Promise<Told>,
): Promise<{ readonly told: Told; readonly keptFrom: number | null }> => {
  try {
    return { told: await read(range), keptFrom: null };
  } catch (error) {
    const allowed = allowedRangeOf(error);
    if (allowed === null || allowed.from <= range.from || allowed.from >= range.to) throw error;
    return { told: await read({ from: allowed.from, to: range.to }), keptFrom: allowed.from };
  }
};

/** A stretch that still goes on is read again this often, ms: the live floor carries it on in between. */
const RUNNING_READ_MS = 20_000;
/** After a failure it is tried again by itself, ms. */
const RETRY_MS = 10_000;

/** How often a request is made again: a running stretch as it goes on, a failed one until it works, a refused one never. */
export const readAgainAfter = (error: Error | null, isRunning: boolean): number | false => {
  if (error instanceof FloorwatchRefused && error.status < 500) return false;
  if (error !== null) return RETRY_MS;
  return isRunning ? RUNNING_READ_MS : false;
};

/** Only what got no answer is worth a second try at once. */
export const retryOnce = (failures: number, error: Error): boolean =>
  failures < 1 && error instanceof FloorwatchUnreachable;
