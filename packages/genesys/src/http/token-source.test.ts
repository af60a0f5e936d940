import { inspect } from 'node:util';
import { afterEach, expect, test } from 'vitest';
import { startPlatformServer, type PlatformServer } from '../platform-server.fake.ts';
import { CLIENT_SECRET, makeApiClient } from './api-client.fake.ts';

let server: PlatformServer;
afterEach(() => server.close());

test('many who need a token at once cause one sign-in, as the platform wants it', async () => {
  server = await startPlatformServer({});
  const { tokens } = makeApiClient(server.url);
  const got = await Promise.all(Array.from({ length: 20 }, () => tokens.token()));
  expect(new Set(got.map((token) => token.reveal()))).toEqual(new Set(['token-1']));
  const [request, ...more] = server.to('/oauth/token');
  expect(more).toEqual([]);
  expect(request).toMatchObject({ method: 'POST', body: 'grant_type=client_credentials' });
  expect(request?.query.size).toBe(0);
  const basic = Buffer.from(`wallboard:${CLIENT_SECRET}`).toString('base64');
  expect(request?.headers['authorization']).toBe(`Basic ${basic}`);
  expect(request?.headers['content-type']).toBe('application/x-www-form-urlencoded');
});

test('a token is kept until 60 s before its end and then renewed once', async () => {
  server = await startPlatformServer({});
  const { tokens, clock } = makeApiClient(server.url);
  await tokens.token();
  await clock.advance((86_399 - 61) * 1000);
  expect((await tokens.token()).reveal()).toBe('token-1');
  await clock.advance(1000);
  const renewed = await Promise.all([tokens.token(), tokens.token()]);
  expect(renewed.map((token) => token.reveal())).toEqual(['token-2', 'token-2']);
});

test('while an early renewal fails the old token serves on', async () => {
  server = await startPlatformServer({
    '/oauth/token': (_, nth) =>
      nth === 1 ? { body: { access_token: 'old', expires_in: 600 } } : { status: 503, body: 'down' },
  });
  const { tokens, clock } = makeApiClient(server.url);
  await tokens.token();
  await clock.advance(550_000);
  expect((await tokens.token()).reveal()).toBe('old');
  expect((await tokens.token()).reveal()).toBe('old');
  expect(server.to('/oauth/token')).toHaveLength(2);
  await clock.advance(50_000);
  await expect(tokens.token()).rejects.toMatchObject({ name: 'GenesysUnavailable', status: 503 });
});

test('listeners hear of renewals but not of the first sign-in', async () => {
  server = await startPlatformServer({});
  const { tokens } = makeApiClient(server.url);
  let renewals = 0;
  tokens.onRenewed(() => (renewals += 1));
  const first = await tokens.token();
  expect(renewals).toBe(0);
  tokens.discard(first);
  await tokens.token();
  expect(renewals).toBe(1);
});

test('giving up a token that has been replaced meanwhile changes nothing', async () => {
  server = await startPlatformServer({});
  const { tokens } = makeApiClient(server.url);
  const first = await tokens.token();
  tokens.discard(first);
  await tokens.token();
  tokens.discard(first);
  expect((await tokens.token()).reveal()).toBe('token-2');
});

test.each([
  [401, { error: 'invalid_client', description: 'authentication failed' }, /check GENESYS_CLOUD_CLIENT_SECRET/],
  [400, { error: 'invalid_client', description: 'client not found' }, /check GENESYS_CLOUD_CLIENT_ID/],
])('a sign-in answered %d says which setting to check', async (status, body, advice) => {
  server = await startPlatformServer({ '/oauth/token': () => ({ status, body }) });
  const { tokens, log } = makeApiClient(server.url);
  const failure: unknown = await tokens.token().catch((error: unknown) => error);
  expect(failure).toMatchObject({ name: 'GenesysUnauthorized', retryable: false });
  expect(String(failure)).toMatch(advice);
  const everything = [inspect(failure, { depth: 9 }), JSON.stringify(failure), ...log.lines].join('\n');
  expect(everything).not.toContain(CLIENT_SECRET);
});

test('something that is not a login host is told apart from a refusal', async () => {
  server = await startPlatformServer({ '/oauth/token': () => ({ body: '<html>welcome</html>' }) });
  const { tokens } = makeApiClient(server.url);
  await expect(tokens.token()).rejects.toThrow(/not with a token: check GENESYS_CLOUD_REGION/);
});
