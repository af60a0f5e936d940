import { z } from 'zod';

/**
 * How the BFF stands with the platform. `since` and `dataAt` are on the BFF's clock; the age of data that a viewer
 * sees is counted from `dataAt` where it is given, and otherwise from the last frame the browser received.
 *
 * - `starting`: the board is not complete yet; `agentsLive` of `agentsTotal` are loaded
 * - `live`: every agent's events arrive
 * - `partial`: events of some agents do not arrive (`agentsLive` < `agentsTotal`); those are re-read instead
 * - `down`: nobody's events arrive
 */
export const upstreamHealth = z.object({
  state: z.enum(['starting', 'live', 'partial', 'down']),
  /** The hop that is broken; null while live. */
  hop: z.enum(['sign-in', 'api', 'push']).nullable(),
  /** When it broke, ms on the BFF's clock; null while live. */
  since: z.number().nullable(),
  /** When all that is shown was last known to be true; null while live. Moves on while agents are re-read by polling. */
  dataAt: z.number().nullable(),
  /** What is wrong and what is being done about it, for people; null while live. */
  message: z.string().nullable(),
  agentsLive: z.int().nonnegative(),
  agentsTotal: z.int().nonnegative(),
});

export type UpstreamHealth = z.infer<typeof upstreamHealth>;
