import type { AgentId, Presence, RoutingStatus, WantedPresence } from '@floorwatch/domain';

/** The platform's request window of one token. Instants are ms on our clock; null where the platform has not said, or there is no pause. */
export interface HandBudget {
  readonly allowed: number | null;
  readonly used: number;
  readonly resetsAt: number | null;
  readonly pausedUntil: number | null;
}

/** What the platform says it made of a write. */
export interface Written<Fact> {
  readonly fact: Fact;
  /** The platform's `ININ-Correlation-Id`. */
  readonly correlationId: string | null;
}

/**
 * Whoever changes other people's presence: somebody who has signed in, with the own token and request budget, or the service.
 * Every call is made once (a write that got no answer may have been made) and at interactive priority; it throws `GenesysError`s,
 * `GenesysNotPermitted` where the platform does not let this one do it.
 */
export interface PresenceHand {
  getPresence(id: AgentId): Promise<Presence>;
  getRoutingStatus(id: AgentId): Promise<RoutingStatus>;
  /** @throws GenesysRejected 409 `presenceservice.conflict`: an earlier write is not finished yet (API §5.6) */
  setPresence(id: AgentId, wanted: WantedPresence): Promise<Written<Presence>>;
  /** Not Responding → Idle, the one move that is allowed (API §6). @throws GenesysRejected 400 for any other */
  resetNotResponding(id: AgentId): Promise<Written<RoutingStatus>>;
  /** How much of its request window is used: whoever has many changes to make goes by it. */
  budget(): HandBudget;
}
