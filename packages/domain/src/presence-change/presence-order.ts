import type { AgentId } from '../agent/ids.ts';
import type { SystemPresence } from '../agent/presence.ts';
import type { ChangeProblem } from './change-record.ts';
import type { WantedPresence } from './presence-change.ts';

/** What somebody has asked for that takes longer than their request: it goes on without them, and after a restart. */
export interface PresenceOrder {
  readonly id: string;
  /** Whose rights it is done with: the platform's user id, and the name to show. */
  readonly owner: { readonly userId: string; readonly name: string };
  readonly wanted: WantedPresence & { readonly label: string; readonly system: SystemPresence };
  /** The words with which a block of the schedule is overridden; null where none is. */
  readonly overrideReason: string | null;
  /** One for all that comes of it. */
  readonly correlationId: string;
  /** The caller's name for this try, and a hash of what was asked for with it. */
  readonly idempotencyKey: string;
  readonly requestHash: string;
  /** ms on our clock. */
  readonly startedAt: number;
}

/**
 * `running` · `done`: every agent had a turn · `cancelled`: by a person · `stopped`: it could not go on, `reason` says why.
 * The last three are final; agents without a turn are left alone.
 */
export const BULK_STATES = ['running', 'done', 'cancelled', 'stopped'] as const;

export type BulkState = (typeof BULK_STATES)[number];

/** The same presence for many agents, one after the other. */
export interface Bulk extends PresenceOrder {
  readonly state: BulkState;
  readonly reason: string | null;
  readonly endedAt: number | null;
}

/** An agent of a bulk: which presence is to be replaced, and the change that does it. */
export interface BulkTurn {
  readonly agentId: AgentId;
  readonly etag: string;
  /** Given before the change is begun, so that a turn that is taken twice is one change. */
  readonly changeId: string;
  /** Why there is no such change though the turn was taken; null nearly always. */
  readonly problem: ChangeProblem | null;
}

/** `agent`: chose something else · `time`: up · `person`: let go · `refused`: the platform or a rule said no */
export const HOLD_ENDINGS = ['agent', 'time', 'person', 'refused'] as const;

export type HoldEnding = (typeof HOLD_ENDINGS)[number];

/** A presence of one agent that is set again against drift, see `stepOfHold`. */
export interface PresenceHold extends PresenceOrder {
  readonly agentId: AgentId;
  readonly endsAt: number;
  /** When it was set last, ms on our clock, and how often again. */
  readonly setAt: number;
  readonly reasserted: number;
  /** The platform's instant of what was set last, ms: what is older is not an answer to it. */
  readonly heldSince: number;
  /** Null while it holds. */
  readonly ended: { readonly at: number; readonly why: HoldEnding; readonly reason: string } | null;
}
