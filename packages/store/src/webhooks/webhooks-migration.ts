import type { Migration } from '../schema/migration.ts';

export const WEBHOOKS: Migration = {
  name: 'webhooks',
  statements: [
    `create table floorwatch.webhook (
      id text primary key,
      name text not null,
      url text not null,
      filter text not null,
      with_names boolean not null,
      secret text not null,
      previous_secret text,
      previous_until bigint,
      paused_by text,
      origin text not null,
      cursor text not null,
      version integer not null,
      created_at bigint not null,
      failing_since bigint,
      last_error text,
      last_success_at bigint
    )`,
    `create table floorwatch.webhook_delivery (
      seq bigint generated always as identity primary key,
      webhook_id text not null references floorwatch.webhook on delete cascade,
      message_id text not null,
      type text not null,
      agent_id text,
      order_key text not null,
      occurred_at bigint not null,
      taken_at bigint not null,
      body text not null,
      state text not null,
      attempts integer not null,
      attempted_at bigint,
      status integer,
      latency_ms integer,
      response text,
      error text,
      settled_at bigint
    )`,
    `create index webhook_delivery_log on floorwatch.webhook_delivery (webhook_id, seq)`,
    `create index webhook_delivery_open on floorwatch.webhook_delivery (webhook_id, state, seq) where state in ('waiting', 'dead')`,
  ],
};
