import type { FastifyInstance } from 'fastify';
import type { Subject } from '../org/role.ts';
import type { Platform } from '../server/platform.ts';
import { meetsChallenge } from './authorization-codes.ts';
import { authenticateClient, type AuthenticatedClient } from './client-authentication.ts';
import { refuse, type OAuthRefusal } from './oauth-refusal.ts';

const NO_GRANT: OAuthRefusal = {
  status: 400,
  error: 'invalid_request',
  description: 'grant_type is missing from the form body',
};
const OTHER_GRANT: OAuthRefusal = {
  status: 400,
  error: 'unsupported_grant_type',
  description: 'offered are client_credentials, authorization_code and refresh_token',
};
const NOT_FOR_THIS_CLIENT: OAuthRefusal = {
  status: 400,
  error: 'unauthorized_client',
  description: 'the client is registered for another grant type',
};
const NO_SECRET: OAuthRefusal = { status: 401, error: 'invalid_client', description: 'authentication failed' };

const invalidGrant = (description: string): OAuthRefusal => ({ status: 400, error: 'invalid_grant', description });

/** What a grant came to. */
interface Granted {
  readonly subject: Subject;
  readonly isRefreshable: boolean;
}

type Grant = (platform: Platform, caller: AuthenticatedClient, form: URLSearchParams) => Granted | OAuthRefusal;

const grantToService: Grant = (platform, { client, isConfidential }) => {
  if (client.authorizedGrantType !== 'CLIENT-CREDENTIALS') return NOT_FOR_THIS_CLIENT;
  return isConfidential ? { subject: platform.serviceSubject, isRefreshable: false } : NO_SECRET;
};

/** A public client proves itself by the verifier alone; a confidential one by its secret, and by the verifier if it began so. */
const grantForCode: Grant = (platform, { client, isConfidential }, form) => {
  if (client.authorizedGrantType !== 'CODE') return NOT_FOR_THIS_CLIENT;
  const grant = platform.codes.redeem(form.get('code') ?? '');
  if (grant === null || grant.clientId !== client.id)
    return invalidGrant('code is unknown, used, expired, or was given to another client');
  if (grant.redirectUri !== form.get('redirect_uri'))
    return invalidGrant('redirect_uri is not the one the code was asked for with');
  const { challenge, subject } = grant;
  if (challenge === null) return isConfidential ? { subject, isRefreshable: true } : NO_SECRET;
  if (!meetsChallenge(form.get('code_verifier') ?? '', challenge))
    return invalidGrant('code_verifier does not match the code_challenge');
  return { subject, isRefreshable: isConfidential };
};

/** For confidential clients only; every use gives the next refresh token (API §2.3). */
const grantForRefresh: Grant = (platform, { client, isConfidential }, form) => {
  if (client.authorizedGrantType !== 'CODE') return NOT_FOR_THIS_CLIENT;
  if (!isConfidential) return NO_SECRET;
  const grant = platform.tokens.redeemRefresh(form.get('refresh_token') ?? '', client.id);
  return grant === null
    ? invalidGrant('refresh_token is unknown, used or revoked')
    : { subject: grant.subject, isRefreshable: true };
};

const GRANTS: Readonly<Record<string, Grant>> = {
  client_credentials: grantToService,
  authorization_code: grantForCode,
  refresh_token: grantForRefresh,
};

/** `POST /oauth/token` (API §2.2, §2.3). */
export const registerToken = (app: FastifyInstance, platform: Platform): void => {
  app.post('/oauth/token', async (request, reply) => {
    platform.calls.set('oauthToken', (platform.calls.get('oauthToken') ?? 0) + 1);
    const failure = platform.faults.errorFor('login');
    if (failure !== null) {
      if (failure.retryAfterSeconds !== null) reply.header('retry-after', String(failure.retryAfterSeconds));
      return refuse(reply, { status: failure.status, error: 'temporarily_unavailable', description: failure.code });
    }
    const form = new URLSearchParams(typeof request.body === 'string' ? request.body : '');
    const caller = authenticateClient(platform.clients, { authorization: request.headers.authorization, form });
    if ('error' in caller) return refuse(reply, caller);
    platform.secrets.note('code verifier', form.get('code_verifier') ?? '');
    const grantType = form.get('grant_type');
    if (grantType === null) return refuse(reply, NO_GRANT);
    const granted = GRANTS[grantType]?.(platform, caller, form) ?? OTHER_GRANT;
    if ('error' in granted) return refuse(reply, granted);
    reply.header('cache-control', 'no-store');
    return reply.send(tokenAnswer(platform, caller.client.id, granted));
  });
};

const tokenAnswer = (platform: Platform, clientId: string, { subject, isRefreshable }: Granted): object => ({
  access_token: platform.signIn(clientId, subject).value,
  token_type: 'bearer',
  expires_in: platform.tokens.lifetimeSeconds,
  ...(isRefreshable && { refresh_token: platform.tokens.issueRefresh({ clientId, subject }) }),
});
