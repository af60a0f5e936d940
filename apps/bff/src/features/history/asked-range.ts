import { MAX_RANGE_DAYS } from '@floorwatch/contracts';
import type { Interval, RecordingStore } from '@floorwatch/domain';
import { ApiError } from '../../plugins/api-error.ts';
import { passOutage } from '../../plugins/store-outage.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** 31 days, of which one may have 25 hours (and a quarter of the world's zones more oddities than that). */
const MAX_RANGE_MS = MAX_RANGE_DAYS * DAY_MS + 2 * HOUR_MS;

/** A range that can be answered; instants in ms, platform clock. */
export interface AskedRange extends Interval {
  /** The end that was asked for; `to` is at most now, or `from` where all of it is still to come. */
  readonly askedTo: number;
  readonly now: number;
  readonly retainedFrom: number;
}

export interface RangeLimits {
  readonly now: number;
  readonly retainedFrom: number;
}

/** Whether only what is planned is asked for: that alone may lie wholly in the future. */
export interface RangePurpose {
  readonly isPlan: boolean;
}

/**
 * Checks what was asked for.
 * @throws ApiError 400 or 422 that names the parameter and the way out
 */
export const readRange = (
  asked: { readonly from: string; readonly to: string },
  { now, retainedFrom }: RangeLimits,
  { isPlan }: RangePurpose = { isPlan: false },
): AskedRange => {
  const from = Date.parse(asked.from);
  const askedTo = Date.parse(asked.to);
  if (from >= askedTo) throw invalid(`from (${asked.from}) must be before to (${asked.to})`);
  if (askedTo - from > MAX_RANGE_MS)
    throw invalid(
      `from ${asked.from} to ${asked.to} is longer than ${String(MAX_RANGE_DAYS)} days: ask for it in parts`,
    );
  if (from >= now && !isPlan) throw invalid(`from (${asked.from}) lies in the future: it is ${iso(now)} now`);
  if (from < retainedFrom)
    throw new ApiError(422, 'outside-retention', {
      message: `Nothing is kept from before ${iso(retainedFrom)}: let from be that or later`,
      allowed: { from: iso(retainedFrom), to: iso(now) },
    });
  return { from, to: Math.max(from, Math.min(askedTo, now)), askedTo, now, retainedFrom };
};

const invalid = (message: string): ApiError => new ApiError(400, 'invalid-request', message);

/** ISO text of an instant in ms. */
export const iso = (ms: number): string => new Date(ms).toISOString();

export interface RetentionOptions {
  readonly store: RecordingStore | null;
  /** How long our own records are kept. */
  readonly retentionDays: number;
}

/**
 * The oldest instant that can be asked for: the platform's history reaches as far back as one question of it may (API §9.1),
 * our own records as far as they go. It stands still for a day at a time, so that who was told it can use it.
 */
export const retainedFrom = async (now: number, { store, retentionDays }: RetentionOptions): Promise<number> => {
  const byAnalytics = startOfUtcDay(now - MAX_RANGE_DAYS * DAY_MS);
  const oldest = await readOldest(store);
  if (oldest === null) return byAnalytics;
  return Math.min(byAnalytics, Math.max(oldest, startOfUtcDay(now - retentionDays * DAY_MS)));
};

/** Since when anything has been recorded; null while nothing has, or while the store cannot say. */
export const readOldest = async (store: RecordingStore | null): Promise<number | null> => {
  try {
    return (await store?.readOldest()) ?? null;
  } catch (error) {
    passOutage(error);
    return null; // whoever needs the store for more than this will say so
  }
};

const startOfUtcDay = (ms: number): number => Math.floor(ms / DAY_MS) * DAY_MS;
