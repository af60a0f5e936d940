import type { Clock } from '@floorwatch/domain';
import { GenesysError, GenesysGrantRefused, GenesysUnauthorized, type TokenGrant } from '@floorwatch/genesys';
import type { Logger } from 'pino';
import type { SessionAudit } from './session-audit.ts';
import type { SessionShelf } from './session-shelf.ts';
import type { Session } from './session.ts';
import { hashOf, randomName } from './token-seal.ts';

/** How often sessions are looked after, ms. */
const TICK_MS = 5000;

/** Rights older than this are read again, ms: with the tick, a change takes effect within a minute. */
const RIGHTS_GOOD_FOR_MS = 45_000;

/** After a reading that failed, how long until the next, ms. */
const RIGHTS_AGAIN_MS = 10_000;

/** How often the store is asked for sessions whose time is over, ms. */
const CLEAR_EVERY_MS = 60_000;

/** A session that nobody uses leaves memory after this, ms; it stays in the store. */
const FORGET_AFTER_MS = 5 * 60_000;

/** How a browser's name for its session looks: anything else is not worth a look into the store. */
const ID = /^[\w-]{43}$/;

export interface SessionsOptions {
  readonly shelf: SessionShelf;
  readonly audit: SessionAudit;
  readonly clock: Clock;
  readonly log: Logger;
  /** How long a session may last at all, ms. */
  readonly longestMs: number;
}

/** Everybody who is signed in. The shelf has the sessions; in memory are those in use, with their rights. */
export class Sessions {
  readonly #options: SessionsOptions;
  readonly #inUse = new Map<string, Session>();
  readonly #loading = new Map<string, Promise<Session | null>>();
  readonly #reading = new Map<string, Promise<void>>();
  #stopTicking: () => void = () => undefined;
  #clearedAt = -Infinity;

  constructor(options: SessionsOptions) {
    this.#options = options;
  }

  start(): void {
    this.#stopTicking = this.#options.clock.every(TICK_MS, () => this.#tick());
  }

  /** Sessions go on in the store; what was seen last is written there. */
  async stop(): Promise<void> {
    this.#stopTicking();
    await Promise.all([...this.#inUse.values()].map((session) => this.#touch(session)));
  }

  /**
   * A new session for somebody with fresh tokens.
   * @returns what the browser is to hold
   * @throws GenesysError; StoreUnavailable where it cannot be kept, ApiError where the audit of it cannot
   */
  async open(grant: TokenGrant, correlationId: string): Promise<string> {
    const { shelf, audit, clock, longestMs } = this.#options;
    const id = randomName();
    const idHash = hashOf(id);
    const person = shelf.personOf(idHash, grant);
    const [profile, rights] = await Promise.all([person.readProfile(), person.readRights()]);
    await audit.record({ action: 'sign-in', outcome: 'accepted', person: profile, reason: null, correlationId });
    // Without the means to renew it the session cannot outlive its token.
    const endsAt = Math.min(clock.now() + longestMs, grant.refresh === null ? grant.expiresAt : Infinity);
    const session = await shelf.add({ idHash, person, profile, grant, endsAt });
    session.adopt(rights);
    this.#inUse.set(idHash, session);
    return id;
  }

  /**
   * The session a browser holds, with rights that are fresh; null where there is none or its time is over.
   * @throws StoreUnavailable, GenesysError where it is not in memory and cannot be brought there now
   */
  async visitOf(id: string): Promise<Session | null> {
    const session = ID.test(id) ? await this.#find(hashOf(id)) : null;
    if (session === null) return null;
    if (session.overBecause === null) session.noteSeen();
    return this.#admit(session);
  }

  /**
   * A session of somebody who has left us work to do, with rights that are fresh; null where they are signed in nowhere
   * any more. Being asked for does not count as being there.
   * @throws StoreUnavailable, GenesysError as `visitOf`
   */
  async ofPerson(userId: string): Promise<Session | null> {
    for (const session of [...this.#inUse.values()].filter(({ profile }) => profile.userId === userId))
      if (await this.#serves(session)) return session;
    for (const idHash of await this.#options.shelf.namesOfUser(userId)) {
      const session = await this.#find(idHash);
      if (session !== null && (await this.#serves(session))) return session;
    }
    return null;
  }

  async #serves(session: Session): Promise<boolean> {
    session.noteAsked();
    return (await this.#admit(session)) !== null;
  }

  /** With fresh rights; null where its time is over, or the platform says so. */
  async #admit(session: Session): Promise<Session | null> {
    const over = session.overBecause;
    if (over === null) await this.#keepRightsFresh(session);
    else await this.#end(session, over);
    return session.isEnded ? null : session;
  }

  /** Ends a session because its owner says so. */
  async signOut(session: Session, correlationId: string): Promise<void> {
    await this.#remove(session);
    const { profile: person } = session;
    await this.#options.audit.note({ action: 'sign-out', outcome: 'accepted', person, reason: null, correlationId });
    await this.#revoke(session);
  }

  async #find(idHash: string): Promise<Session | null> {
    const held = this.#inUse.get(idHash);
    if (held !== undefined) return held;
    const loading = this.#loading.get(idHash) ?? this.#load(idHash).finally(() => this.#loading.delete(idHash));
    this.#loading.set(idHash, loading);
    return loading;
  }

  async #load(idHash: string): Promise<Session | null> {
    const session = await this.#options.shelf.load(idHash);
    if (session !== null) this.#inUse.set(idHash, session);
    return session;
  }

  async #keepRightsFresh(session: Session): Promise<void> {
    const now = this.#options.clock.now();
    const failedAt = session.rightsFailedAt;
    if (now - session.rightsReadAt < RIGHTS_GOOD_FOR_MS) return;
    if (failedAt !== null && now - failedAt < RIGHTS_AGAIN_MS) return;
    const { idHash } = session;
    const reading = this.#reading.get(idHash) ?? this.#readRights(session).finally(() => this.#reading.delete(idHash));
    this.#reading.set(idHash, reading);
    if (failedAt === null) await reading;
    else reading.catch((error: unknown) => this.#logCareFailed(error)); // nobody waits for a platform that is away
  }

  /** While the platform cannot be asked the last known rights hold: an outage must not empty the walls. */
  async #readRights(session: Session): Promise<void> {
    try {
      session.adopt(await session.person.readRights());
      await this.#touch(session);
    } catch (error) {
      if (isTokenDead(error)) await this.#end(session, 'Genesys Cloud no longer honours its token');
      else if (error instanceof GenesysError && session.hasRights) this.#holdOn(session, error);
      else throw error;
    }
  }

  #holdOn(session: Session, { message: reason }: GenesysError): void {
    session.noteRightsFailed();
    this.#options.log.warn({ event: 'rights-not-read', reason }, 'the last known rights hold on');
  }

  #logCareFailed(error: unknown): void {
    this.#options.log.warn({ event: 'session-care-failed', err: error }, 'care of a session failed');
  }

  async #touch(session: Session): Promise<void> {
    if (await this.#options.shelf.touch(session)) return;
    this.#inUse.delete(session.idHash);
    session.end();
  }

  #tick(): void {
    const now = this.#options.clock.now();
    const failed = (error: unknown): void => this.#logCareFailed(error);
    for (const session of this.#inUse.values()) {
      const over = session.overBecause;
      if (over !== null) this.#end(session, over).catch(failed);
      else if (session.isWatched) this.#keepRightsFresh(session).catch(failed);
      else if (now - session.usedAt >= FORGET_AFTER_MS) {
        this.#inUse.delete(session.idHash);
        this.#touch(session).catch(failed);
      }
    }
    if (now - this.#clearedAt < CLEAR_EVERY_MS) return;
    this.#clearedAt = now;
    this.#clear().catch(failed);
  }

  /** Ends those whose time was over while nobody used them. */
  async #clear(): Promise<void> {
    for (const stored of await this.#options.shelf.clear()) {
      const session = this.#inUse.get(stored.idHash) ?? stored;
      await this.#end(session, session.overBecause ?? 'its time was over');
    }
  }

  async #end(session: Session, reason: string): Promise<void> {
    if (session.isEnded) return;
    await this.#remove(session);
    const { profile: person, idHash } = session;
    const correlationId = idHash.slice(0, 16);
    await this.#options.audit.note({ action: 'session-ended', outcome: 'accepted', person, reason, correlationId });
    await this.#revoke(session);
  }

  /** Ends it here and in the store: whatever fails, nobody can use it any more. */
  async #remove(session: Session): Promise<void> {
    this.#inUse.delete(session.idHash);
    session.end();
    await this.#options.shelf.remove(session.idHash);
  }

  async #revoke({ person }: Session): Promise<void> {
    await person.revoke().catch((error: unknown) => {
      if (isTokenDead(error)) return;
      this.#options.log.warn({ event: 'token-not-revoked', err: error }, 'a token was not revoked; it ends by itself');
    });
  }
}

const isTokenDead = (error: unknown): boolean =>
  error instanceof GenesysUnauthorized || error instanceof GenesysGrantRefused;
