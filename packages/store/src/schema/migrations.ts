import { AUTOMATION } from '../automation/automation-migration.ts';
import { RECORDING } from '../recording/recording-migration.ts';
import { WEBHOOKS } from '../webhooks/webhooks-migration.ts';
import type { Migration } from './migration.ts';

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

const STREAM: Migration = {
  name: 'stream',
  statements: [
    // One row a stream. Whoever adds entries raises its number in the same statement, and so holds the row until the
    // entries are there for everybody: no lower number ever appears after a higher one.
    `create table floorwatch.stream_head (
      stream text primary key,
      lineage text not null,
      seq bigint not null,
      kept_after bigint not null
    ) with (fillfactor = 10)`,
    `insert into floorwatch.stream_head
      select stream, left(replace(gen_random_uuid()::text, '-', ''), 12), 0, 0 from unnest(array['transitions', 'windows']) as stream`,
    `create table floorwatch.transition_stream (
      seq bigint primary key,
      at bigint not null,
      agent_ref integer not null,
      kind floorwatch.fact_kind not null
    )`,
    `create table floorwatch.window_stream (
      seq bigint primary key,
      at bigint not null,
      agent_ref integer not null
    )`,
    // The place of its last change in the stream.
    `alter table floorwatch.availability_window add column version bigint not null default 0`,
  ],
};

const API_KEYS: Migration = {
  name: 'api keys',
  statements: [
    `create table floorwatch.api_key (
      id text primary key,
      secret_hash text not null,
      name text not null,
      scopes text not null,
      divisions text not null,
      created_by_id text not null,
      created_by_name text not null,
      created_at bigint not null,
      expires_at bigint,
      revoked_at bigint,
      last_used_at bigint
    )`,
  ],
};

/** Of everything that goes on without whoever asked for it. */
const ORDER_COLUMNS = `
  id text primary key,
  user_id text not null,
  user_name text not null,
  definition_id text not null,
  label text not null,
  system text not null,
  message text,
  override_reason text,
  correlation_id text not null,
  idempotency_key text not null,
  request_hash text not null,
  started_at bigint not null`;

const PRESENCE_ORDERS: Migration = {
  name: 'presence-orders',
  statements: [
    `create table floorwatch.presence_bulk (${ORDER_COLUMNS},
      state text not null,
      reason text,
      ended_at bigint,
      unique (user_id, idempotency_key)
    )`,
    // Of two that are started at once by one person one is refused, whichever instance they come to.
    `create unique index presence_bulk_running on floorwatch.presence_bulk (user_id) where state = 'running'`,
    `create index presence_bulk_ended on floorwatch.presence_bulk (ended_at)`,
    `create table floorwatch.presence_bulk_turn (
      bulk_id text not null references floorwatch.presence_bulk on delete cascade,
      place integer not null,
      agent_id text not null,
      etag text not null,
      change_id text not null unique,
      problem_code text,
      problem_message text,
      primary key (bulk_id, place),
      unique (bulk_id, agent_id)
    )`,
    `create table floorwatch.presence_hold (${ORDER_COLUMNS},
      agent_id text not null,
      ends_at bigint not null,
      set_at bigint not null,
      reasserted integer not null,
      held_since bigint not null,
      ended_at bigint,
      ended_why text,
      ended_reason text,
      unique (user_id, idempotency_key)
    )`,
    `create unique index presence_hold_holds on floorwatch.presence_hold (agent_id) where ended_at is null`,
    `create index presence_hold_ended on floorwatch.presence_hold (ended_at)`,
    `create table floorwatch.presence_wait (
      change_id text primary key,
      agent_id text not null unique,
      etag text not null,
      system text not null,
      definition_id text,
      message text,
      held_since bigint not null,
      waits_until bigint not null
    )`,
  ],
};

const PRESENCE_CHANGES: Migration = {
  name: 'presence_changes',
  statements: [
    // Whoever has no id (Floorwatch itself) has the empty one: of nulls each would be unique.
    `create table floorwatch.presence_change (
      id text primary key,
      kind text not null,
      actor_kind text not null,
      actor_id text not null,
      actor_name text,
      idempotency_key text not null,
      request_hash text not null,
      agent_id text not null,
      division_id text,
      cause text not null,
      group_id text,
      undoes text,
      wanted text,
      override_reason text,
      correlation_id text not null,
      requested_at bigint not null,
      state text not null,
      before_presence text,
      written_presence text,
      written_at bigint,
      now_presence text,
      replaced_presence text,
      problem_code text,
      problem_message text,
      platform_correlation_id text,
      accepted_at bigint,
      settled_at bigint,
      unique (actor_kind, actor_id, idempotency_key)
    )`,
    `create index presence_change_group on floorwatch.presence_change (group_id) where group_id is not null`,
    `create index presence_change_agent on floorwatch.presence_change (agent_id, requested_at)`,
    `create index presence_change_open on floorwatch.presence_change (requested_at) where settled_at is null`,
    `create index presence_change_settled on floorwatch.presence_change (settled_at) where settled_at is not null`,
    // Whose turn it is to change an agent, over all processes.
    `create table floorwatch.presence_change_turn (
      agent_id text primary key,
      change_id text not null unique,
      until_at bigint not null
    )`,
  ],
};

/** In order; a database's version is how many of them it has had. */
export const MIGRATIONS: readonly Migration[] = [
  RECORDING,
  AUDIT,
  SESSIONS,
  PRESENCE_CHANGES,
  PRESENCE_ORDERS,
  STREAM,
  API_KEYS,
  WEBHOOKS,
  AUTOMATION,
];
