import {
  agentId,
  canonicalValues,
  divisionId,
  type AuditAction,
  type AuditActor,
  type AuditEntry,
  type AuditOutcome,
  type AuditValues,
} from '@floorwatch/domain';
import type { Selectable } from 'kysely';
import type { Tables } from '../schema/tables.ts';

export type AuditRow = Selectable<Tables['floorwatch.audit']>;

export const auditRowOf = (entry: AuditEntry): AuditRow => ({
  seq: entry.seq,
  at: entry.at,
  action: entry.action,
  outcome: entry.outcome,
  actor_kind: entry.actor.kind,
  actor_id: entry.actor.id,
  actor_name: entry.actor.name,
  agent_id: entry.target?.agentId ?? null,
  division_id: entry.target?.divisionId ?? null,
  values_before: entry.before === null ? null : canonicalValues(entry.before),
  values_after: entry.after === null ? null : canonicalValues(entry.after),
  reason: entry.reason,
  correlation_id: entry.correlationId,
  platform_correlation_id: entry.platformCorrelationId,
  previous_hash: entry.previousHash,
  hash: entry.hash,
});

/** What a row says, also one that somebody has altered: whether it is what was written, its hash tells. */
export const auditEntryOf = (row: AuditRow): AuditEntry => ({
  seq: row.seq,
  at: row.at,
  action: row.action as AuditAction,
  outcome: row.outcome as AuditOutcome,
  actor: { kind: row.actor_kind as AuditActor['kind'], id: row.actor_id, name: row.actor_name },
  target: targetOf(row),
  before: valuesOf(row.values_before),
  after: valuesOf(row.values_after),
  reason: row.reason,
  correlationId: row.correlation_id,
  platformCorrelationId: row.platform_correlation_id,
  previousHash: row.previous_hash,
  hash: row.hash,
});

/** A division without an agent was never written; it must not vanish without a sign. */
const targetOf = ({ agent_id, division_id }: AuditRow): AuditEntry['target'] =>
  agent_id === null && division_id === null
    ? null
    : { agentId: agentId(agent_id ?? ''), divisionId: division_id === null ? null : divisionId(division_id) };

/** Text that is not to the letter what we write is shown as it is, and has another hash. */
const valuesOf = (text: string | null): AuditValues | null => {
  if (text === null) return null;
  try {
    const values = JSON.parse(text) as AuditValues;
    if (canonicalValues(values) === text) return values;
  } catch {
    // no JSON any more
  }
  return { 'not as it was written': text };
};
