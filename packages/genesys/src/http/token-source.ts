import type { Clock } from '@floorwatch/domain';
import type { GenesysLog } from '../genesys-log.ts';
import type { Secret } from '../secret.ts';
import type { TokenEndpoint, TokenGrant } from './token-endpoint.ts';

/** A token is renewed so long before its end that no call of ours meets the end. */
const RENEW_BEFORE_MS = 60_000;

/** After a renewal that failed while the old token still serves, how long until the next try. */
const RENEW_AGAIN_MS = 5000;

export interface TokenSourceOptions {
  /** Gets a new token; `held` is the one before, used up or about to be. @throws GenesysError */
  readonly request: (held: TokenGrant | null) => Promise<TokenGrant>;
  /** The token to begin with; the first call asks for one where it is left out. */
  readonly held?: TokenGrant;
  readonly clock: Clock;
  readonly log: GenesysLog;
}

/** Somebody's access token, the service's or a person's (API §2). Cached; renewed once for all who wait. */
export class TokenSource {
  readonly #options: TokenSourceOptions;
  readonly #renewed = new Set<() => void>();
  #token: TokenGrant | null;
  #hasSignedIn: boolean;
  #renewal: Promise<TokenGrant> | null = null;
  #notBefore = 0;

  constructor(options: TokenSourceOptions) {
    this.#options = options;
    this.#token = options.held ?? null;
    this.#hasSignedIn = options.held !== undefined;
  }

  /**
   * A token that is good for the next minute at least, as far as we know.
   * @throws GenesysError of the request, where no token that still serves is at hand
   */
  async token(): Promise<Secret> {
    const now = this.#options.clock.now();
    const held = this.#token;
    if (held !== null && now < held.expiresAt - RENEW_BEFORE_MS) return held.access;
    const stillServes = held !== null && now < held.expiresAt;
    if (stillServes && now < this.#notBefore) return held.access;
    try {
      return (await this.#renew()).access;
    } catch (error) {
      if (!stillServes) throw error;
      this.#notBefore = now + RENEW_AGAIN_MS;
      this.#options.log.warn({ event: 'token-renewal-failed', error: String(error) }, 'using the old token meanwhile');
      return held.access;
    }
  }

  /** When the present token ends, our clock, ms; 0 where there is none. */
  get endsAt(): number {
    return this.#token?.expiresAt ?? 0;
  }

  /** Gives up a token that the platform refused. One that has been replaced meanwhile changes nothing. */
  discard(refused: Secret): void {
    if (this.#token?.access === refused) this.#token = { ...this.#token, expiresAt: 0 };
  }

  /** Calls `listener` after each renewal but the first: channels die with the token they were made with (API §8.6). */
  onRenewed(listener: () => void): () => void {
    this.#renewed.add(listener);
    return () => this.#renewed.delete(listener);
  }

  #renew(): Promise<TokenGrant> {
    this.#renewal ??= this.#options
      .request(this.#token)
      .then((token) => {
        this.#token = token;
        const isRenewal = this.#hasSignedIn;
        this.#hasSignedIn = true;
        if (isRenewal) for (const listener of this.#renewed) listener();
        return token;
      })
      .finally(() => {
        this.#renewal = null;
      });
    return this.#renewal;
  }
}

interface ServiceDeps extends Pick<TokenSourceOptions, 'clock' | 'log'> {
  readonly endpoint: TokenEndpoint;
}

/** The service's own token, by client credentials (API §2.2). */
export const serviceTokens = ({ endpoint, clock, log }: ServiceDeps): TokenSource => {
  const request = async (): Promise<TokenGrant> => {
    const grant = await endpoint.request({ grant_type: 'client_credentials' });
    const expiresInSeconds = Math.round((grant.expiresAt - clock.now()) / 1000);
    log.info({ event: 'signed-in', expiresInSeconds }, 'signed in to Genesys Cloud');
    return grant;
  };
  return new TokenSource({ request, clock, log });
};
