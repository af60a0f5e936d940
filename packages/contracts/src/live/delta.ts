import { z } from 'zod';
import { agentCard } from './agent-card.ts';
import { agentRowWire } from './agent-row-wire.ts';
import { frameClock } from './frame-clock.ts';
import { upstreamHealth } from './upstream-health.ts';

/** Takes a browser that is at version `from` to version `to`: each changed agent once, in its latest state. */
export const delta = z.object({
  type: z.literal('delta'),
  from: z.int().nonnegative(),
  to: z.int().nonnegative(),
  ...frameClock,
  upstream: upstreamHealth,
  /** Cards of agents that are new or whose card changed; they also have a row. */
  cards: z.array(agentCard),
  rows: z.array(agentRowWire),
  /** Refs of agents that left the organisation, or the divisions the viewer may see; some may never have been seen. */
  removed: z.array(z.int().nonnegative()),
});

export type Delta = z.infer<typeof delta>;
