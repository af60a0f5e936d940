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

interface AuditTable {
  readonly seq: number;
  readonly at: Instant;
  readonly action: string;
  readonly outcome: string;
  readonly actor_kind: string;
  readonly actor_id: string | null;
  readonly actor_name: string | null;
  readonly agent_id: string | null;
  readonly division_id: string | null;
  /** Canonical JSON, as text: it was hashed as it stands there, to the last space. */
  readonly values_before: string | null;
  readonly values_after: string | null;
  readonly reason: string | null;
  readonly correlation_id: string;
  readonly platform_correlation_id: string | null;
  readonly previous_hash: string;
  readonly hash: string;
}

/** Who is signed in. */
export interface SessionRow {
  readonly id_hash: string;
  readonly user_id: string;
  readonly user_name: string;
  readonly tokens: string;
  readonly seen_at: Instant;
  readonly ends_at: Instant;
}

interface SignInTable {
  readonly state_hash: string;
  readonly browser_hash: string;
  readonly verifier: string;
  readonly redirect_uri: string;
  readonly return_to: string;
  readonly expires_at: Instant;
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
  readonly 'floorwatch.session': SessionRow;
  readonly 'floorwatch.sign_in': SignInTable;
  readonly 'floorwatch.audit': AuditTable;
}
