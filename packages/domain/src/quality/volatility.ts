/** More transitions than this within the window make an agent volatile (design §2). */
export const VOLATILE_ABOVE = 3;

/** The window, and the length of a cycle, ms. */
export const VOLATILE_WINDOW_MS = 60_000;

/** An agent is calm again after this many cycles in which the limit was not passed. */
export const CALM_AFTER_CYCLES = 2;

/** What must be remembered of an agent to tell a flapping one. */
export interface Volatility {
  /** Instants of the latest transitions, oldest first, at most `VOLATILE_ABOVE + 1` of them, ms. */
  readonly recent: readonly number[];
  /** When the present spell of volatility began, ms; null for a calm agent. */
  readonly since: number | null;
  /** When the limit was last passed, ms. */
  readonly lastPassedAt: number;
}

export const CALM: Volatility = { recent: [], since: null, lastPassedAt: -Infinity };

/** Takes note of a transition at `at` (ms). */
export const noteTransition = (held: Volatility, at: number): Volatility => {
  const recent = [...held.recent.slice(-VOLATILE_ABOVE), at];
  const [oldest] = recent;
  const passes = recent.length > VOLATILE_ABOVE && oldest !== undefined && at - oldest < VOLATILE_WINDOW_MS;
  if (!passes) return { ...held, recent };
  return { recent, since: isVolatile(held, at) ? held.since : at, lastPassedAt: at };
};

/** Whether the agent flaps at `now` (ms): the limit was passed less than two whole cycles ago. */
export const isVolatile = ({ since, lastPassedAt }: Volatility, now: number): boolean =>
  since !== null && now - lastPassedAt < CALM_AFTER_CYCLES * VOLATILE_WINDOW_MS;

/** Transitions within the window up to `now`; a lower bound above `VOLATILE_ABOVE + 1`, which is all that is kept. */
export const transitionsInWindow = ({ recent }: Volatility, now: number): number =>
  recent.filter((at) => now - at < VOLATILE_WINDOW_MS).length;
