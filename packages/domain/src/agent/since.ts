/**
 * The instant something began, on the platform's clock.
 *
 * `exact` is false where the true start was not seen: it began at `at` or earlier, and a viewer is shown "≥".
 */
export interface Since {
  /** Milliseconds since 1970, platform clock. */
  readonly at: number;
  readonly exact: boolean;
}

/** The later of two instants: when two facts have both begun to hold. Exact as soon as one that decides it is. */
export const laterOf = (a: Since, b: Since): Since => (b.at > a.at || (b.at === a.at && b.exact) ? b : a);

export const sameSince = (a: Since, b: Since): boolean => a.at === b.at && a.exact === b.exact;
