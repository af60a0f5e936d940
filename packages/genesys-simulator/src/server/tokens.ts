import { randomBytes, randomUUID } from 'node:crypto';
import type { RealClock } from '../time/system-clock.ts';
import { RateWindow } from './rate-window.ts';

export interface OAuthClient {
  readonly id: string;
  readonly secret: string;
}

/** The one client of the demo organisation. Published in the README: it opens nothing but the simulator. */
export const DEMO_CLIENT: OAuthClient = {
  id: '5f10077a-7c4d-4de3-8a11-d3a0ac3e0001',
  secret: 'floorwatch-demo-secret-not-a-secret',
};

export interface AccessToken {
  /** Names the token inside the simulator; never on the wire. */
  readonly id: string;
  readonly value: string;
  readonly clientId: string;
  /** Real time, ms: clients count `expires_in` on their own clock. */
  readonly expiresAt: number;
  readonly rate: RateWindow;
}

/** 5 minutes to 48 hours on the platform, 24 hours unless the client says otherwise (API §2.2). */
export const DEFAULT_TOKEN_LIFETIME_SECONDS = 86_400;

interface TokensDeps {
  readonly realClock: RealClock;
  readonly lifetimeSeconds: number;
  readonly requestsPerMinute: () => number;
}

/** Tokens in circulation. Opaque and independent: a new one leaves the older ones valid (API §2.2). */
export class Tokens {
  readonly #deps: TokensDeps;
  readonly #byValue = new Map<string, AccessToken>();

  constructor(deps: TokensDeps) {
    this.#deps = deps;
  }

  get count(): number {
    return this.#byValue.size;
  }

  get lifetimeSeconds(): number {
    return this.#deps.lifetimeSeconds;
  }

  issue(clientId: string): AccessToken {
    const { realClock, lifetimeSeconds, requestsPerMinute } = this.#deps;
    const token: AccessToken = {
      id: randomUUID(),
      value: randomBytes(32).toString('base64url'),
      clientId,
      expiresAt: realClock.now() + lifetimeSeconds * 1000,
      rate: new RateWindow(realClock, requestsPerMinute),
    };
    this.#byValue.set(token.value, token);
    return token;
  }

  find(value: string): AccessToken | null {
    const token = this.#byValue.get(value);
    return token === undefined || token.expiresAt <= this.#deps.realClock.now() ? null : token;
  }

  /** Takes out and returns the tokens that have run out; with `all`, every token. */
  expire({ all }: { all: boolean }): AccessToken[] {
    const now = this.#deps.realClock.now();
    const gone = [...this.#byValue.values()].filter((token) => all || token.expiresAt <= now);
    for (const token of gone) this.#byValue.delete(token.value);
    return gone;
  }
}
