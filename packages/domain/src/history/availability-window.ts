import type { Activity } from '../activity/activity.ts';
import type { AgentId } from '../agent/ids.ts';

/** Length of a window, ms. Windows begin at whole multiples of it since 1970 UTC; every zone's days are whole windows. */
export const WINDOW_MS = 300_000;

/** Milliseconds per activity. */
export type ActivityMs = Readonly<Record<Activity, number>>;

/**
 * Five minutes of one agent, added up: a pure function of the transitions and gaps that touch them, so it can be made
 * again at any time and is always the same.
 */
export interface AvailabilityWindow {
  readonly agentId: AgentId;
  /** Start, ms; a multiple of `WINDOW_MS`. */
  readonly from: number;
  /** The milliseconds add up to `WINDOW_MS`; what is not known is in `unknown`. */
  readonly ms: ActivityMs;
  /** Changes of activity within the window. */
  readonly transitions: number;
  /** The agent flapped in it: kept, shown and marked, but left out of averages. */
  readonly isVolatile: boolean;
}
