import type { Clock } from '@floorwatch/domain';
import type { GenesysLog } from '../genesys-log.ts';
import { Secret } from '../secret.ts';
import { oauthError, tokenGrant } from '../wire/error-body.ts';
import { failureOfAnswer } from './answer-failure.ts';
import type { Exchange, HttpAnswer } from './exchange.ts';
import { GenesysUnauthorized, GenesysUnexpected, type CallContext } from './genesys-error.ts';
import { parseJson } from './parse-json.ts';

/** A token is renewed so long before its end that no call of ours meets the end. */
const RENEW_BEFORE_MS = 60_000;

/** After a renewal that failed while the old token still serves, how long until the next try. */
const RENEW_AGAIN_MS = 5000;

const TIMEOUT_MS = 10_000;

const PATH = '/oauth/token';

interface Token {
  readonly value: Secret;
  readonly expiresAt: number;
}

export interface TokenSourceOptions {
  readonly loginUrl: string;
  readonly clientId: string;
  readonly clientSecret: Secret;
  readonly clock: Clock;
  readonly exchange: Exchange;
  readonly log: GenesysLog;
}

/** The service's access token, by client credentials (API §2.2). Cached; renewed once for all who wait. */
export class TokenSource {
  readonly #options: TokenSourceOptions;
  readonly #renewed = new Set<() => void>();
  #token: Token | null = null;
  #renewal: Promise<Token> | null = null;
  #notBefore = 0;

  constructor(options: TokenSourceOptions) {
    this.#options = options;
  }

  /**
   * A token that is good for the next minute at least, as far as we know.
   * @throws GenesysUnauthorized where the credentials are wrong; GenesysUnavailable, GenesysRateLimited of the login host
   */
  async token(): Promise<Secret> {
    const now = this.#options.clock.now();
    const held = this.#token;
    if (held !== null && now < held.expiresAt - RENEW_BEFORE_MS) return held.value;
    const stillServes = held !== null && now < held.expiresAt;
    if (stillServes && now < this.#notBefore) return held.value;
    try {
      return (await this.#renew()).value;
    } catch (error) {
      if (!stillServes) throw error;
      this.#notBefore = now + RENEW_AGAIN_MS;
      this.#options.log.warn({ event: 'token-renewal-failed', error: String(error) }, 'using the old token meanwhile');
      return held.value;
    }
  }

  /** When the present token ends, our clock, ms; 0 where there is none. */
  get endsAt(): number {
    return this.#token?.expiresAt ?? 0;
  }

  /** Gives up a token that the platform refused. One that has been replaced meanwhile changes nothing. */
  discard(refused: Secret): void {
    if (this.#token?.value === refused) this.#token = null;
  }

  /** Calls `listener` after each renewal but the first: channels die with the token they were made with (API §8.6). */
  onRenewed(listener: () => void): () => void {
    this.#renewed.add(listener);
    return () => this.#renewed.delete(listener);
  }

  #hasSignedIn = false;

  #renew(): Promise<Token> {
    this.#renewal ??= this.#request()
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

  async #request(): Promise<Token> {
    const { loginUrl, clientId, clientSecret, exchange, log } = this.#options;
    const basic = Buffer.from(`${clientId}:${clientSecret.reveal()}`).toString('base64');
    const answer = await exchange({
      method: 'POST',
      url: loginUrl + PATH,
      path: PATH,
      headers: { authorization: `Basic ${basic}`, 'content-type': 'application/x-www-form-urlencoded' },
      body: 'grant_type=client_credentials',
      timeoutMs: TIMEOUT_MS,
    });
    if (answer.status !== 200) throw this.#refusal(answer);
    const grant = tokenGrant.safeParse(parseJson(answer.text)).data;
    if (grant === undefined) throw this.#notAToken(answer);
    log.info({ event: 'signed-in', expiresInSeconds: grant.expires_in }, 'signed in to Genesys Cloud');
    return { value: new Secret(grant.access_token), expiresAt: answer.sentAt + grant.expires_in * 1000 };
  }

  #refusal(answer: HttpAnswer): Error {
    const said = oauthError.safeParse(parseJson(answer.text)).data;
    const isCredentials = answer.status === 401 || (answer.status === 400 && said?.error === 'invalid_client');
    if (!isCredentials) return failureOfAnswer(answer, { method: 'POST', path: PATH });
    const { host } = new URL(this.#options.loginUrl);
    const message =
      answer.status === 400
        ? `${host} does not know this OAuth client: check GENESYS_CLOUD_CLIENT_ID, and that GENESYS_CLOUD_REGION is the region of its organisation`
        : `${host} does not accept the secret of this OAuth client: check GENESYS_CLOUD_CLIENT_SECRET`;
    return new GenesysUnauthorized({ message, context: contextOf(answer) });
  }

  #notAToken(answer: HttpAnswer): GenesysUnexpected {
    const { host } = new URL(this.#options.loginUrl);
    const message = `${host} answered 200 but not with a token: check GENESYS_CLOUD_REGION`;
    return new GenesysUnexpected({ message, context: contextOf(answer) });
  }
}

const contextOf = (answer: HttpAnswer): CallContext => ({
  method: 'POST',
  path: PATH,
  correlationId: answer.header('inin-correlation-id'),
});
