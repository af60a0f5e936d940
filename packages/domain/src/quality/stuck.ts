import type { AgentState } from '../agent/agent.ts';
import { workKind } from '../agent/contacts.ts';

/** How long routing may say "interacting" with no contact in hand before it is looked into, ms. */
export const STUCK_AFTER_MS = 60_000;

/**
 * Whether an agent looks stuck on contact: routing holds them as interacting for a while although no contact and no
 * after-call work is counted. Only a suspicion, to be checked against the platform.
 * @param now the platform's clock, ms
 */
export const looksStuck = ({ routing, contacts }: AgentState, now: number): boolean =>
  routing?.state === 'interacting' &&
  contacts !== null &&
  workKind(contacts) === 'none' &&
  now - Math.max(routing.since.at, contacts.since.at) >= STUCK_AFTER_MS;
