import { timingSafeEqual } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Platform } from './platform.ts';
import type { OAuthClient } from './tokens.ts';

/** What a failed sign-in answers: the body of RFC 6749, not the API's (API §2.2). */
interface OAuthRefusal {
  readonly status: number;
  readonly error: string;
  readonly description: string;
}

const UNKNOWN_CLIENT: OAuthRefusal = { status: 400, error: 'invalid_client', description: 'client not found' };
const WRONG_SECRET: OAuthRefusal = { status: 401, error: 'invalid_client', description: 'authentication failed' };
const NO_GRANT: OAuthRefusal = {
  status: 400,
  error: 'invalid_request',
  description: 'grant_type is missing from the form body',
};
const OTHER_GRANT: OAuthRefusal = {
  status: 400,
  error: 'unsupported_grant_type',
  description: 'only client_credentials is offered',
};

/** `POST /oauth/token`: client credentials by HTTP Basic, or in the form. */
export const registerOAuth = (app: FastifyInstance, platform: Platform): void => {
  app.post('/oauth/token', async (request, reply) => {
    platform.calls.set('oauthToken', (platform.calls.get('oauthToken') ?? 0) + 1);
    const failure = platform.faults.errorFor('login');
    if (failure !== null) {
      if (failure.retryAfterSeconds !== null) reply.header('retry-after', String(failure.retryAfterSeconds));
      return refuse(reply, { status: failure.status, error: 'temporarily_unavailable', description: failure.code });
    }
    const form = new URLSearchParams(typeof request.body === 'string' ? request.body : '');
    const client = authenticate(platform, request, form);
    if ('error' in client) return refuse(reply, client);
    const grant = form.get('grant_type');
    if (grant !== 'client_credentials') return refuse(reply, grant === null ? NO_GRANT : OTHER_GRANT);
    const token = platform.tokens.issue(client.id);
    reply.header('cache-control', 'no-store');
    return reply.send({
      access_token: token.value,
      token_type: 'bearer',
      expires_in: platform.tokens.lifetimeSeconds,
    });
  });
};

const authenticate = (
  platform: Platform,
  request: FastifyRequest,
  form: URLSearchParams,
): OAuthClient | OAuthRefusal => {
  const { id, secret } = credentialsOf(request, form);
  const client = platform.clients.find((one) => one.id === id);
  if (client === undefined) return UNKNOWN_CLIENT;
  return isSame(secret, client.secret) ? client : WRONG_SECRET;
};

const credentialsOf = (request: FastifyRequest, form: URLSearchParams): OAuthClient => {
  const [, basic] = /^Basic (.+)$/i.exec(request.headers.authorization ?? '') ?? [];
  if (basic === undefined) return { id: form.get('client_id') ?? '', secret: form.get('client_secret') ?? '' };
  const text = Buffer.from(basic, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  return colon < 0 ? { id: text, secret: '' } : { id: text.slice(0, colon), secret: text.slice(colon + 1) };
};

const isSame = (a: string, b: string): boolean => {
  const one = Buffer.from(a);
  const other = Buffer.from(b);
  return one.length === other.length && timingSafeEqual(one, other);
};

const refuse = (reply: FastifyReply, { status, error, description }: OAuthRefusal): FastifyReply =>
  reply.code(status).send({ error, description, error_description: description });
