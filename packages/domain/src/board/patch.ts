import type { AgentRow } from './agent-row.ts';

/** What takes a board from version `from` (or any later one) to version `to`: whole rows, each agent once. */
export interface BoardPatch {
  readonly from: number;
  readonly to: number;
  readonly rows: readonly AgentRow[];
  /** Refs of agents that left. */
  readonly removed: readonly number[];
}
