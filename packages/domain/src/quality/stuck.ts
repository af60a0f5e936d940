import type { AgentState } from '../agent/agent.ts';
import { workKind } from '../agent/contacts.ts';

/** How long routing may say "interacting" with no contact in hand before it is looked into, ms. */
export const STUCK_AFTER_MS = 60_000;

/** Whether nothing but time is missing for the agent to look stuck: the cheap question, asked at every change. */
export const mayGetStuck = ({ routing, contacts }: AgentState): boolean =>
  routing?.state === 'interacting' && contacts !== null && workKind(contacts) === 'none';

/**
 * Whether an agent looks stuck on contact: routing holds them as interacting for a while although no contact and no
 * after-call work is counted. Only a suspicion, to be checked against the platform.
 * @param now the platform's clock, ms
 */
export const looksStuck = (state: AgentState, now: number): boolean =>
  mayGetStuck(state) && now - emptyHandedSince(state) >= STUCK_AFTER_MS;

/** The later of the two facts, for it needs both; Infinity where one is missing. */
const emptyHandedSince = ({ routing, contacts }: AgentState): number =>
  Math.max(routing?.since.at ?? Infinity, contacts?.since.at ?? Infinity);
