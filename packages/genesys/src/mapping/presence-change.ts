import type { AgentId } from '@floorwatch/domain';
import type { AuditLogMessage } from '../wire/audit-log-message.ts';
import { toInstantMs } from './instant.ts';

/** Who changed a presence, as the audit has it. */
export interface PresenceChange {
  /** Platform clock, ms. */
  readonly at: number;
  /** The agent, somebody else for the agent, or a program. */
  readonly by: 'agent' | 'supervisor' | 'system';
  /** Null unless it was a person whom the audit names. */
  readonly name: string | null;
}

/** Null for an entry that changed nothing, or says not when. */
export const toPresenceChange = (agentId: AgentId, wire: AuditLogMessage): PresenceChange | null => {
  const at = toInstantMs(wire.eventDate);
  if (at === null || wire.status === 'FAILURE') return null;
  const person = wire.user?.id ?? null;
  if (person === null || (wire.level && wire.level !== 'USER')) return { at, by: 'system', name: null };
  return { at, by: person === agentId ? 'agent' : 'supervisor', name: wire.user?.name || null };
};
