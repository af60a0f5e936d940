import {
  agentId,
  divisionId,
  type AuditActor,
  type ChangeCause,
  type ChangeKind,
  type ChangeProgress,
  type ChangeRecord,
  type ChangeState,
  type Presence,
  type WantedWords,
} from '@floorwatch/domain';
import type { PresenceChangeRow } from '../schema/tables.ts';

const toJson = (value: object | null): string | null => (value === null ? null : JSON.stringify(value));

/** What we wrote ourselves is trusted. */
const fromJson = <T>(text: string | null): T | null => (text === null ? null : (JSON.parse(text) as T));

type ProgressColumns = Pick<
  PresenceChangeRow,
  | 'state'
  | 'before_presence'
  | 'written_presence'
  | 'written_at'
  | 'now_presence'
  | 'replaced_presence'
  | 'problem_code'
  | 'problem_message'
  | 'platform_correlation_id'
  | 'accepted_at'
  | 'settled_at'
>;

export const progressColumnsOf = (progress: ChangeProgress): ProgressColumns => ({
  state: progress.state,
  before_presence: toJson(progress.before),
  written_presence: toJson(progress.written),
  written_at: progress.written?.since.at ?? null,
  now_presence: toJson(progress.now),
  replaced_presence: toJson(progress.replaced),
  problem_code: progress.problem?.code ?? null,
  problem_message: progress.problem?.message ?? null,
  platform_correlation_id: progress.platformCorrelationId,
  accepted_at: progress.acceptedAt,
  settled_at: progress.settledAt,
});

export const changeRowOf = (record: ChangeRecord): PresenceChangeRow => ({
  id: record.id,
  kind: record.kind,
  actor_kind: record.actor.kind,
  actor_id: record.actor.id ?? '',
  actor_name: record.actor.name,
  idempotency_key: record.key,
  request_hash: record.requestHash,
  agent_id: record.agentId,
  division_id: record.divisionId,
  cause: record.cause,
  group_id: record.groupId,
  undoes: record.undoes,
  wanted: toJson(record.wanted),
  override_reason: record.overrideReason,
  correlation_id: record.correlationId,
  requested_at: record.requestedAt,
  ...progressColumnsOf(record.progress),
});

export const changeRecordOf = (row: PresenceChangeRow): ChangeRecord => ({
  id: row.id,
  kind: row.kind as ChangeKind,
  actor: { kind: row.actor_kind as AuditActor['kind'], id: row.actor_id || null, name: row.actor_name },
  key: row.idempotency_key,
  requestHash: row.request_hash,
  agentId: agentId(row.agent_id),
  divisionId: row.division_id === null ? null : divisionId(row.division_id),
  cause: row.cause as ChangeCause,
  groupId: row.group_id,
  undoes: row.undoes,
  wanted: fromJson<WantedWords>(row.wanted),
  overrideReason: row.override_reason,
  correlationId: row.correlation_id,
  requestedAt: row.requested_at,
  progress: {
    state: row.state as ChangeState,
    before: fromJson<Presence>(row.before_presence),
    written: fromJson<Presence>(row.written_presence),
    now: fromJson<Presence>(row.now_presence),
    replaced: fromJson<Presence>(row.replaced_presence),
    problem: row.problem_code === null ? null : { code: row.problem_code, message: row.problem_message ?? '' },
    platformCorrelationId: row.platform_correlation_id,
    acceptedAt: row.accepted_at,
    settledAt: row.settled_at,
  },
});
