import { agentId, type AgentId } from '@floorwatch/domain';
import type { AuditLogMessage } from '../wire/audit-log-message.ts';
import { toInstantMs } from './instant.ts';

/** Who changed a presence, as the audit has it. */
export interface PresenceChange {
  /** Whose presence it is. */
  readonly agentId: AgentId;
  /** Platform clock, ms. */
  readonly at: number;
  /** The agent, somebody else for the agent, or a program. */
  readonly by: 'agent' | 'supervisor' | 'system';
  /** The other person, for whom there may be no name; null unless it was one. */
  readonly setter: AgentId | null;
  /** Null unless it was a person whom the audit names. */
  readonly name: string | null;
}

/** Null for an entry that changed nothing, or says not when or whose. */
export const toPresenceChange = (wire: AuditLogMessage): PresenceChange | null => {
  const at = toInstantMs(wire.eventDate);
  const changed = wire.entity?.id ?? null;
  if (at === null || changed === null || wire.status === 'FAILURE') return null;
  const change = { agentId: agentId(changed), at, setter: null, name: null };
  const person = wire.user?.id ?? null;
  if (person === null || (wire.level && wire.level !== 'USER')) return { ...change, by: 'system' };
  const name = wire.user?.name || null;
  return person === changed
    ? { ...change, by: 'agent', name }
    : { ...change, by: 'supervisor', setter: agentId(person), name };
};
