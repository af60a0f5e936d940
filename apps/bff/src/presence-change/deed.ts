import type { AgentId, ChangeRecord, Presence, RoutingStatus, WantedPresence } from '@floorwatch/domain';
import type { PresenceHand, Written } from '@floorwatch/genesys';
import { presenceEtag } from './presence-etag.ts';
import { Refusal } from './refusal.ts';

/** One write at the platform, with the look before it. */
export interface Deed {
  /** What was there at the last look; null before it. */
  readonly before: Presence | null;
  /**
   * Reads what is there now.
   * @throws Refusal where it is not what the change was meant for; GenesysError
   */
  look(): Promise<void>;
  /** @throws GenesysError */
  write(): Promise<Written<Presence | RoutingStatus>>;
}

export interface DeedParts {
  readonly agentId: AgentId;
  readonly hand: PresenceHand;
  /** The ETag that must be there; null where any will do. */
  readonly expects: string | null;
  readonly condition: (there: Presence) => string | null;
}

const checkPresence = (there: Presence, { expects, condition }: DeedParts): void => {
  if (expects !== null && presenceEtag(there) !== expects)
    throw new Refusal(
      'version-conflict',
      'Somebody has changed this presence since you saw it: nothing was changed',
      there,
    );
  const why = condition(there);
  if (why !== null) throw new Refusal('change-impossible', why, there);
};

export interface WantedDeed extends WantedPresence {
  readonly system: NonNullable<ChangeRecord['wanted']>['system'];
}

/** Sets a presence. */
export class PresenceDeed implements Deed {
  before: Presence | null = null;
  readonly #parts: DeedParts;
  readonly #wanted: WantedDeed;

  constructor(parts: DeedParts, wanted: WantedDeed) {
    this.#parts = parts;
    this.#wanted = wanted;
  }

  async look(): Promise<void> {
    const { hand, agentId } = this.#parts;
    const there = await hand.getPresence(agentId);
    this.before = there;
    checkPresence(there, this.#parts);
    if (there.system === 'offline' && this.#wanted.system === 'onQueue')
      throw new Refusal(
        'change-impossible',
        'The agent is offline, and Genesys Cloud puts nobody on queue who is not logged in: ask the agent to log in first',
        there,
      );
  }

  write(): Promise<Written<Presence>> {
    const { hand, agentId } = this.#parts;
    const { definitionId, message } = this.#wanted;
    return hand.setPresence(agentId, { definitionId, message });
  }
}

/** Wakes an agent who is Not Responding. */
export class ResetDeed implements Deed {
  before: Presence | null = null;
  readonly #parts: DeedParts;

  constructor(parts: DeedParts) {
    this.#parts = parts;
  }

  async look(): Promise<void> {
    const { hand, agentId } = this.#parts;
    const [there, routing] = await Promise.all([hand.getPresence(agentId), hand.getRoutingStatus(agentId)]);
    this.before = there;
    checkPresence(there, this.#parts);
    if (routing.state !== 'notResponding')
      throw new Refusal(
        'change-impossible',
        'The agent is not Not Responding any more: there is nothing to reset',
        there,
      );
  }

  write(): Promise<Written<RoutingStatus>> {
    return this.#parts.hand.resetNotResponding(this.#parts.agentId);
  }
}
