/** One step forward. It is never changed once it was released: what is wrong with it is mended by the next. */
export interface Migration {
  readonly name: string;
  /** Statements for PostgreSQL 15, run in order within one transaction. */
  readonly statements: readonly string[];
}

const FACT_COLUMNS = `
  agent_ref integer not null,
  kind floorwatch.fact_kind not null,
  at bigint not null,
  value text,
  definition_id text,
  message text,
  queue_ids jsonb,
  exact boolean not null,
  source floorwatch.transition_source not null,
  ingested_at bigint not null`;

/**
 * Written out, for a migration never changes while the domain may. A state the agent was not in is null and takes no room:
 * a third of it, in the table that has most rows.
 */
const ACTIVITY_COLUMNS = [
  'not_responding',
  'ready',
  'interacting',
  'after_call_work',
  'communicating',
  'available',
  'busy',
  'break',
  'meal',
  'meeting',
  'training',
  'away',
  'idle',
  'offline',
  'unknown',
]
  .map((activity) => `${activity}_ms integer`)
  .join(',\n  ');

const RECORDING: Migration = {
  name: 'recording',
  statements: [
    `create type floorwatch.fact_kind as enum ('presence', 'routing', 'work', 'outOfOffice', 'queues')`,
    `create type floorwatch.transition_source as enum ('event', 'snapshot', 'analytics')`,
    `create table floorwatch.agent (
      agent_ref integer generated always as identity primary key,
      agent_id text not null unique
    )`,
    // One partition a day, made before it is written to. The key is also the index for one agent's lane.
    `create table floorwatch.transition (${FACT_COLUMNS},
      primary key (agent_ref, kind, at)
    ) partition by range (at)`,
    // What holds now, by agent and kind: written over with each change, so room is left beside every row.
    `create table floorwatch.current_fact (${FACT_COLUMNS},
      primary key (agent_ref, kind)
    ) with (fillfactor = 70)`,
    // What held when retention dropped the days before: without it the first days that are kept would begin unknown.
    `create table floorwatch.carried_fact (${FACT_COLUMNS},
      primary key (agent_ref, kind)
    )`,
    `create table floorwatch.availability_window (
      window_start bigint not null,
      agent_ref integer not null,
      transitions integer not null,
      is_volatile boolean not null,
      ${ACTIVITY_COLUMNS},
      primary key (agent_ref, window_start)
    ) partition by range (window_start)`,
    `create table floorwatch.recording_gap (
      agent_ref integer not null,
      from_at bigint not null,
      to_at bigint not null,
      reason text not null,
      state text not null,
      primary key (agent_ref, from_at, to_at, reason),
      check (from_at < to_at)
    )`,
    `create index recording_gap_open on floorwatch.recording_gap (from_at) where state = 'open'`,
    `create table floorwatch.recording_progress (
      "only" boolean primary key default true check ("only"),
      windows_up_to bigint not null,
      alive_at bigint not null
    )`,
    `create table floorwatch.retention (
      "only" boolean primary key default true check ("only"),
      dropped_before bigint not null
    )`,
    `create table floorwatch.channel (
      owner text not null,
      channel_id text not null,
      connect_uri text not null,
      expires_at bigint not null,
      token_ends_at bigint not null,
      topics_hash text not null,
      primary key (owner, channel_id)
    )`,
  ],
};

const AUDIT: Migration = {
  name: 'audit',
  statements: [
    // Agents stand here by their own ids: a number could be made to mean somebody else. No entry has two successors.
    `create table floorwatch.audit (
      seq bigint primary key check (seq > 0),
      at bigint not null,
      action text not null,
      outcome text not null,
      actor_kind text not null,
      actor_id text,
      actor_name text,
      agent_id text,
      division_id text,
      values_before text,
      values_after text,
      reason text,
      correlation_id text not null,
      platform_correlation_id text,
      previous_hash text not null unique,
      hash text not null
    )`,
    `create index audit_at on floorwatch.audit (at)`,
    `create index audit_agent on floorwatch.audit (agent_id, seq) where agent_id is not null`,
    `create index audit_actor on floorwatch.audit (actor_id, seq) where actor_id is not null`,
    `create index audit_correlation on floorwatch.audit (correlation_id)`,
    `create function floorwatch.refuse_audit_change() returns trigger language plpgsql as $$
      begin
        raise exception 'the audit is only added to: % is refused', lower(tg_op);
      end
    $$`,
    `create trigger audit_only_grows before update or delete or truncate on floorwatch.audit
      for each statement execute function floorwatch.refuse_audit_change()`,
    // Also for sessions that replicate, which pass over others.
    `alter table floorwatch.audit enable always trigger audit_only_grows`,
  ],
};

const SESSIONS: Migration = {
  name: 'sessions',
  statements: [
    `create table floorwatch.session (
      id_hash text primary key,
      user_id text not null,
      user_name text not null,
      tokens text not null,
      seen_at bigint not null,
      ends_at bigint not null
    )`,
    `create table floorwatch.sign_in (
      state_hash text primary key,
      browser_hash text not null,
      verifier text not null,
      redirect_uri text not null,
      return_to text not null,
      expires_at bigint not null
    )`,
  ],
};

/** In order; a database's version is how many of them it has had. */
export const MIGRATIONS: readonly Migration[] = [RECORDING, AUDIT, SESSIONS];
