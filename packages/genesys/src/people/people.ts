import type { Clock } from '@floorwatch/domain';
import type { GenesysLog } from '../genesys-log.ts';
import type { ApiClient } from '../http/api-client.ts';
import type { Exchange } from '../http/exchange.ts';
import { TokenEndpoint, type OAuthClient, type TokenGrant } from '../http/token-endpoint.ts';
import type { Oddities } from '../oddities.ts';
import type { PlatformClock } from '../platform-clock.ts';
import { Person, type PersonOptions } from './person.ts';

export interface PeopleDeps {
  readonly client: OAuthClient;
  readonly loginUrl: string;
  readonly exchange: Exchange;
  /** Lent to each person with a token of their own. */
  readonly api: ApiClient;
  readonly clock: Clock;
  readonly log: GenesysLog;
  readonly platformClock: PlatformClock;
  readonly oddities: Oddities;
}

/** What the browser is sent to the login host with (API §2.3). */
export interface AuthorizationRequest {
  readonly redirectUri: string;
  readonly state: string;
  /** SHA-256 of the verifier, base64url (RFC 7636, S256: the one method of the platform). */
  readonly codeChallenge: string;
}

/** What the browser comes back with, and what only we know of it. */
export interface CodeAnswer {
  readonly code: string;
  readonly codeVerifier: string;
  readonly redirectUri: string;
}

/**
 * The people of the organisation: sign-in by authorization code through a confidential client, with PKCE on top (API §2.3).
 * Confidential, because only such a client is given refresh tokens.
 */
export class People {
  readonly #deps: PeopleDeps;
  readonly #endpoint: TokenEndpoint;

  constructor(deps: PeopleDeps) {
    this.#deps = deps;
    const { loginUrl, client, exchange } = deps;
    this.#endpoint = new TokenEndpoint({ loginUrl, client, settings: 'GENESYS_CLOUD_SIGN_IN', exchange });
  }

  /** The platform's sign-in page for this request. */
  signInAddress({ redirectUri, state, codeChallenge }: AuthorizationRequest): string {
    const { loginUrl, client } = this.#deps;
    const address = new URL('/oauth/authorize', loginUrl);
    address.search = new URLSearchParams({
      client_id: client.clientId,
      response_type: 'code',
      redirect_uri: redirectUri,
      code_challenge: codeChallenge,
      code_challenge_method: 'S256',
      state,
    }).toString();
    return address.href;
  }

  /**
   * Turns a code into tokens.
   * @throws GenesysGrantRefused for a code that is unknown, used or run out; GenesysUnauthorized for a wrong client
   */
  redeemCode({ code, codeVerifier, redirectUri }: CodeAnswer): Promise<TokenGrant> {
    return this.#endpoint.request({
      grant_type: 'authorization_code',
      code,
      code_verifier: codeVerifier,
      redirect_uri: redirectUri,
    });
  }

  /** Somebody who has signed in, now or in an earlier run. */
  person(options: PersonOptions): Person {
    return new Person({ ...this.#deps, endpoint: this.#endpoint }, options);
  }
}
