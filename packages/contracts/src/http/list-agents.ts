import { z } from 'zod';
import { agentCard } from '../live/agent-card.ts';
import { agentRowWire } from '../live/agent-row-wire.ts';

/** A division or queue, for names and filters. */
export const namedEntity = z.object({ id: z.string(), name: z.string() });

export type NamedEntity = z.infer<typeof namedEntity>;

/**
 * `GET /api/agents`: the whole board at one position. Compressed; `ETag` is the position, so an unchanged board
 * answers 304. Whoever may see some divisions only gets the agents of these, at an epoch of their own. The position may be a moment old: the live socket brings what came since. Clocks and health are not
 * in here, because they change while the board does not: they come with every live frame.
 */
export const listAgents = {
  path: '/api/agents',
  reply: z.object({
    epoch: z.string(),
    version: z.int().nonnegative(),
    organisation: z.object({
      name: z.string(),
      /** A simulated organisation: every page says so. */
      isDemo: z.boolean(),
      /** How many agents the organisation has, where the configuration narrows the board to some of them; else null. */
      narrowedFrom: z.int().nonnegative().nullable(),
    }),
    /** The divisions the view is cut to: agents, names and counts are of these only; null where it is not cut. */
    cutTo: z.array(namedEntity).nullable(),
    divisions: z.array(namedEntity),
    queues: z.array(namedEntity),
    cards: z.array(agentCard),
    rows: z.array(agentRowWire),
  }),
};

export type AgentList = z.infer<typeof listAgents.reply>;
