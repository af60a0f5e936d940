import { z } from 'zod';

/** The part of an agent that changes rarely: sent with the list, and again only when it changes. */
export const agentCard = z.object({
  /** Short number of the agent, valid in this epoch; rows name agents by it. */
  ref: z.int().nonnegative(),
  id: z.string(),
  name: z.string(),
  divisionId: z.string().nullable(),
  title: z.string().nullable(),
  department: z.string().nullable(),
  team: z.string().nullable(),
  /** Queues the agent has joined; null until known. */
  queueIds: z.array(z.string()).nullable(),
});

export type AgentCard = z.infer<typeof agentCard>;
