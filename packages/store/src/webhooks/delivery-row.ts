/**
 * `waiting`: to be tried, or to be tried again · `delivered` · `dead`: given up, until somebody lets it wait again ·
 * `failed`: a test that did not succeed, tried once
 */
export const DELIVERY_STATES = ['waiting', 'delivered', 'dead', 'failed'] as const;

export type DeliveryState = (typeof DELIVERY_STATES)[number];

/** A message to one webhook, before it has a number. */
export interface NewDelivery {
  /** The same for every attempt, and for every webhook that is told of the same. */
  readonly messageId: string;
  readonly type: string;
  /** Whom it is about; null for nobody. */
  readonly agentId: string | null;
  /** Those of one key arrive in order. */
  readonly orderKey: string;
  /** ms on the platform's clock. */
  readonly occurredAt: number;
  /** ms on our clock. */
  readonly takenAt: number;
  /** What is sent, to the letter, however often. */
  readonly body: string;
}

/** What came of an attempt. */
export interface DeliveryOutcome {
  readonly seq: number;
  readonly state: DeliveryState;
  /** ms on our clock. */
  readonly at: number;
  /** Of HTTP; null without an answer. */
  readonly status: number | null;
  readonly latencyMs: number;
  /** The beginning of the answer's body; null without one. */
  readonly response: string | null;
  /** In words for a person; null where it was delivered. */
  readonly error: string | null;
}

export interface StoredDelivery extends NewDelivery {
  /** Rises with each delivery. */
  readonly seq: number;
  readonly webhookId: string;
  readonly state: DeliveryState;
  readonly attempts: number;
  /** The last attempt; null before the first. */
  readonly attemptedAt: number | null;
  readonly status: number | null;
  readonly latencyMs: number | null;
  readonly response: string | null;
  readonly error: string | null;
  readonly settledAt: number | null;
}

export interface DeliveryFilter {
  readonly states?: readonly DeliveryState[] | undefined;
  readonly agentId?: string | undefined;
}

export interface DeliveryPage {
  /** Null for the newest. */
  readonly beforeSeq: number | null;
  readonly limit: number;
}

export interface DeliveryRow {
  readonly seq: number;
  readonly webhook_id: string;
  readonly message_id: string;
  readonly type: string;
  readonly agent_id: string | null;
  readonly order_key: string;
  readonly occurred_at: number;
  readonly taken_at: number;
  readonly body: string;
  readonly state: string;
  readonly attempts: number;
  readonly attempted_at: number | null;
  readonly status: number | null;
  readonly latency_ms: number | null;
  readonly response: string | null;
  readonly error: string | null;
  readonly settled_at: number | null;
}

export const deliveryOf = (row: DeliveryRow): StoredDelivery => ({
  seq: row.seq,
  webhookId: row.webhook_id,
  messageId: row.message_id,
  type: row.type,
  agentId: row.agent_id,
  orderKey: row.order_key,
  occurredAt: row.occurred_at,
  takenAt: row.taken_at,
  body: row.body,
  state: DELIVERY_STATES.find((state) => state === row.state) ?? 'failed',
  attempts: row.attempts,
  attemptedAt: row.attempted_at,
  status: row.status,
  latencyMs: row.latency_ms,
  response: row.response,
  error: row.error,
  settledAt: row.settled_at,
});
