/**
 * Who goes first when the request budget is short, highest first.
 * `interactive`: somebody is waiting; `resync`: closes a gap in the events; `sweep`: slow re-reading of everybody;
 * `history`: can wait for hours.
 */
export const PRIORITIES = ['interactive', 'resync', 'sweep', 'history'] as const;

export type Priority = (typeof PRIORITIES)[number];

/**
 * The share of the platform's window that calls of a priority may have used up, all together, and still go on:
 * whatever the lower ones do, the higher ones find room.
 */
export const BUDGET_SHARE: Readonly<Record<Priority, number>> = {
  interactive: 1,
  resync: 0.95,
  sweep: 0.85,
  history: 0.6,
};

/** The most calls that are in flight at once, the platform's own clients use fewer (design §2). */
export const MAX_IN_FLIGHT = 15;

/**
 * How many calls of a priority may be in flight. Those in the background leave two of the places free, so that a slow
 * platform does not make a person wait behind them; a sweep leaves most of them to whoever closes a gap.
 */
export const PLACES: Readonly<Record<Priority, number>> = {
  interactive: MAX_IN_FLIGHT,
  resync: 7,
  sweep: 4,
  history: 2,
};

/** How a call is to be made. */
export interface ReadOptions {
  readonly priority: Priority;
  readonly signal?: AbortSignal;
  /** Tries in all; where it is missing the priority decides. */
  readonly attempts?: number;
}
