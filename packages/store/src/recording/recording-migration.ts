import type { Migration } from '../schema/migration.ts';

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

/** What was seen of agents, and what is known not to have been. */
export const RECORDING: Migration = {
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
