import type { Generated, GeneratedAlways } from 'kysely';
import type { DeliveryRow } from '../webhooks/delivery-row.ts';
import type { WebhookRow } from '../webhooks/webhook-row.ts';
import type { AutomationOwnerRow, AutomationRow } from '../automation/automation-row.ts';
import type { OutcomeRow, RunRow } from '../automation/run-row.ts';

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

interface SuggestionDivisionTable {
  readonly division_id: string;
  readonly is_on: boolean;
}

interface SuggestionDismissalTable {
  readonly user_id: string;
  readonly suggestion: string;
  readonly until_at: Instant;
}

export interface ApiKeyRow {
  readonly id: string;
  readonly secret_hash: string;
  readonly name: string;
  /** JSON. */
  readonly scopes: string;
  /** JSON: a list of ids, or null for every division. */
  readonly divisions: string;
  readonly created_by_id: string;
  readonly created_by_name: string;
  readonly created_at: Instant;
  readonly expires_at: Instant | null;
  readonly revoked_at: Instant | null;
  readonly last_used_at: Instant | null;
}

/** What every order of a presence has, see `PresenceOrder`. */
export interface PresenceOrderColumns {
  readonly id: string;
  readonly user_id: string;
  readonly user_name: string;
  readonly definition_id: string;
  readonly label: string;
  readonly system: string;
  readonly message: string | null;
  readonly override_reason: string | null;
  readonly correlation_id: string;
  readonly idempotency_key: string;
  readonly request_hash: string;
  readonly started_at: Instant;
}

export interface BulkRow extends PresenceOrderColumns {
  readonly state: string;
  readonly reason: string | null;
  readonly ended_at: Instant | null;
}

export interface TurnRow {
  readonly bulk_id: string;
  readonly place: number;
  readonly agent_id: string;
  readonly etag: string;
  readonly change_id: string;
  readonly problem_code: string | null;
  readonly problem_message: string | null;
}

/** A change that waits for the end of a contact; the change itself stands in its own table. */
export interface WaitRow {
  readonly change_id: string;
  readonly agent_id: string;
  readonly etag: string;
  readonly system: string;
  readonly definition_id: string | null;
  readonly message: string | null;
  readonly held_since: Instant;
  readonly waits_until: Instant;
}

export interface HoldRow extends PresenceOrderColumns {
  readonly agent_id: string;
  readonly ends_at: Instant;
  readonly set_at: Instant;
  readonly reasserted: number;
  readonly held_since: Instant;
  readonly ended_at: Instant | null;
  readonly ended_why: string | null;
  readonly ended_reason: string | null;
}

/** One change of a presence. Facts are JSON, for they are only ever read whole. */
export interface PresenceChangeRow {
  readonly id: string;
  readonly kind: string;
  readonly actor_kind: string;
  /** Empty where there is none. */
  readonly actor_id: string;
  readonly actor_name: string | null;
  readonly idempotency_key: string;
  readonly request_hash: string;
  readonly agent_id: string;
  readonly division_id: string | null;
  readonly cause: string;
  readonly group_id: string | null;
  readonly undoes: string | null;
  readonly wanted: string | null;
  readonly override_reason: string | null;
  readonly correlation_id: string;
  readonly requested_at: Instant;
  readonly state: string;
  readonly before_presence: string | null;
  readonly written_presence: string | null;
  /** The platform's instant of what was written. */
  readonly written_at: Instant | null;
  readonly now_presence: string | null;
  readonly replaced_presence: string | null;
  readonly problem_code: string | null;
  readonly problem_message: string | null;
  readonly platform_correlation_id: string | null;
  readonly accepted_at: Instant | null;
  readonly settled_at: Instant | null;
}

interface PresenceChangeTurnTable {
  readonly agent_id: string;
  readonly change_id: string;
  readonly until_at: Instant;
}

/**
 * Everything of ours is in the schema `floorwatch`; pg-boss has its own. The tables that Kysely's builder is used for. `transition`, `availability_window`, `current_fact`, `carried_fact` and the streams are written and
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
  readonly 'floorwatch.automation': AutomationRow;
  readonly 'floorwatch.automation_owner': AutomationOwnerRow;
  readonly 'floorwatch.automation_run': RunRow;
  readonly 'floorwatch.automation_outcome': OutcomeRow;
  readonly 'floorwatch.suggestion_division': SuggestionDivisionTable;
  readonly 'floorwatch.suggestion_dismissal': SuggestionDismissalTable;
  readonly 'floorwatch.api_key': ApiKeyRow;
  readonly 'floorwatch.webhook': WebhookRow;
  readonly 'floorwatch.webhook_delivery': Omit<DeliveryRow, 'seq'> & { readonly seq: GeneratedAlways<number> };
  readonly 'floorwatch.presence_bulk': BulkRow;
  readonly 'floorwatch.presence_bulk_turn': TurnRow;
  readonly 'floorwatch.presence_hold': HoldRow;
  readonly 'floorwatch.presence_wait': WaitRow;
  readonly 'floorwatch.presence_change': PresenceChangeRow;
  readonly 'floorwatch.presence_change_turn': PresenceChangeTurnTable;
}
