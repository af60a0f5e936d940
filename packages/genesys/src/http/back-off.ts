export interface BackOff {
  /** Upper bound of the first wait, ms. */
  readonly firstMs: number;
  /** Upper bound of any wait, ms. */
  readonly capMs: number;
}

/** 1 → 30 s, for everything that is tried again (API §8.6). */
export const BACK_OFF: BackOff = { firstMs: 1000, capMs: 30_000 };

/** No wait is shorter: luck must not turn a retry into a busy loop. */
export const MIN_WAIT_MS = 100;

/**
 * How long to wait before try number `attempt` (1 = the first repetition), with full jitter: anywhere between next to
 * nothing and the doubled bound, so that many clients cut off at once do not come back at once.
 *
 * @param random 0 ≤ x < 1
 */
export const backOffMs = (attempt: number, random: () => number, { firstMs, capMs }: BackOff = BACK_OFF): number =>
  Math.max(MIN_WAIT_MS, Math.floor(random() * Math.min(capMs, firstMs * 2 ** Math.min(attempt - 1, 30))));
