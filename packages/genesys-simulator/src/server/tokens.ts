import { randomBytes, randomUUID } from 'node:crypto';
import type { Subject } from '../org/role.ts';
import type { IssuedSecrets } from '../oauth/issued-secrets.ts';
import type { RealClock } from '../time/system-clock.ts';
import { RateWindow } from './rate-window.ts';

export interface AccessToken {
  /** Names the token inside the simulator; never on the wire. */
  readonly id: string;
  readonly value: string;
  readonly clientId: string;
  readonly subject: Subject;
  /** Real time, ms: clients count `expires_in` on their own clock. */
  readonly expiresAt: number;
  readonly rate: RateWindow;
}

/** 5 minutes to 48 hours on the platform, 24 hours unless the client says otherwise (API §2.2). */
export const DEFAULT_TOKEN_LIFETIME_SECONDS = 86_400;

interface TokensDeps {
  readonly secrets: IssuedSecrets;
  readonly realClock: RealClock;
  /** Asked for with every new token. */
  readonly lifetimeSeconds: () => number;
  readonly requestsPerMinute: () => number;
}

/** What the owner of a refresh token gets a new access token for. */
export interface RefreshGrant {
  readonly clientId: string;
  readonly subject: Subject;
}

/** Tokens in circulation. Opaque and independent: a new one leaves the older ones valid (API §2.2). */
export class Tokens {
  readonly #deps: TokensDeps;
  readonly #byValue = new Map<string, AccessToken>();
  readonly #refreshable = new Map<string, RefreshGrant>();

  constructor(deps: TokensDeps) {
    this.#deps = deps;
  }

  get count(): number {
    return this.#byValue.size;
  }

  get lifetimeSeconds(): number {
    return this.#deps.lifetimeSeconds();
  }

  issue(clientId: string, subject: Subject): AccessToken {
    const { realClock, requestsPerMinute } = this.#deps;
    const token: AccessToken = {
      id: randomUUID(),
      value: randomBytes(32).toString('base64url'),
      clientId,
      subject,
      expiresAt: realClock.now() + this.lifetimeSeconds * 1000,
      rate: new RateWindow(realClock, requestsPerMinute),
    };
    this.#byValue.set(token.value, token);
    this.#deps.secrets.note('access token', token.value);
    return token;
  }

  /** @returns a refresh token: good for one new access token, with which comes the next refresh token */
  issueRefresh(grant: RefreshGrant): string {
    const value = randomBytes(32).toString('base64url');
    this.#refreshable.set(value, grant);
    this.#deps.secrets.note('refresh token', value);
    return value;
  }

  /** Takes a refresh token in; null when it is unknown, used, revoked, or another client's. */
  redeemRefresh(value: string, clientId: string): RefreshGrant | null {
    const grant = this.#refreshable.get(value);
    if (grant === undefined || grant.clientId !== clientId) return null;
    this.#refreshable.delete(value);
    return grant;
  }

  find(value: string): AccessToken | null {
    const token = this.#byValue.get(value);
    return token === undefined || token.expiresAt <= this.#deps.realClock.now() ? null : token;
  }

  /** Takes out and returns the tokens that have run out; with `all`, every token. Refresh tokens outlive them. */
  expire({ all }: { all: boolean }): AccessToken[] {
    const now = this.#deps.realClock.now();
    return this.#takeOut((token) => all || token.expiresAt <= now);
  }

  /** Makes everybody sign in again once the present token has run out. */
  forgetRefreshable(): void {
    this.#refreshable.clear();
  }

  /** Takes out and returns one token. */
  revoke({ id }: AccessToken): AccessToken[] {
    return this.#takeOut((token) => token.id === id);
  }

  /** Takes out and returns every token of a person, who has to sign in again. */
  revokeUser(userId: string): AccessToken[] {
    for (const [value, { subject }] of this.#refreshable)
      if (subject.userId === userId) this.#refreshable.delete(value);
    return this.#takeOut(({ subject }) => subject.userId === userId);
  }

  #takeOut(isGone: (token: AccessToken) => boolean): AccessToken[] {
    const gone = [...this.#byValue.values()].filter(isGone);
    for (const token of gone) this.#byValue.delete(token.value);
    return gone;
  }
}
