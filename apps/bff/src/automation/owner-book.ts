import {
  agentId,
  roleOf,
  scopeKey,
  type AgentId,
  type Clock,
  type DivisionScope,
  type Right,
  type Viewer,
} from '@floorwatch/domain';
import type { GenesysCloud } from '@floorwatch/genesys';
import type { AutomationTable, StoredOwner, StoredPause } from '@floorwatch/store';
import type { Logger } from 'pino';

/** Rights that were read longer ago are not believed any more, ms: whoever has not signed in for a month. */
export const OWNER_UNSEEN_MS = 30 * 24 * 3_600_000;

/** That somebody is still an active user is asked once in this time, ms. */
const THERE_FOR_MS = 5 * 60_000;

/** What did not change is written again after this, ms. */
const WRITE_AGAIN_MS = 3_600_000;

export interface OwnerBookOptions {
  readonly rules: Pick<AutomationTable, 'noteOwner' | 'listOwners'>;
  readonly cloud: Pick<GenesysCloud, 'getUsers'>;
  readonly clock: Clock;
  readonly log: Logger;
}

/** What is wrong with an owner: the automations stand still. */
export type OwnerProblem = Omit<StoredPause, 'at'>;

/** Those who have made automations, with the rights as they were last known: read whenever they are here, never guessed. */
export class OwnerBook {
  readonly #options: OwnerBookOptions;
  readonly #owners = new Map<string, StoredOwner>();
  readonly #writtenAt = new Map<string, number>();
  readonly #thereAt = new Map<string, number>();
  readonly #lost = new Set<(userId: string) => void>();

  constructor(options: OwnerBookOptions) {
    this.#options = options;
  }

  /** @throws StoreUnavailable */
  async load(): Promise<void> {
    for (const owner of await this.#options.rules.listOwners()) {
      const known = this.#owners.get(owner.userId);
      if (known === undefined || known.seenAt < owner.seenAt) this.#owners.set(owner.userId, owner);
    }
  }

  /** Calls back when it is noticed that an owner may not change presences any more. */
  onLost(listener: (userId: string) => void): void {
    this.#lost.add(listener);
  }

  /** Somebody is here who makes an automation. @throws StoreUnavailable */
  async adopt(viewer: Viewer): Promise<void> {
    await this.#keep(this.#ownerOf(viewer));
  }

  /** Somebody is here, with these rights: noted down of owners. */
  note(viewer: Viewer): void {
    const before = this.#owners.get(viewer.userId);
    if (before === undefined) return;
    const owner = this.#ownerOf(viewer);
    const isSame = keyOf(before.mayChange) === keyOf(owner.mayChange) && before.name === owner.name;
    this.#owners.set(owner.userId, owner);
    if (!isSame || owner.seenAt - (this.#writtenAt.get(owner.userId) ?? 0) >= WRITE_AGAIN_MS)
      this.#keep(owner).catch((error: unknown) => {
        this.#options.log.warn({ event: 'owner-not-kept', reason: String(error) }, 'rights could not be noted down');
      });
    if (owner.mayChange === null && before.mayChange !== null) for (const tell of this.#lost) tell(owner.userId);
  }

  of(userId: string): StoredOwner | null {
    return this.#owners.get(userId) ?? null;
  }

  /** Where an owner may change presences, as last known; null for nowhere. */
  scopeOf(userId: string): DivisionScope | null {
    return this.of(userId)?.mayChange ?? null;
  }

  /** An owner as somebody whose rights count. */
  viewerOf(userId: string): Viewer {
    const owner = this.of(userId);
    const rights = new Map<Right, DivisionScope>();
    if (owner !== null && owner.mayChange !== null)
      for (const right of ['see-floor', 'change-presence'] as const) rights.set(right, owner.mayChange);
    return { userId, name: owner?.name ?? userId, role: roleOf(rights), rights };
  }

  /** Why nothing may be done for an owner; null where it may. A platform that cannot be asked leaves it at what is known. */
  async problemOf(userId: string, signal: AbortSignal): Promise<OwnerProblem | null> {
    const owner = this.of(userId);
    const name = owner?.name ?? 'Its owner';
    if (owner === null || owner.mayChange === null)
      return { cause: 'owner-lost-right', reason: `${name} may not change presences any more` };
    if (this.#options.clock.now() - owner.seenAt > OWNER_UNSEEN_MS)
      return {
        cause: 'owner-not-seen',
        reason: `${name} has not signed in for 30 days, so the rights are not known any more`,
      };
    return (await this.#isGone(agentId(userId), signal))
      ? { cause: 'owner-gone', reason: `${name} is not an active user of Genesys Cloud any more` }
      : null;
  }

  async #isGone(id: AgentId, signal: AbortSignal): Promise<boolean> {
    const now = this.#options.clock.now();
    if (now - (this.#thereAt.get(id) ?? -Infinity) < THERE_FOR_MS) return false;
    try {
      const users = await this.#options.cloud.getUsers([id], { priority: 'resync', signal });
      if (users.length > 0) this.#thereAt.set(id, now);
      return users.length === 0;
    } catch (error) {
      this.#options.log.warn({ event: 'owner-not-read', reason: String(error) }, 'the last known rights hold on');
      return false;
    }
  }

  #ownerOf({ userId, name, rights }: Viewer): StoredOwner {
    return { userId, name, mayChange: rights.get('change-presence') ?? null, seenAt: this.#options.clock.now() };
  }

  async #keep(owner: StoredOwner): Promise<void> {
    await this.#options.rules.noteOwner(owner);
    this.#owners.set(owner.userId, owner);
    this.#writtenAt.set(owner.userId, owner.seenAt);
  }
}

const keyOf = (scope: DivisionScope | null): string => (scope === null ? 'nowhere' : scopeKey(scope));
