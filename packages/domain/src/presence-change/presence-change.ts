import type { AgentId, PresenceDefinitionId } from '../agent/ids.ts';

/**
 * Where a change of presence stands. Each next one is final but for the first two.
 *
 * - `waiting`: for the end of the agent's contact, or its turn in a bulk
 * - `requested`: kept in the audit, on its way to the platform
 * - `accepted`: the platform took it, and no event has shown it yet
 * - `confirmed`: an event of the platform shows it · `not-confirmed`: none did in time
 * - `refused`: by a rule of ours or by the platform, nothing was changed · `failed`: the platform could not be asked, or did not say
 * - `cancelled`: taken back before it was requested
 */
export const CHANGE_STATES = [
  'waiting',
  'requested',
  'accepted',
  'confirmed',
  'not-confirmed',
  'refused',
  'failed',
  'cancelled',
] as const;

export type ChangeState = (typeof CHANGE_STATES)[number];

/** What made a change: a person's single choice, or one of the ways that lead to the same steps. */
export const CHANGE_CAUSES = ['direct', 'undo', 'bulk', 'after-contact', 'hold', 'automation'] as const;

export type ChangeCause = (typeof CHANGE_CAUSES)[number];

/** What is to be: a definition of the organisation, and the agent's note beside it. */
export interface WantedPresence {
  readonly definitionId: PresenceDefinitionId;
  /** Null takes a note away. */
  readonly message: string | null;
}

/** Who is changed to what. */
export interface Change {
  readonly agentId: AgentId;
  readonly wanted: WantedPresence;
}
