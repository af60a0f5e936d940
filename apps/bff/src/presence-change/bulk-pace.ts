import type { HandBudget } from '@floorwatch/genesys';

/** Between two turns at least, ms: the floor of a platform is not changed in one blow. */
const SHORTEST_MS = 250;

/** Between two turns while the platform has not said what it allows, ms. */
const UNKNOWN_MS = 1000;

/**
 * The share of a window that may be used up, by whomever, and a bulk still goes on: people who look and change by hand keep
 * the rest, and do not wait for it.
 */
const SHARE = 0.6;

/** A request window of the platform, and how many requests of it one turn takes. */
export interface PacedBudget {
  readonly budget: HandBudget;
  readonly perTurn: number;
}

/**
 * How long to wait before the next turn, ms: what is left of each window is spread evenly over its rest, and where it is used up the
 * next window is waited for.
 * @param now our clock, ms
 */
export const paceMs = (windows: readonly PacedBudget[], now: number): number =>
  Math.max(SHORTEST_MS, ...windows.map((window) => paceOf(window, now)));

const paceOf = ({ budget, perTurn }: PacedBudget, now: number): number => {
  const { allowed, used, resetsAt, pausedUntil } = budget;
  const pauseMs = Math.max(0, (pausedUntil ?? now) - now);
  if (allowed === null) return Math.max(pauseMs, UNKNOWN_MS);
  // A window that nobody has opened yet begins with the next request, and is whole.
  const restMs = resetsAt === null ? WINDOW_MS : Math.max(0, resetsAt - now);
  const turns = Math.floor((allowed * SHARE - used) / perTurn);
  return Math.max(pauseMs, turns <= 0 ? restMs : Math.ceil(restMs / turns));
};

/** The platform's windows last a minute (API §3.4). */
const WINDOW_MS = 60_000;

/** How long so many turns take, ms, as far as that can be told now: a used up window is waited for, then each turn has its pace. */
export const estimateMs = (turns: number, windows: readonly PacedBudget[], now: number): number => {
  const fresh = windows.map(({ budget, perTurn }) => ({ budget: { ...budget, used: 0, resetsAt: null }, perTurn }));
  const steady = paceMs(fresh, now);
  return Math.max(0, turns - 1) * steady + Math.max(0, paceMs(windows, now) - steady);
};
