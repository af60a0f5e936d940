import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Platform } from '../server/platform.ts';
import { consentPage } from './consent-page.ts';
import { isRegisteredRedirect, type OAuthClient } from './oauth-client.ts';
import { refuse, UNKNOWN_CLIENT } from './oauth-refusal.ts';

/** A request of the authorization endpoint whose client and redirect address can be trusted. */
interface TrustedRequest {
  readonly client: OAuthClient;
  readonly redirectUri: string;
  readonly params: URLSearchParams;
}

/** The pages that a browser is sent to: sign-in with consent, sign-out, and what the server offers (API §2.1, §2.3). */
export const registerAuthorize = (app: FastifyInstance, platform: Platform): void => {
  app.get('/oauth/authorize', (request, reply) => {
    const params = new URL(request.url, 'http://login').searchParams;
    const trusted = trust(platform, params, reply);
    if (trusted === null) return reply;
    const problem = problemOf(trusted);
    if (problem !== null) return sendBack(reply, trusted, problem);
    const { organisation, personas } = platform.world;
    const page = { organisationName: organisation.name, clientName: trusted.client.name, personas, request: params };
    return reply.header('cache-control', 'no-store').type('text/html; charset=utf-8').send(consentPage(page));
  });

  app.post('/oauth/authorize', (request, reply) => {
    const params = new URLSearchParams(typeof request.body === 'string' ? request.body : '');
    const trusted = trust(platform, params, reply);
    if (trusted === null) return reply;
    const problem = problemOf(trusted);
    if (problem !== null) return sendBack(reply, trusted, problem);
    const persona = platform.world.personas.find(({ key }) => key === params.get('persona'));
    if (persona === undefined) return sendBack(reply, trusted, { error: 'access_denied' });
    const code = platform.codes.issue({
      clientId: trusted.client.id,
      redirectUri: trusted.redirectUri,
      subject: persona.subject,
      challenge: params.get('code_challenge'),
    });
    return sendBack(reply, trusted, { code });
  });

  app.get('/logout', (request, reply) => {
    const params = new URL(request.url, 'http://login').searchParams;
    const trusted = trust(platform, params, reply);
    return trusted === null ? reply : reply.redirect(trusted.redirectUri);
  });

  app.get('/.well-known/oauth-authorization-server', () => describeServer(platform.origin));
};

/** Nobody is sent to an address that the client did not register: such a request is answered on the spot. */
const trust = (platform: Platform, params: URLSearchParams, reply: FastifyReply): TrustedRequest | null => {
  const client = platform.clients.find(({ id }) => id === params.get('client_id'));
  const redirectUri = params.get('redirect_uri') ?? '';
  if (client === undefined) refuse(reply, UNKNOWN_CLIENT);
  else if (isRegisteredRedirect(client, redirectUri)) return { client, redirectUri, params };
  else
    refuse(reply, {
      status: 400,
      error: 'invalid_request',
      description: 'redirect_uri is not registered for this client',
    });
  return null;
};

const problemOf = ({ client, params }: TrustedRequest): Record<string, string> | null => {
  if (client.authorizedGrantType !== 'CODE') return { error: 'unauthorized_client' };
  if (params.get('response_type') !== 'code') return { error: 'unsupported_response_type' };
  const challenge = params.get('code_challenge');
  const method = params.get('code_challenge_method');
  if (challenge === null && method === null) return null;
  if (method !== 'S256') return { error: 'invalid_request', error_description: 'code_challenge_method must be S256' };
  return /^[\w-]{43}$/.test(challenge ?? '')
    ? null
    : { error: 'invalid_request', error_description: 'code_challenge must be a SHA-256 hash in base64url' };
};

const sendBack = (reply: FastifyReply, { redirectUri, params }: TrustedRequest, answer: object): FastifyReply => {
  const address = new URL(redirectUri);
  for (const [name, value] of Object.entries(answer)) address.searchParams.set(name, String(value));
  const state = params.get('state');
  if (state !== null) address.searchParams.set('state', state);
  return reply.redirect(address.href);
};

const describeServer = (origin: string): object => ({
  issuer: origin,
  authorization_endpoint: `${origin}/oauth/authorize`,
  token_endpoint: `${origin}/oauth/token`,
  grant_types_supported: ['authorization_code', 'client_credentials', 'refresh_token'],
  response_types_supported: ['code'],
  response_modes_supported: ['query'],
  code_challenge_methods_supported: ['S256'],
  token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
});
