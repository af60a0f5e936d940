/** How new a held part is, on both clocks. */
export interface Stamp {
  /** The newest platform instant seen for the part; -Infinity where none was given. */
  readonly platformAt: number;
  /** Our clock at the observation that was taken over. */
  readonly observedAt: number;
}

/** Older than anything. */
export const NEVER: Stamp = { platformAt: -Infinity, observedAt: -Infinity };

/**
 * Whether a part stamped `next` may replace one stamped `held`: the newer platform instant wins, equal is a duplicate.
 * Where one of them carries no platform instant, the later observation wins, and of two in the same millisecond the second.
 */
export const supersedes = (next: Stamp, held: Stamp): boolean =>
  next.platformAt !== -Infinity && held.platformAt !== -Infinity
    ? next.platformAt > held.platformAt
    : next.observedAt >= held.observedAt;

/** The stamp of a part after `next` replaced `held`. The platform instant never goes back: late events stay late. */
export const advance = (held: Stamp, next: Stamp): Stamp => ({
  platformAt: Math.max(held.platformAt, next.platformAt),
  observedAt: next.observedAt,
});
