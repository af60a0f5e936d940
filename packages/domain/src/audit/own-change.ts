import type { AgentId } from '../agent/ids.ts';
import type { SetBy } from '../agent/set-by.ts';
import type { AuditActor, AuditEntry, AuditFilter } from './audit-entry.ts';

/** A presence that Floorwatch set for somebody, and the platform has shown since. */
export interface OwnChange {
  readonly agentId: AgentId;
  /** The platform's own instant of the presence, ms. */
  readonly at: number;
  readonly setBy: SetBy;
}

/** Entries that `ownChangeOf` can read. */
export const OWN_CHANGES: AuditFilter = { actions: ['presence-change'], outcomes: ['confirmed'] };

/** What a confirmed entry tells; null for any other entry. */
export const ownChangeOf = ({ action, outcome, target, after, actor }: AuditEntry): OwnChange | null => {
  const since = after?.['since'];
  if (action !== 'presence-change' || outcome !== 'confirmed' || target === null || typeof since !== 'number')
    return null;
  return { agentId: target.agentId, at: since, setBy: setByOf(actor, target.agentId) };
};

/** Whoever changes their own presence is the agent. */
const setByOf = ({ kind, id, name }: AuditActor, target: AgentId): SetBy => {
  if (kind === 'person') return { kind: id === target ? 'agent' : 'supervisor', id, name };
  return kind === 'anonymous' ? { kind: 'unknown', id: null, name: null } : { kind, id, name };
};
