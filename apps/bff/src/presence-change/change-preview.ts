import type { CHANGE_EFFECTS, CHANGE_OBSTACLES } from '@floorwatch/contracts';
import type { AgentId, Presence, RoutingState, ScheduleVerdict } from '@floorwatch/domain';

export type ChangeEffect = (typeof CHANGE_EFFECTS)[number];
export type ChangeObstacle = (typeof CHANGE_OBSTACLES)[number];

/** What a change would meet, and do: as the platform has it just now. */
export interface ChangePreview {
  readonly agentId: AgentId;
  /** Null where the platform knows of none, or the agent is gone. */
  readonly current: Presence | null;
  /** Of `current`; null with it. */
  readonly etag: string | null;
  readonly routing: RoutingState | null;
  readonly isOnContact: boolean;
  /** Null where there is nobody to judge for. */
  readonly verdict: ScheduleVerdict | null;
  readonly effects: readonly ChangeEffect[];
  readonly obstacles: readonly ChangeObstacle[];
  readonly mayOverride: boolean;
}
