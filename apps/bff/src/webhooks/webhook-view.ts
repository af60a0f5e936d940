import type { DeliveryView, WebhookFilter, WebhookView } from '@floorwatch/contracts';
import type { DeliveryCounts, StoredDelivery, StoredWebhook } from '@floorwatch/store';

interface ViewParts {
  readonly counts: DeliveryCounts | null;
  readonly filter: WebhookFilter;
  readonly isSecretKnown: boolean;
  readonly now: number;
}

const iso = (instant: number): string => new Date(instant).toISOString();

const isoOrNull = (instant: number | null): string | null => (instant === null ? null : iso(instant));

/** A webhook as it is told: everything but its secret. */
export const webhookViewOf = (
  stored: StoredWebhook,
  { counts, filter, isSecretKnown, now }: ViewParts,
): WebhookView => ({
  id: stored.id,
  name: stored.name,
  url: stored.url,
  filter,
  withNames: stored.withNames,
  version: stored.version,
  state: stored.pausedBy !== null ? 'paused' : stored.failingSince === null ? 'delivering' : 'failing',
  pausedBy: stored.pausedBy,
  origin: stored.origin,
  createdAt: iso(stored.createdAt),
  failingSince: isoOrNull(stored.failingSince),
  lastError: stored.lastError,
  lastSuccessAt: isoOrNull(stored.lastSuccessAt),
  waiting: counts?.waiting ?? 0,
  waitingSince: isoOrNull(counts?.waitingSince ?? null),
  dead: counts?.dead ?? 0,
  previousSecretUntil: (stored.previousUntil ?? 0) > now ? isoOrNull(stored.previousUntil) : null,
  isSecretKnown,
});

export const deliveryViewOf = (stored: StoredDelivery, nameOf: (agentId: string) => string | null): DeliveryView => ({
  id: String(stored.seq),
  messageId: stored.messageId,
  type: stored.type,
  agent: stored.agentId === null ? null : { id: stored.agentId, name: nameOf(stored.agentId) },
  state: stored.state,
  occurredAt: iso(stored.occurredAt),
  takenAt: iso(stored.takenAt),
  attempts: stored.attempts,
  attemptedAt: isoOrNull(stored.attemptedAt),
  status: stored.status,
  latencyMs: stored.latencyMs,
  request: stored.body,
  response: stored.response,
  error: stored.error,
});
