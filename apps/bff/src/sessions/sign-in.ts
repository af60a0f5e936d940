import { createHash } from 'node:crypto';
import type { SignInProblem } from '@floorwatch/contracts';
import type { Clock } from '@floorwatch/domain';
import { GenesysError, GenesysGrantRefused, type People, type TokenGrant } from '@floorwatch/genesys';
import { StoreUnavailable, type StoredSignIn } from '@floorwatch/store';
import type { Logger } from 'pino';
import { ApiError } from '../plugins/api-error.ts';
import type { LockOut } from './lock-out.ts';
import { returnPathOf } from './return-path.ts';
import type { SessionAudit } from './session-audit.ts';
import type { SessionStore } from './session-store.ts';
import type { Sessions } from './sessions.ts';
import { hashOf, randomName, type TokenSeal } from './token-seal.ts';

/** How long a person may take on the platform's page, ms. */
export const SIGN_IN_TAKES_AT_MOST_MS = 10 * 60_000;

export interface SignInOptions {
  readonly people: People;
  readonly sessions: Sessions;
  readonly store: SessionStore;
  readonly seal: TokenSeal;
  readonly lockOut: LockOut;
  readonly audit: SessionAudit;
  readonly clock: Clock;
  readonly log: Logger;
}

export interface Begin {
  readonly returnTo: string | undefined;
  /** Our callback, as this browser reaches it. */
  readonly redirectUri: string;
  /** What ties the sign-in to one browser; null where it holds nothing yet. */
  readonly browser: string | null;
  readonly address: string;
}

export interface Answer {
  readonly state: string | undefined;
  readonly code: string | undefined;
  /** Of RFC 6749: `access_denied` where the person said no. */
  readonly error: string | undefined;
  readonly browser: string | null;
  readonly address: string;
  readonly correlationId: string;
}

export type SignInOutcome =
  | { readonly kind: 'signed-in'; readonly sessionId: string; readonly returnTo: string }
  | { readonly kind: 'failed'; readonly problem: SignInProblem; readonly returnTo: string; readonly waitMs?: number };

/** A person's way to the platform's page and back: state, verifier and the page to return to never leave the BFF. */
export class SignIn {
  readonly #options: SignInOptions;

  constructor(options: SignInOptions) {
    this.#options = options;
  }

  /** Where to send the browser, and what it must hold to come back. */
  async begin(begin: Begin): Promise<{ readonly location: string; readonly browser: string } | SignInOutcome> {
    const { people, store, seal, clock } = this.#options;
    const returnTo = returnPathOf(begin.returnTo);
    const locked = this.#lockedOut(begin.address, returnTo);
    if (locked !== null) return locked;
    const browser = begin.browser ?? randomName();
    const [state, verifier] = [randomName(), randomName()];
    const stateHash = hashOf(state);
    try {
      await store.addSignIn({
        stateHash,
        browserHash: hashOf(browser),
        verifier: seal.seal(verifier, stateHash),
        redirectUri: begin.redirectUri,
        returnTo,
        expiresAt: clock.now() + SIGN_IN_TAKES_AT_MOST_MS,
      });
    } catch (error) {
      return this.#unavailable(error, returnTo);
    }
    const codeChallenge = createHash('sha256').update(verifier).digest('base64url');
    return { location: people.signInAddress({ redirectUri: begin.redirectUri, state, codeChallenge }), browser };
  }

  /** What the browser came back with. */
  async finish(answer: Answer): Promise<SignInOutcome> {
    const locked = this.#lockedOut(answer.address, '/');
    if (locked !== null) return locked;
    let returnTo = '/';
    try {
      const begun = await this.#take(answer);
      if (begun === null) return await this.#fail('expired', { answer, returnTo });
      ({ returnTo } = begun);
      if (answer.error === 'access_denied') return await this.#fail('denied', { answer, returnTo });
      const grant = await this.#redeem(answer, begun);
      if (grant === null) return await this.#fail('refused', { answer, returnTo });
      const sessionId = await this.#options.sessions.open(grant, answer.correlationId);
      this.#options.lockOut.noteSuccess(answer.address);
      return { kind: 'signed-in', sessionId, returnTo };
    } catch (error) {
      return this.#unavailable(error, returnTo);
    }
  }

  /** The sign-in this answers, of this browser and in time; whatever it is, it is used up. */
  async #take({ state, browser }: Answer): Promise<StoredSignIn | null> {
    if (state === undefined || browser === null) return null;
    const begun = await this.#options.store.takeSignIn(hashOf(state));
    const isGood =
      begun !== null && begun.browserHash === hashOf(browser) && this.#options.clock.now() < begun.expiresAt;
    return isGood ? begun : null;
  }

  async #redeem({ code, error }: Answer, begun: StoredSignIn): Promise<TokenGrant | null> {
    const { people, seal, log } = this.#options;
    const codeVerifier = seal.open(begun.verifier, begun.stateHash);
    if (code === undefined || error !== undefined || codeVerifier === null) {
      log.warn({ event: 'sign-in-refused', error }, 'Genesys Cloud did not let somebody sign in');
      return null;
    }
    try {
      return await people.redeemCode({ code, codeVerifier, redirectUri: begun.redirectUri });
    } catch (failure) {
      if (failure instanceof GenesysGrantRefused) return null;
      throw failure;
    }
  }

  async #fail(
    problem: SignInProblem,
    { answer, returnTo }: { readonly answer: Answer; readonly returnTo: string },
  ): Promise<SignInOutcome> {
    if (problem !== 'denied') this.#options.lockOut.noteFailure(answer.address);
    const { correlationId } = answer;
    await this.#options.audit.note({
      action: 'sign-in',
      outcome: 'refused',
      person: null,
      reason: problem,
      correlationId,
    });
    return { kind: 'failed', problem, returnTo };
  }

  #lockedOut(address: string, returnTo: string): SignInOutcome | null {
    const waitMs = this.#options.lockOut.waitMs(address);
    return waitMs > 0 ? { kind: 'failed', problem: 'locked', returnTo, waitMs } : null;
  }

  #unavailable(error: unknown, returnTo: string): SignInOutcome {
    const isExpected = error instanceof GenesysError || error instanceof StoreUnavailable || error instanceof ApiError;
    if (!isExpected) throw error;
    this.#options.log.error({ event: 'sign-in-unavailable', err: error }, 'nobody can sign in now');
    return { kind: 'failed', problem: 'unavailable', returnTo };
  }
}
