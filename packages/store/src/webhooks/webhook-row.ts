/** What a webhook is, as it is kept. Words and settings are the caller's; whoever reads the table learns no secret. */
export interface StoredWebhook {
  readonly id: string;
  readonly name: string;
  readonly url: string;
  /** The caller's own text. */
  readonly filter: string;
  readonly withNames: boolean;
  /** What messages are signed with, sealed by the caller; and the one before, that still counts for a while. */
  readonly secret: string;
  readonly previousSecret: string | null;
  /** ms on our clock, as every instant here. */
  readonly previousUntil: number | null;
  /** Why nothing is delivered; null while it is. */
  readonly pausedBy: WebhookPause | null;
  readonly origin: 'people' | 'environment';
  /** Up to where the stream of transitions has been taken over into deliveries. */
  readonly cursor: string;
  /** One more with each change that a person makes. */
  readonly version: number;
  readonly createdAt: number;
  /** Since when every attempt has failed; null where the last one did not. */
  readonly failingSince: number | null;
  readonly lastError: string | null;
  readonly lastSuccessAt: number | null;
}

/** `person`: somebody paused it · `gone`: the target said that it is gone for good (410) */
export type WebhookPause = 'person' | 'gone';

/** What a person may change. */
export type WebhookSettings = Pick<StoredWebhook, 'name' | 'url' | 'filter' | 'withNames'>;

/** How the last attempts came out. */
export type WebhookHealth = Pick<StoredWebhook, 'failingSince' | 'lastError' | 'lastSuccessAt'>;

export interface WebhookRow {
  readonly id: string;
  readonly name: string;
  readonly url: string;
  readonly filter: string;
  readonly with_names: boolean;
  readonly secret: string;
  readonly previous_secret: string | null;
  readonly previous_until: number | null;
  readonly paused_by: string | null;
  readonly origin: string;
  readonly cursor: string;
  readonly version: number;
  readonly created_at: number;
  readonly failing_since: number | null;
  readonly last_error: string | null;
  readonly last_success_at: number | null;
}

export const toRow = (webhook: StoredWebhook): WebhookRow => ({
  id: webhook.id,
  name: webhook.name,
  url: webhook.url,
  filter: webhook.filter,
  with_names: webhook.withNames,
  secret: webhook.secret,
  previous_secret: webhook.previousSecret,
  previous_until: webhook.previousUntil,
  paused_by: webhook.pausedBy,
  origin: webhook.origin,
  cursor: webhook.cursor,
  version: webhook.version,
  created_at: webhook.createdAt,
  failing_since: webhook.failingSince,
  last_error: webhook.lastError,
  last_success_at: webhook.lastSuccessAt,
});

export const fromRow = (row: WebhookRow): StoredWebhook => ({
  id: row.id,
  name: row.name,
  url: row.url,
  filter: row.filter,
  withNames: row.with_names,
  secret: row.secret,
  previousSecret: row.previous_secret,
  previousUntil: row.previous_until,
  pausedBy: row.paused_by === null ? null : row.paused_by === 'gone' ? 'gone' : 'person',
  origin: row.origin === 'environment' ? 'environment' : 'people',
  cursor: row.cursor,
  version: row.version,
  createdAt: row.created_at,
  failingSince: row.failing_since,
  lastError: row.last_error,
  lastSuccessAt: row.last_success_at,
});
