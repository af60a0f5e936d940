import { z } from 'zod';

/** One thing an agent has in hand, of `GET /api/v2/analytics/agents/{userId}/status` (API §9.4). */
export const agentStatusSession = z.object({
  /** `interact`, `hold`, `wrapup`, …; new ones may come, so it stays a string. */
  segmentType: z.string().nullish(),
  /** `voice`, `email`, … */
  mediaType: z.string().nullish(),
});

export type AgentStatusSession = z.infer<typeof agentStatusSession>;

/** Answer of `GET /api/v2/analytics/agents/{userId}/status`: spelled in capitals, unlike everywhere else (API §5.3). */
export const agentStatus = z.object({
  systemPresence: z.string().nullish(),
  organizationPresenceId: z.string().nullish(),
  presenceDate: z.string().nullish(),
  routingStatus: z.string().nullish(),
  routingStatusDate: z.string().nullish(),
  sessions: z.array(agentStatusSession).nullish(),
});

export type AgentStatus = z.infer<typeof agentStatus>;
