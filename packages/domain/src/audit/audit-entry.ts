import type { AgentId, DivisionId } from '../agent/ids.ts';

/** What is kept for ever: who tried what, and what came of it. */
export const AUDIT_ACTIONS = [
  'sign-in',
  'sign-out',
  'session-ended',
  'access-refused',
  'presence-change',
  'presence-hold',
  'export',
  'settings-change',
  'automation-change',
  'automation-run',
] as const;

export type AuditAction = (typeof AUDIT_ACTIONS)[number];

/**
 * `requested` stands before the deed, one of the others after it: a deed without an outcome was interrupted.
 * `not-confirmed`: the platform took it, and no event has shown it.
 */
export const AUDIT_OUTCOMES = ['requested', 'accepted', 'confirmed', 'not-confirmed', 'refused', 'failed'] as const;

export type AuditOutcome = (typeof AUDIT_OUTCOMES)[number];

export interface AuditActor {
  /** `person`: signed in · `automation`: a rule of Floorwatch · `system`: Floorwatch itself · `anonymous`: nobody signed in */
  readonly kind: 'person' | 'automation' | 'system' | 'anonymous';
  /** The platform's user id, or the automation's; null where nobody is known. */
  readonly id: string | null;
  readonly name: string | null;
}

/** What was there, or is there now, by name. Never a secret. */
export type AuditValues = Readonly<Record<string, string | number | boolean | null>>;

/** One thing that was done or tried. Values before and after are told in words of ours, never with secrets. */
export interface AuditRecord {
  /** Our clock, ms. */
  readonly at: number;
  readonly action: AuditAction;
  readonly outcome: AuditOutcome;
  readonly actor: AuditActor;
  /** The agent it is about, with the division at the time; null where it is about nobody. */
  readonly target: { readonly agentId: AgentId; readonly divisionId: DivisionId | null } | null;
  readonly before: AuditValues | null;
  readonly after: AuditValues | null;
  /** The person's own words, or why it was refused. */
  readonly reason: string | null;
  /** Ties the records of one deed together, and to our log. */
  readonly correlationId: string;
  /** The platform's own, where it was asked. */
  readonly platformCorrelationId: string | null;
}

/** A record in its place in the chain. The rule of the chain is in `chain.ts`. */
export interface AuditEntry extends AuditRecord {
  /** From 1, without gaps. */
  readonly seq: number;
  /** Hash of the entry before; that of `CHAIN_START` for the first. */
  readonly previousHash: string;
  /** SHA-256 over the number, the previous hash and this record in canonical form. 64 hex digits. */
  readonly hash: string;
}

/** How far a chain goes. Whoever has noted one down notices when the chain is cut off before it, or rewritten. */
export interface ChainHead {
  readonly seq: number;
  readonly hash: string;
}

/** The first place where a chain does not hold together. */
export interface ChainBreak {
  readonly seq: number;
  /** In words for a person. */
  readonly reason: string;
}

/** How far a chain holds together, from its first entry. */
export interface ChainCheck {
  readonly head: ChainHead;
  readonly broken: ChainBreak | null;
}

export interface AuditFilter {
  readonly actions?: readonly AuditAction[];
  readonly outcomes?: readonly AuditOutcome[];
  readonly actorId?: string;
  readonly agentIds?: readonly AgentId[];
  /** ms; `to` is not part of it. */
  readonly from?: number;
  readonly to?: number;
  readonly correlationId?: string;
  /** Only what is about agents that were in one of these then: entries about nobody are not. */
  readonly divisionIds?: readonly DivisionId[];
}

/** Which entries, newest first: those before `beforeSeq`, at most `limit`. */
export interface AuditPage {
  readonly beforeSeq: number | null;
  readonly limit: number;
}

/** Where audit entries are kept: they are added, and never changed or taken away. */
export interface AuditLog {
  /**
   * Adds a record at the end of the chain and resolves when it is safely kept; several processes may add at once.
   * @throws StoreUnavailable (of `@floorwatch/store`): what the record is about must then not be done
   */
  append(record: AuditRecord): Promise<AuditEntry>;
  read(filter: AuditFilter, page: AuditPage): Promise<AuditEntry[]>;
  /** How many entries there are of those. */
  count(filter: AuditFilter, page: Pick<AuditPage, 'beforeSeq'>): Promise<number>;
  /** The last entry's place; `CHAIN_START` where there is none. */
  head(): Promise<ChainHead>;
  /**
   * Walks the whole chain, up to the first place where it does not hold together.
   * @param witnesses heads that were noted down before: the chain must go through each
   */
  verify(witnesses?: readonly ChainHead[]): Promise<ChainCheck>;
}
