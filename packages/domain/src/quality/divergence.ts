import type { AgentState } from '../agent/agent.ts';
import type { Since } from '../agent/since.ts';
import type { AgentObservation } from '../board/observation.ts';

/** Share of the agents that is compared with the platform each hour. */
export const SAMPLE_SHARE = 0.2;

/** A sample that differs by more than this share calls for a re-reading of everybody. */
export const TOLERATED_DIVERGENCE = 0.05;

/** A fact younger than this may have its event still under way: it says nothing about the board, ms. */
export const SETTLED_AFTER_MS = 5000;

/** `moving`: the two differ, but one of them is so new that the other had no chance. */
export type Comparison = 'same' | 'differs' | 'moving';

type Seen = Pick<AgentObservation, 'presence' | 'routing'>;

/**
 * Compares what the board holds with what the platform answered, in what the agent is said to do; instants that differ
 * alone are no divergence, and a part the answer left out is none either.
 * @param platformNow the platform's clock when it was asked, ms
 */
export const compareWithPlatform = (held: AgentState, seen: Seen, platformNow: number): Comparison => {
  const parts = [
    compareFact(held.presence, seen.presence, (a, b) => a.system === b.system && a.definitionId === b.definitionId),
    compareFact(held.routing, seen.routing, (a, b) => a.state === b.state),
  ];
  const unequal = parts.filter((part) => part !== null);
  if (unequal.length === 0) return 'same';
  return unequal.some((part) => isSettled(part, platformNow)) ? 'differs' : 'moving';
};

interface Unequal {
  readonly held: Since | null;
  readonly seen: Since;
}

/** The instants of a fact that is not the same on both sides; null where it is. */
const compareFact = <Fact extends { readonly since: Since }>(
  held: Fact | null,
  seen: Fact | undefined,
  same: (a: Fact, b: Fact) => boolean,
): Unequal | null => {
  if (seen === undefined || (held !== null && same(held, seen))) return null;
  return { held: held?.since ?? null, seen: seen.since };
};

/** Settled: the platform's fact is the newer one, and has been for long enough. */
const isSettled = ({ held, seen }: Unequal, platformNow: number): boolean => {
  if (held !== null && held.exact && seen.exact && held.at > seen.at) return false;
  return !seen.exact || platformNow - seen.at >= SETTLED_AFTER_MS;
};

/** Draws the hourly sample: each agent has the same chance. @param random 0 ≤ x < 1 */
export const drawSample = <Item>(items: readonly Item[], random: () => number): Item[] => {
  const pool = [...items];
  const size = Math.ceil(pool.length * SAMPLE_SHARE);
  for (let drawn = 0; drawn < size; drawn += 1) {
    const pick = drawn + Math.floor(random() * (pool.length - drawn));
    const picked = pool[pick];
    const displaced = pool[drawn];
    if (picked === undefined || displaced === undefined) break;
    pool[drawn] = picked;
    pool[pick] = displaced;
  }
  return pool.slice(0, size);
};

/** Whether a sample says that the board as a whole cannot be trusted. */
export const needsFullRefresh = ({ compared, diverged }: { compared: number; diverged: number }): boolean =>
  compared > 0 && diverged / compared > TOLERATED_DIVERGENCE;
