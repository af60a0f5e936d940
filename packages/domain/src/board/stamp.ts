/** How new a held part is, on both clocks. */
export interface Stamp {
  /** The newest platform instant seen for the part; -Infinity where none was given. */
  readonly platformAt: number;
  /** Our clock at the observation that was taken over. */
  readonly observedAt: number;
  /** Whether the observation that was taken over said at which instant it began. */
  readonly isDated: boolean;
}

/** Older than anything. */
export const NEVER: Stamp = { platformAt: -Infinity, observedAt: -Infinity, isDated: false };

/**
 * Whether a part stamped `next` may replace one stamped `held`: the newer platform instant wins, equal is a duplicate
 * (unless what is held came later and without an instant: then it was a guess, and the known instant is the better word).
 * Where one of them carries no platform instant, the later observation wins, and of two in the same millisecond the second.
 */
export const supersedes = (next: Stamp, held: Stamp): boolean =>
  next.platformAt !== -Infinity && held.platformAt !== -Infinity
    ? next.platformAt > held.platformAt || (next.platformAt === held.platformAt && !held.isDated && isLater(next, held))
    : isLater(next, held);

const isLater = (next: Stamp, held: Stamp): boolean => next.observedAt >= held.observedAt;

/** The stamp of a part after `next` replaced `held`. The platform instant never goes back: late events stay late. */
export const advance = (held: Stamp, next: Stamp): Stamp => ({
  platformAt: Math.max(held.platformAt, next.platformAt),
  observedAt: next.observedAt,
  isDated: next.isDated,
});
