import type { Generated } from 'kysely';

/** Instants are ms since 1970 as `bigint`: exact, what the domain counts in, and free of any session's time zone. */
type Instant = number;

interface AgentTable {
  /** Stands for the agent's id in the large tables: 4 bytes instead of 37, in rows and in indices. */
  readonly agent_ref: Generated<number>;
  readonly agent_id: string;
}

interface GapTable {
  readonly agent_ref: number;
  readonly from_at: Instant;
  readonly to_at: Instant;
  readonly reason: string;
  readonly state: string;
}

interface ProgressTable {
  /** There is one row. */
  readonly only: Generated<boolean>;
  readonly windows_up_to: Instant;
  readonly alive_at: Instant;
}

interface RetentionTable {
  readonly only: Generated<boolean>;
  readonly dropped_before: Instant;
}

interface ChannelTable {
  readonly owner: string;
  readonly channel_id: string;
  readonly connect_uri: string;
  readonly expires_at: Instant;
  readonly token_ends_at: Instant;
  readonly topics_hash: string;
}

/**
 * Everything of ours is in the schema `floorwatch`; pg-boss has its own. The tables that Kysely's builder is used for. `transition`, `availability_window`, `current_fact` and `carried_fact` are written and
 * read a column at a time, by SQL of their own.
 */
export interface Tables {
  readonly 'floorwatch.agent': AgentTable;
  readonly 'floorwatch.recording_gap': GapTable;
  readonly 'floorwatch.recording_progress': ProgressTable;
  readonly 'floorwatch.retention': RetentionTable;
  readonly 'floorwatch.channel': ChannelTable;
}
