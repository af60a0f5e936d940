import { Secret } from '../secret.ts';
import { oauthError, tokenGrant } from '../wire/error-body.ts';
import { failureOfAnswer } from './answer-failure.ts';
import type { Exchange, HttpAnswer } from './exchange.ts';
import { GenesysGrantRefused, GenesysUnauthorized, GenesysUnexpected, type CallContext } from './genesys-error.ts';
import { parseJson } from './parse-json.ts';

const TIMEOUT_MS = 10_000;

const PATH = '/oauth/token';

/** An OAuth client of the organisation that can keep a secret (API §2.2, §2.3). */
export interface OAuthClient {
  readonly clientId: string;
  readonly clientSecret: Secret;
}

export interface TokenEndpointOptions {
  readonly loginUrl: string;
  readonly client: OAuthClient;
  /** How the settings of this client are called, for advice: `GENESYS_CLOUD` for `GENESYS_CLOUD_CLIENT_ID`. */
  readonly settings: string;
  readonly exchange: Exchange;
}

/** What the login host granted. */
export interface TokenGrant {
  readonly access: Secret;
  /** Good for one more grant; null where the platform gave none. */
  readonly refresh: Secret | null;
  /** Our clock, ms. */
  readonly expiresAt: number;
}

/** `POST /oauth/token`, with the client's secret. */
export class TokenEndpoint {
  readonly #options: TokenEndpointOptions;

  constructor(options: TokenEndpointOptions) {
    this.#options = options;
  }

  /**
   * @param form `grant_type` and what belongs to it
   * @throws GenesysUnauthorized where the client's credentials are wrong; GenesysGrantRefused where a code or a refresh
   *   token is of no use; GenesysUnavailable, GenesysRateLimited, GenesysRejected, GenesysUnexpected of the login host
   */
  async request(form: Readonly<Record<string, string>>): Promise<TokenGrant> {
    const { loginUrl, client, exchange } = this.#options;
    const basic = Buffer.from(`${client.clientId}:${client.clientSecret.reveal()}`).toString('base64');
    const answer = await exchange({
      method: 'POST',
      url: loginUrl + PATH,
      path: PATH,
      headers: { authorization: `Basic ${basic}`, 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams(form).toString(),
      timeoutMs: TIMEOUT_MS,
    });
    if (answer.status !== 200) throw this.#refusal(answer);
    const grant = tokenGrant.safeParse(parseJson(answer.text)).data;
    if (grant === undefined) throw this.#notAToken(answer);
    const { access_token: access, refresh_token: refresh, expires_in: seconds } = grant;
    return {
      access: new Secret(access),
      refresh: typeof refresh === 'string' ? new Secret(refresh) : null,
      expiresAt: answer.sentAt + seconds * 1000,
    };
  }

  #refusal(answer: HttpAnswer): Error {
    const said = oauthError.safeParse(parseJson(answer.text)).data;
    const context = contextOf(answer);
    if (answer.status === 400 && said?.error === 'invalid_grant')
      return new GenesysGrantRefused({ message: `${this.#host} does not honour this grant any more`, context });
    const isCredentials = answer.status === 401 || (answer.status === 400 && said?.error === 'invalid_client');
    if (!isCredentials) return failureOfAnswer(answer, { method: 'POST', path: PATH });
    const { settings } = this.#options;
    const message =
      answer.status === 400
        ? `${this.#host} does not know this OAuth client: check ${settings}_CLIENT_ID, and that GENESYS_CLOUD_REGION is the region of its organisation`
        : `${this.#host} does not accept the secret of this OAuth client: check ${settings}_CLIENT_SECRET`;
    return new GenesysUnauthorized({ message, context });
  }

  #notAToken(answer: HttpAnswer): GenesysUnexpected {
    const message = `${this.#host} answered 200 but not with a token: check GENESYS_CLOUD_REGION`;
    return new GenesysUnexpected({ message, context: contextOf(answer) });
  }

  get #host(): string {
    return new URL(this.#options.loginUrl).host;
  }
}

const contextOf = (answer: HttpAnswer): CallContext => ({
  method: 'POST',
  path: PATH,
  correlationId: answer.header('inin-correlation-id'),
});
