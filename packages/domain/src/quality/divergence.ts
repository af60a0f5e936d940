import type { AgentState } from '../agent/agent.ts';

/** Share of the agents that is compared with the platform each hour. */
export const SAMPLE_SHARE = 0.2;

/** A sample that differs by more than this share calls for a re-reading of everybody. */
export const TOLERATED_DIVERGENCE = 0.05;

/** Whether two states differ in what the agent is said to do. Instants that differ alone are no divergence. */
export const diverges = (held: AgentState, platform: AgentState): boolean =>
  held.presence?.system !== platform.presence?.system ||
  held.presence?.definitionId !== platform.presence?.definitionId ||
  held.routing?.state !== platform.routing?.state;
