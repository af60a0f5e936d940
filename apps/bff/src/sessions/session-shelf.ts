import type { Clock } from '@floorwatch/domain';
import type { People, Person, PersonProfile, TokenGrant } from '@floorwatch/genesys';
import type { StoredSession } from '@floorwatch/store';
import type { Logger } from 'pino';
import { openTokens, sealTokens } from './kept-tokens.ts';
import type { SessionStore } from './session-store.ts';
import { Session } from './session.ts';
import type { TokenSeal } from './token-seal.ts';

export interface SessionShelfOptions {
  readonly people: People;
  readonly store: SessionStore;
  readonly seal: TokenSeal;
  readonly clock: Clock;
  readonly log: Logger;
  /** How long a session may go without anybody there, ms. */
  readonly idleMs: number;
}

/** A session that is about to be kept for the first time. */
export interface NewSession {
  readonly idHash: string;
  readonly person: Person;
  readonly profile: PersonProfile;
  readonly grant: TokenGrant;
  readonly endsAt: number;
}

/** Sessions as the store has them: tokens sealed on the way in, opened on the way out. What it cannot take now is tried again. */
export class SessionShelf {
  readonly #options: SessionShelfOptions;
  /** Ended, but still in the store. */
  readonly #toRemove = new Set<string>();
  /** Sealed tokens that the store lacks, by session. */
  readonly #toKeep = new Map<string, string>();

  constructor(options: SessionShelfOptions) {
    this.#options = options;
  }

  /** @throws StoreUnavailable */
  async add({ idHash, person, profile, grant, endsAt }: NewSession): Promise<Session> {
    const { store, seal, clock } = this.#options;
    const tokens = sealTokens(seal, grant, idHash);
    const stored = { idHash, userId: profile.userId, userName: profile.name, tokens, seenAt: clock.now(), endsAt };
    await store.add(stored);
    return this.#sessionOf(stored, person);
  }

  /** @throws StoreUnavailable */
  async load(idHash: string): Promise<Session | null> {
    if (this.#toRemove.has(idHash)) return null;
    const { store, log } = this.#options;
    const stored = await store.find(idHash);
    if (stored === null) return null;
    const session = this.#open(stored);
    if (session !== null) return session;
    log.warn({ event: 'session-unreadable' }, 'a session was sealed with another key: its owner signs in again');
    await store.remove(idHash);
    return null;
  }

  /**
   * Names of a person's sessions, the one used last first.
   * @throws StoreUnavailable
   */
  async namesOfUser(userId: string): Promise<string[]> {
    const stored = await this.#options.store.listOfUser(userId);
    return stored.map(({ idHash }) => idHash);
  }

  /** Writes down when it was last seen. @returns false where another instance has ended it */
  async touch({ idHash, seenAt }: Session): Promise<boolean> {
    try {
      return await this.#options.store.touch(idHash, seenAt);
    } catch (error) {
      this.#options.log.warn({ event: 'session-not-kept', err: error }, 'sessions cannot be written now');
      return true;
    }
  }

  /** From here on nobody finds it any more, whether the store can be reached or not. */
  async remove(idHash: string): Promise<void> {
    this.#toRemove.add(idHash);
    try {
      await this.#options.store.remove(idHash);
      this.#toRemove.delete(idHash);
    } catch (error) {
      this.#options.log.warn({ event: 'session-not-removed', err: error }, 'a session that has ended is still kept');
    }
  }

  /**
   * Does what the store could not take before, and takes out the sessions whose time is over.
   * @throws StoreUnavailable
   */
  async clear(): Promise<Session[]> {
    const { store, clock, idleMs } = this.#options;
    for (const [idHash, tokens] of this.#toKeep) await this.#keep(idHash, tokens);
    for (const idHash of this.#toRemove) await this.remove(idHash);
    const now = clock.now();
    const ended = await store.removeEnded({ now, seenBefore: now - idleMs });
    return ended.map((stored) => this.#open(stored)).filter((session) => session !== null);
  }

  /** The owner of a session, at the platform. */
  personOf(idHash: string, grant: TokenGrant): Person {
    const { people, seal, store } = this.#options;
    return people.person({
      grant,
      keep: (next) => this.#keep(idHash, sealTokens(seal, next, idHash)),
      reload: async () => {
        const stored = await store.find(idHash);
        return stored === null ? null : openTokens(seal, stored.tokens, idHash);
      },
    });
  }

  #open(stored: StoredSession): Session | null {
    const grant = openTokens(this.#options.seal, stored.tokens, stored.idHash);
    return grant === null ? null : this.#sessionOf(stored, this.personOf(stored.idHash, grant));
  }

  #sessionOf({ idHash, userId, userName, seenAt, endsAt }: StoredSession, person: Person): Session {
    const { seal, clock, idleMs } = this.#options;
    const profile = { userId, name: userName };
    return new Session({ idHash, csrfToken: seal.csrfTokenOf(idHash), person, profile, clock, seenAt, endsAt, idleMs });
  }

  async #keep(idHash: string, tokens: string): Promise<void> {
    this.#toKeep.delete(idHash);
    try {
      await this.#options.store.replaceTokens(idHash, tokens);
    } catch (error) {
      this.#toKeep.set(idHash, tokens);
      this.#options.log.warn({ event: 'tokens-not-kept', err: error }, 'new tokens could not be kept yet');
    }
  }
}
