import { roleOf, scopeKey, type Clock, type DivisionId, type Viewer } from '@floorwatch/domain';
import type { Person, PersonProfile, PersonRights, PresenceHand } from '@floorwatch/genesys';
import type { Visit } from '../plugins/access.ts';

export interface SessionParts {
  readonly idHash: string;
  readonly csrfToken: string;
  readonly person: Person;
  readonly profile: PersonProfile;
  readonly clock: Clock;
  /** ms on our clock. */
  readonly seenAt: number;
  readonly endsAt: number;
  readonly idleMs: number;
}

/** Somebody who is signed in, in memory: the rights as of the last reading, and who wants to hear of changes. */
export class Session implements Visit {
  readonly idHash: string;
  readonly csrfToken: string;
  readonly person: Person;
  readonly profile: PersonProfile;
  readonly endsAt: number;
  readonly #clock: Clock;
  readonly #idleMs: number;
  readonly #watchers = new Set<(viewer: Viewer | null) => void>();
  #viewer: Viewer | null = null;
  #divisionNames: ReadonlyMap<DivisionId, string> = new Map();
  #seenAt: number;
  #askedAt = -Infinity;
  #rightsReadAt = -Infinity;
  #rightsFailedAt: number | null = null;
  #isEnded = false;

  constructor({ idHash, csrfToken, person, profile, clock, seenAt, endsAt, idleMs }: SessionParts) {
    this.idHash = idHash;
    this.csrfToken = csrfToken;
    this.person = person;
    this.profile = profile;
    this.endsAt = endsAt;
    this.#clock = clock;
    this.#seenAt = seenAt;
    this.#idleMs = idleMs;
  }

  /** @throws Error before the rights were read: nobody gets hold of a session then */
  get viewer(): Viewer {
    if (this.#viewer === null) throw new Error('the rights of this session have not been read');
    return this.#viewer;
  }

  get hand(): PresenceHand {
    return this.person.hand;
  }

  get hasRights(): boolean {
    return this.#viewer !== null;
  }

  /** Names of divisions that the rights name. */
  get divisionNames(): ReadonlyMap<DivisionId, string> {
    return this.#divisionNames;
  }

  /** When the rights were last read, ms; before everything where they never were. */
  get rightsReadAt(): number {
    return this.#rightsReadAt;
  }

  /** When the last reading of the rights failed, ms; null where it did not. */
  get rightsFailedAt(): number | null {
    return this.#rightsFailedAt;
  }

  /** A page that is open and connected counts as being there: a wall is watched, not clicked. */
  get seenAt(): number {
    if (this.isWatched) this.#seenAt = this.#clock.now();
    return this.#seenAt;
  }

  /** When anybody last had a use for it, be it work that its owner has left. */
  get usedAt(): number {
    return Math.max(this.seenAt, this.#askedAt);
  }

  /** When it ends if nothing is done, ms. */
  get idlesAt(): number {
    return this.seenAt + this.#idleMs;
  }

  get isWatched(): boolean {
    return this.#watchers.size > 0;
  }

  get isEnded(): boolean {
    return this.#isEnded;
  }

  /** Why its time is over; null while it is not. */
  get overBecause(): string | null {
    const now = this.#clock.now();
    if (now >= this.endsAt) return 'the longest time of a session is over';
    return now >= this.idlesAt ? 'nobody was there for too long' : null;
  }

  noteSeen(): void {
    this.#seenAt = this.#clock.now();
  }

  /** Somebody works in the owner's name: not the owner. */
  noteAsked(): void {
    this.#askedAt = this.#clock.now();
  }

  /** Takes over what the platform says now; who watches is told where it is something else than before. */
  adopt({ rights, divisionNames }: PersonRights): void {
    this.#rightsReadAt = this.#clock.now();
    this.#rightsFailedAt = null;
    this.#divisionNames = divisionNames;
    const before = this.#viewer;
    if (before !== null && keyOf(before.rights) === keyOf(rights)) return;
    const viewer: Viewer = { ...this.profile, role: roleOf(rights), rights };
    this.#viewer = viewer;
    if (before !== null) for (const tell of this.#watchers) tell(viewer);
  }

  noteRightsFailed(): void {
    this.#rightsFailedAt = this.#clock.now();
  }

  watch(listener: (viewer: Viewer | null) => void): () => void {
    if (this.#isEnded) {
      listener(null);
      return () => undefined;
    }
    const tell = (viewer: Viewer | null): void => listener(viewer); // the same function may watch twice
    this.#watchers.add(tell);
    return () => {
      this.noteSeen();
      this.#watchers.delete(tell);
    };
  }

  /** Tells everybody who watches that it is over. */
  end(): void {
    this.#isEnded = true;
    for (const tell of this.#watchers) tell(null);
    this.#watchers.clear();
  }
}

const keyOf = (rights: Viewer['rights']): string =>
  [...rights]
    .map(([right, scope]) => `${right}=${scopeKey(scope)}`)
    .toSorted()
    .join(';');
