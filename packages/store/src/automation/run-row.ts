import {
  agentId,
  presenceDefinitionId,
  type AgentId,
  type BackState,
  type OutcomeState,
  type RunCause,
  type RunState,
  type WantedPresence,
} from '@floorwatch/domain';

/** One time an automation was set going. Instants are ms on our clock. */
export interface StoredRun {
  readonly id: string;
  readonly automationId: string;
  /** Of its automation: what must not be done twice has one key. */
  readonly key: string;
  readonly cause: RunCause;
  /** What was asked for, as a text that is the same for the same; null where nothing was. */
  readonly asked: string | null;
  readonly dueAt: number;
  readonly startedAt: number;
  readonly endedAt: number | null;
  readonly state: RunState;
  /** Why it was missed, refused or interrupted. */
  readonly reason: string | null;
  /** As the rule had it then: it may be another one when the run goes on. */
  readonly wanted: WantedPresence;
  readonly backAfterMinutes: number | null;
}

/** What is to be put back. */
export interface StoredBack {
  readonly state: BackState;
  /** When; null for never. */
  readonly at: number | null;
  readonly reason: string | null;
  /** What was there before. */
  readonly to: WantedPresence | null;
  /** The presence that was set, as the platform had it then: as long as it is there, nobody has changed it. */
  readonly etag: string | null;
}

/** What came of one agent in one run. */
export interface StoredOutcome {
  readonly runId: string;
  readonly agentId: AgentId;
  readonly state: OutcomeState;
  readonly reason: string | null;
  /** When it became so. */
  readonly at: number;
  readonly back: StoredBack;
}

/** What a run that ended, or one agent of it, is known by. */
export type RunEnd = Pick<StoredRun, 'state' | 'reason'> & { readonly endedAt: number };

export interface RunRow {
  readonly id: string;
  readonly automation_id: string;
  readonly key: string;
  readonly cause: string;
  readonly asked: string | null;
  readonly due_at: number;
  readonly started_at: number;
  readonly ended_at: number | null;
  readonly state: string;
  readonly reason: string | null;
  readonly definition_id: string;
  readonly message: string | null;
  readonly back_after_minutes: number | null;
}

export interface OutcomeRow {
  readonly run_id: string;
  readonly agent_id: string;
  readonly state: string;
  readonly reason: string | null;
  readonly at: number;
  readonly back_state: string;
  readonly back_at: number | null;
  readonly back_reason: string | null;
  readonly back_definition_id: string | null;
  readonly back_message: string | null;
  readonly back_etag: string | null;
}

export const toRunRow = (run: StoredRun): RunRow => ({
  id: run.id,
  automation_id: run.automationId,
  key: run.key,
  cause: run.cause,
  asked: run.asked,
  due_at: run.dueAt,
  started_at: run.startedAt,
  ended_at: run.endedAt,
  state: run.state,
  reason: run.reason,
  definition_id: run.wanted.definitionId,
  message: run.wanted.message,
  back_after_minutes: run.backAfterMinutes,
});

export const fromRunRow = (row: RunRow): StoredRun => ({
  id: row.id,
  automationId: row.automation_id,
  key: row.key,
  cause: row.cause as RunCause,
  asked: row.asked,
  dueAt: row.due_at,
  startedAt: row.started_at,
  endedAt: row.ended_at,
  state: row.state as RunState,
  reason: row.reason,
  wanted: { definitionId: presenceDefinitionId(row.definition_id), message: row.message },
  backAfterMinutes: row.back_after_minutes,
});

export const backColumns = ({ state, at, reason, to, etag }: StoredBack) => ({
  back_state: state,
  back_at: at,
  back_reason: reason,
  back_definition_id: to?.definitionId ?? null,
  back_message: to?.message ?? null,
  back_etag: etag,
});

export const fromOutcomeRow = (row: OutcomeRow): StoredOutcome => ({
  runId: row.run_id,
  agentId: agentId(row.agent_id),
  state: row.state as OutcomeState,
  reason: row.reason,
  at: row.at,
  back: {
    state: row.back_state as BackState,
    at: row.back_at,
    reason: row.back_reason,
    to:
      row.back_definition_id === null
        ? null
        : { definitionId: presenceDefinitionId(row.back_definition_id), message: row.back_message },
    etag: row.back_etag,
  },
});
