import type { Migration } from '../schema/migration.ts';

/** Automations, what they have done, and suggestions. */
export const AUTOMATION: Migration = {
  name: 'automation',
  statements: [
    `create table floorwatch.automation (
      id text primary key,
      revision integer not null,
      rule text not null,
      owner_id text not null,
      created_at bigint not null,
      paused_cause text,
      paused_reason text,
      paused_at bigint,
      looked_up_to bigint not null,
      deleted_at bigint
    )`,
    `create table floorwatch.automation_owner (
      user_id text primary key,
      name text not null,
      may_change text not null,
      seen_at bigint not null
    )`,
    // The key is what makes a run happen once, whoever else is about to begin it.
    `create table floorwatch.automation_run (
      id text primary key,
      automation_id text not null references floorwatch.automation,
      key text not null,
      cause text not null,
      asked text,
      due_at bigint not null,
      started_at bigint not null,
      ended_at bigint,
      state text not null,
      reason text,
      definition_id text not null,
      message text,
      back_after_minutes integer,
      unique (automation_id, key)
    )`,
    `create index automation_run_started on floorwatch.automation_run (automation_id, started_at, id)`,
    `create index automation_run_running on floorwatch.automation_run (started_at) where state = 'running'`,
    `create table floorwatch.automation_outcome (
      run_id text not null references floorwatch.automation_run on delete cascade,
      agent_id text not null,
      state text not null,
      reason text,
      at bigint not null,
      back_state text not null,
      back_at bigint,
      back_reason text,
      back_definition_id text,
      back_message text,
      back_etag text,
      primary key (run_id, agent_id)
    )`,
    `create index automation_back_due on floorwatch.automation_outcome (back_at) where back_state = 'due'`,
    `create table floorwatch.suggestion_division (
      division_id text primary key,
      is_on boolean not null
    )`,
    `create table floorwatch.suggestion_dismissal (
      user_id text not null,
      suggestion text not null,
      until_at bigint not null,
      primary key (user_id, suggestion)
    )`,
  ],
};
