import { createHash } from 'node:crypto';
import { FakeClock } from '@floorwatch/domain/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import {
  askForCode,
  askForToken,
  errorOf,
  PlatformCaller,
  REDIRECT_URI,
  type Answer,
} from '../platform-caller.fake.ts';
import { startSimulator, type RunningSimulator } from '../simulator.ts';
import { DEMO_SIGN_IN_CLIENT } from './oauth-client.ts';

let realClock: FakeClock;
let simulator: RunningSimulator;

beforeEach(async () => {
  realClock = new FakeClock();
  simulator = await startSimulator({ agents: 40, speed: 0, realClock });
});

afterEach(() => simulator.close());

const { id: clientId, secret: clientSecret } = DEMO_SIGN_IN_CLIENT;
const tokens = z.object({ access_token: z.string(), refresh_token: z.string() });

const askPublicly = async (form: Readonly<Record<string, string>>): Promise<Answer> => {
  const body = new URLSearchParams({ client_id: clientId, redirect_uri: REDIRECT_URI, ...form });
  const response = await fetch(`${simulator.url}/oauth/token`, { method: 'POST', body });
  return { status: response.status, headers: response.headers, body: await response.json() };
};

const askSecretly = (form: Readonly<Record<string, string>>): Promise<Answer> => {
  const body = new URLSearchParams({ redirect_uri: REDIRECT_URI, ...form });
  return askForToken(simulator.url, { clientId, clientSecret, form: body.toString() });
};

const exchange = { grant_type: 'authorization_code' };

describe('signing in with a code', () => {
  it('gives a public client with PKCE a token, and no refresh token', async () => {
    const { code, verifier, state } = await askForCode(simulator.url, 'supervisor', { state: 'st4te' });
    expect(state).toBe('st4te');
    const answer = await askPublicly({ ...exchange, code, code_verifier: verifier });
    expect(answer).toMatchObject({ status: 200, body: { token_type: 'bearer' } });
    expect(answer.body).not.toHaveProperty('refresh_token');
  });

  it('takes a code once, for a minute, and with the verifier it was asked for with', async () => {
    const first = await askForCode(simulator.url, 'viewer');
    const grant = { ...exchange, code: first.code, code_verifier: first.verifier };
    expect((await askPublicly(grant)).status).toBe(200);
    expect(await askPublicly(grant)).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });

    const second = await askForCode(simulator.url, 'viewer');
    const wrong = { ...exchange, code: second.code, code_verifier: first.verifier };
    expect(await askPublicly(wrong)).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });

    const third = await askForCode(simulator.url, 'viewer');
    await realClock.advance(61_000);
    const late = { ...exchange, code: third.code, code_verifier: third.verifier };
    expect(await askPublicly(late)).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
  });

  it('gives a confidential client a refresh token, which is replaced whenever it is used', async () => {
    const { code, verifier } = await askForCode(simulator.url, 'supervisor');
    const first = tokens.parse((await askSecretly({ ...exchange, code, code_verifier: verifier })).body);
    const refresh = { grant_type: 'refresh_token', refresh_token: first.refresh_token };
    const second = tokens.parse((await askSecretly(refresh)).body);
    expect(second.refresh_token).not.toBe(first.refresh_token);
    expect(await askSecretly(refresh), 'used').toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
    const next = { grant_type: 'refresh_token', refresh_token: second.refresh_token };
    expect(await askPublicly(next), 'no secret').toMatchObject({ status: 401, body: { error: 'invalid_client' } });
    expect((await new PlatformCaller(simulator.url, first.access_token).get('/api/v2/users/me')).status).toBe(200);
  });

  it('sends nobody to an address that is not registered', async () => {
    const asked = new URLSearchParams({
      client_id: clientId,
      response_type: 'code',
      redirect_uri: 'https://elsewhere.example/cb',
    });
    const answer = await fetch(`${simulator.url}/oauth/authorize?${asked.toString()}`, { redirect: 'manual' });
    expect([answer.status, answer.headers.get('location')]).toEqual([400, null]);
  });

  it('sends back what is wrong with a request, and the refusal of the person', async () => {
    const ask = async (params: Readonly<Record<string, string>>, method: 'GET' | 'POST'): Promise<string | null> => {
      const asked = new URLSearchParams({ client_id: clientId, redirect_uri: REDIRECT_URI, state: 's', ...params });
      const answer = await fetch(`${simulator.url}/oauth/authorize${method === 'GET' ? `?${asked.toString()}` : ''}`, {
        method,
        redirect: 'manual',
        ...(method === 'POST' && { body: asked }),
      });
      return answer.headers.get('location');
    };
    expect(await ask({ response_type: 'token' }, 'GET')).toContain('error=unsupported_response_type&state=s');
    const plain = { response_type: 'code', code_challenge: 'x'.repeat(43), code_challenge_method: 'plain' };
    expect(await ask(plain, 'GET')).toContain('error=invalid_request');
    expect(await ask({ response_type: 'code', persona: '' }, 'POST')).toContain('error=access_denied&state=s');
  });

  it('keeps what it was asked from becoming part of the page', async () => {
    const challenge = createHash('sha256').update('x').digest('base64url');
    const asked = new URLSearchParams({
      client_id: clientId,
      redirect_uri: REDIRECT_URI,
      response_type: 'code',
      code_challenge: challenge,
      code_challenge_method: 'S256',
      state: '"><script>alert(1)</script>',
    });
    const page = await (await fetch(`${simulator.url}/oauth/authorize?${asked.toString()}`)).text();
    expect(page).not.toContain('<script>');
  });

  it('leaves each client to the grant it is registered for', async () => {
    expect(await askSecretly({ grant_type: 'client_credentials' })).toMatchObject({
      status: 400,
      body: { error: 'unauthorized_client' },
    });
  });
});

describe('a token', () => {
  it('of a person says who that is; one of a service does not', async () => {
    const person = await PlatformCaller.signInAs(simulator, 'team-lead');
    const service = await PlatformCaller.signIn(simulator);
    const [lead] = simulator.world.personas.filter(({ key }) => key === 'team-lead');
    expect((await person.get('/api/v2/users/me')).body).toMatchObject({ id: lead?.subject.userId });
    for (const path of ['/api/v2/users/me', '/api/v2/routing/queues/me', '/api/v2/authorization/subjects/me'])
      expect(errorOf(await service.get(path))).toMatchObject({ status: 400, code: 'not.a.user' });
  });

  it('can be given back, and a person can be logged out everywhere', async () => {
    const viewer = await PlatformCaller.signInAs(simulator, 'viewer');
    expect((await viewer.send('DELETE', '/api/v2/tokens/me')).status).toBe(200);
    expect(errorOf(await viewer.get('/api/v2/users/me'))).toMatchObject({ status: 401 });

    const { code, verifier } = await askForCode(simulator.url, 'agent');
    const agent = tokens.parse((await askSecretly({ ...exchange, code, code_verifier: verifier })).body);
    const [persona] = simulator.world.personas.filter(({ key }) => key === 'agent');
    const supervisor = await PlatformCaller.signInAs(simulator, 'supervisor');
    const logOut = await supervisor.send('DELETE', `/api/v2/tokens/${persona?.subject.userId}`);
    expect(logOut.status).toBe(204);
    expect((await new PlatformCaller(simulator.url, agent.access_token).get('/api/v2/users/me')).status).toBe(401);
    const refresh = { grant_type: 'refresh_token', refresh_token: agent.refresh_token };
    expect(await askSecretly(refresh)).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
  });
});

it('describes what it offers where RFC 8414 has it', async () => {
  const answer = await fetch(`${simulator.url}/.well-known/oauth-authorization-server`);
  expect(await answer.json()).toMatchObject({
    token_endpoint: `${simulator.url}/oauth/token`,
    code_challenge_methods_supported: ['S256'],
    response_types_supported: ['code'],
  });
});
