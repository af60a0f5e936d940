import type { AgentId, ChangeStore, Presence, SetBy, SetterKind } from '@floorwatch/domain';
import { GenesysError, type GenesysCloud, type PresenceChange } from '@floorwatch/genesys';

/** The platform's audit dates a change a little apart from the change itself, ms. */
const APART_MS = 1000;

/** What the platform has told is asked once; of so many presences. */
const TOLD_KEPT = 1000;

export const UNKNOWN_SETTER: SetBy = { kind: 'unknown', id: null, name: null };

/** Nobody is asked: for many presences at once, each of which would take calls of its own. */
export const NOBODY_ASKED: Pick<WhoSet, 'of' | 'ofOurs'> = {
  of: async () => UNKNOWN_SETTER,
  ofOurs: async () => UNKNOWN_SETTER,
};

/** Who set a presence: our own changes first, then the platform's audit; never guessed. */
export class WhoSet {
  readonly #store: ChangeStore;
  readonly #cloud: Pick<GenesysCloud, 'listPresenceChanges'>;
  readonly #told = new Map<string, SetBy>();

  constructor({
    store,
    cloud,
  }: {
    readonly store: ChangeStore;
    readonly cloud: Pick<GenesysCloud, 'listPresenceChanges'>;
  }) {
    this.#store = store;
    this.#cloud = cloud;
  }

  /** @throws StoreUnavailable */
  async of(agentId: AgentId, presence: Presence): Promise<SetBy> {
    const ours = await this.ofOurs(agentId, presence);
    if (ours.kind !== 'unknown' || !presence.since.exact) return ours;
    const asked = `${agentId} ${String(presence.since.at)}`;
    const known = this.#told.get(asked);
    if (known !== undefined) return known;
    const told = await this.#atThePlatform(agentId, presence.since.at);
    if (told === null) return UNKNOWN_SETTER;
    this.#told.set(asked, told);
    const [oldest] = this.#told.keys();
    if (this.#told.size > TOLD_KEPT && oldest !== undefined) this.#told.delete(oldest);
    return told;
  }

  /** The same without the platform: unknown for what others have set. @throws StoreUnavailable */
  async ofOurs(agentId: AgentId, { since }: Presence): Promise<SetBy> {
    const ours = since.exact ? await this.#store.findWritten(agentId, since.at) : null;
    if (ours === null) return UNKNOWN_SETTER;
    const { id, name, kind } = ours.actor;
    return { kind: kind === 'person' ? setterKind(agentId, id) : kind === 'automation' ? kind : 'system', id, name };
  }

  /**
   * What the platform's own audit says of a change of that instant; null where it says nothing, or cannot be asked.
   * It may take a while to know.
   */
  async #atThePlatform(agentId: AgentId, at: number): Promise<SetBy | null> {
    const changes = await this.between(agentId, { from: at - APART_MS, to: at + APART_MS });
    const [closest] = (changes ?? []).toSorted((a, b) => Math.abs(a.at - at) - Math.abs(b.at - at));
    return closest === undefined ? null : { kind: closest.by, id: personOf(closest), name: closest.name };
  }

  /** Who changed the presence in that time, as the platform's audit has it; null where it cannot be asked. */
  async between(agentId: AgentId, interval: { readonly from: number; readonly to: number }) {
    try {
      return await this.#cloud.listPresenceChanges(agentId, interval, { priority: 'interactive' });
    } catch (error) {
      if (error instanceof GenesysError) return null;
      throw error;
    }
  }
}

/** Who it was: the agent, or the other person; null for a program. */
export const personOf = ({ by, agentId, setter }: PresenceChange): AgentId | null =>
  by === 'agent' ? agentId : setter;

const setterKind = (agentId: AgentId, id: string | null): SetterKind => (id === agentId ? 'agent' : 'supervisor');
