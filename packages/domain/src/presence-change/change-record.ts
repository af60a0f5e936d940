import type { AgentId, DivisionId, PresenceDefinitionId } from '../agent/ids.ts';
import type { Presence, SystemPresence } from '../agent/presence.ts';
import type { AuditActor } from '../audit/audit-entry.ts';
import type { ChangeCause, ChangeState } from './presence-change.ts';

/** What a change does: sets a presence, or wakes an agent who is Not Responding (API §6). */
export const CHANGE_KINDS = ['presence', 'reset-not-responding'] as const;

export type ChangeKind = (typeof CHANGE_KINDS)[number];

/** What was asked for, with the organisation's words of the time. */
export interface WantedWords {
  readonly definitionId: PresenceDefinitionId;
  readonly label: string;
  readonly system: SystemPresence;
  readonly message: string | null;
}

/** Why a change came to nothing: a code of the API, and a sentence for a person. */
export interface ChangeProblem {
  readonly code: string;
  readonly message: string;
}

/** One change as it is kept, so that it is made once, can be undone, and is told after a restart. Instants are ms. */
export interface ChangeRecord {
  /** A UUID. */
  readonly id: string;
  readonly kind: ChangeKind;
  readonly actor: AuditActor;
  /** The name of the try (`Idempotency-Key`): one change for each actor and key. */
  readonly key: string;
  /** Hash of what was asked for: the same key for something else is a mistake. */
  readonly requestHash: string;
  readonly agentId: AgentId;
  /** Where the agent was then. */
  readonly divisionId: DivisionId | null;
  readonly cause: ChangeCause;
  /** The bulk, hold or automation it is part of; null for a change by itself. */
  readonly groupId: string | null;
  /** The change that this one takes back. */
  readonly undoes: string | null;
  /** Null for a reset of Not Responding. */
  readonly wanted: WantedWords | null;
  /** The person's own words for acting against the schedule. */
  readonly overrideReason: string | null;
  readonly correlationId: string;
  /** Our clock. */
  readonly requestedAt: number;
  readonly progress: ChangeProgress;
}

/** How far a change has come. */
export interface ChangeProgress {
  readonly state: ChangeState;
  /** What was there at the last look before the write. */
  readonly before: Presence | null;
  /** What the platform says it made of it; `since` is the platform's instant. */
  readonly written: Presence | null;
  /** What is there now, of `not-confirmed` and of a refusal because it was something else than expected. */
  readonly now: Presence | null;
  /** What somebody set between the last look and the write, which the platform cannot rule out: it was replaced. */
  readonly replaced: Presence | null;
  readonly problem: ChangeProblem | null;
  readonly platformCorrelationId: string | null;
  /** Our clock, when the platform took it; null where it did not. */
  readonly acceptedAt: number | null;
  /** Our clock, when it came to an end; null while it goes on. */
  readonly settledAt: number | null;
}

/** A change that nobody has begun. */
export const NOT_BEGUN: ChangeProgress = {
  state: 'waiting',
  before: null,
  written: null,
  now: null,
  replaced: null,
  problem: null,
  platformCorrelationId: null,
  acceptedAt: null,
  settledAt: null,
};

export interface ChangeFilter {
  readonly agentIds?: readonly AgentId[];
  readonly groupId?: string;
  /** Those that go on, and those that came to an end at this instant or later. */
  readonly settledSince?: number;
  readonly limit: number;
}

/** Where changes are kept, for all processes. Everything throws `StoreUnavailable` (of `@floorwatch/store`) while it cannot be reached. */
export interface ChangeStore {
  /** @returns what is kept under this actor and key: the new record, or the one that was first */
  add(record: ChangeRecord): Promise<ChangeRecord>;
  find(id: string): Promise<ChangeRecord | null>;
  findByKey(actor: AuditActor, key: string): Promise<ChangeRecord | null>;
  /** The newest first. */
  list(filter: ChangeFilter): Promise<ChangeRecord[]>;
  /** The last change of the agent whose write the platform dated so; null where none of ours. */
  findWritten(agentId: AgentId, at: number): Promise<ChangeRecord | null>;
  /** Replaces the progress. @param from only where it is in one of these states. @returns whether it was */
  progress(id: string, to: ChangeProgress, from?: readonly ChangeState[]): Promise<boolean>;
  /**
   * Takes the turn to change this agent, over all processes, until then (ms); false while another change has it. One whose time
   * is over is still held: whoever left it must be looked after first.
   */
  takeTurn(turn: { readonly agentId: AgentId; readonly changeId: string; readonly until: number }): Promise<boolean>;
  /** Keeps turns of ours from running out. */
  prolongTurns(changeIds: readonly string[], until: number): Promise<void>;
  endTurn(changeId: string): Promise<void>;
  /** Changes whose turn ran out: their process was killed, or is cut off. Taken over until then (ms) by whoever asks. */
  takeOverTurns(now: number, until: number): Promise<ChangeRecord[]>;
  /** Forgets what came to an end before this instant. The audit keeps it. */
  forgetBefore(at: number): Promise<void>;
}
