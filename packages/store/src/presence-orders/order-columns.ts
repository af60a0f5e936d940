import { presenceDefinitionId, type PresenceOrder } from '@floorwatch/domain';
import type { PresenceOrderColumns } from '../schema/tables.ts';
import { knownPresence } from './known-presence.ts';

export const toOrderColumns = (order: PresenceOrder): PresenceOrderColumns => ({
  id: order.id,
  user_id: order.owner.userId,
  user_name: order.owner.name,
  definition_id: order.wanted.definitionId,
  label: order.wanted.label,
  system: order.wanted.system,
  message: order.wanted.message,
  override_reason: order.overrideReason,
  correlation_id: order.correlationId,
  idempotency_key: order.idempotencyKey,
  request_hash: order.requestHash,
  started_at: order.startedAt,
});

export const fromOrderColumns = (row: PresenceOrderColumns): PresenceOrder => ({
  id: row.id,
  owner: { userId: row.user_id, name: row.user_name },
  wanted: {
    definitionId: presenceDefinitionId(row.definition_id),
    message: row.message,
    label: row.label,
    system: knownPresence(row.system),
  },
  overrideReason: row.override_reason,
  correlationId: row.correlation_id,
  idempotencyKey: row.idempotency_key,
  requestHash: row.request_hash,
  startedAt: row.started_at,
});
