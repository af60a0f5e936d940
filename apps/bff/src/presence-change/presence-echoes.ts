import type { AgentId, AgentObservation, Presence, RoutingStatus } from '@floorwatch/domain';

/** What the platform tells of one agent from a moment on, in the order in which it comes, late ones too. */
export interface EchoTrail {
  readonly presences: readonly Presence[];
  readonly routings: readonly RoutingStatus[];
  /** Called with each further one. */
  listen(listener: () => void): void;
  stop(): void;
}

/** More than this nobody does while one change is watched; the oldest goes first. */
const KEPT = 100;

class Trail implements EchoTrail {
  readonly presences: Presence[] = [];
  readonly routings: RoutingStatus[] = [];
  readonly stop: () => void;
  readonly #listeners: (() => void)[] = [];

  constructor(stop: (trail: Trail) => void) {
    this.stop = () => stop(this);
  }

  listen(listener: () => void): void {
    this.#listeners.push(listener);
  }

  note({ presence, routing }: AgentObservation): void {
    if (presence !== undefined) keep(this.presences, presence);
    if (routing !== undefined) keep(this.routings, routing);
    for (const listener of this.#listeners) listener();
  }
}

const keep = <Fact>(facts: Fact[], fact: Fact): void => {
  facts.push(fact);
  if (facts.length > KEPT) facts.shift();
};

/**
 * Hears everything that is seen of agents whom somebody is changing. Not the board's changes: an echo that comes after something
 * newer changes nothing on the board, and still tells that the change was made.
 */
export class PresenceEchoes {
  readonly #trails = new Map<AgentId, Set<Trail>>();

  /** To be called when the board has taken it over. */
  taken(seen: AgentObservation): void {
    for (const trail of this.#trails.get(seen.agentId) ?? []) trail.note(seen);
  }

  /** Follows an agent until the trail is stopped. */
  follow(id: AgentId): EchoTrail {
    const trails = this.#trails.get(id) ?? new Set();
    this.#trails.set(id, trails);
    const trail = new Trail((stopped) => {
      trails.delete(stopped);
      if (trails.size === 0) this.#trails.delete(id);
    });
    trails.add(trail);
    return trail;
  }
}
