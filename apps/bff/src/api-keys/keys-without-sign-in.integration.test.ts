import { createApiKey, feedTransitions } from '@floorwatch/contracts';
import { FakeAuditLog, FakeClock } from '@floorwatch/domain/testing';
import { Secret } from '@floorwatch/genesys';
import { pino } from 'pino';
import { afterAll, expect, it } from 'vitest';
import { compose } from '../compose.ts';
import { closeTheStore, openTheStore, SET_UP_MS } from '../sessions/signed-in-floor.fake.ts';
import { hashOfSecret, makeKeyText } from './key-text.ts';
import { SOME_API_KEY } from './some-api-key.fake.ts';

const NEVER_MS = 3_600_000;

afterAll(closeTheStore, SET_UP_MS);

it(
  'without sign-in a key opens what it opens, nothing opens without one, and nobody can make one',
  async () => {
    const store = await openTheStore();
    const { app } = await compose({
      log: pino({ level: 'silent' }),
      release: 'test',
      clock: new FakeClock(1000),
      sweepMs: NEVER_MS,
      registryRefreshMs: NEVER_MS,
      audit: new FakeAuditLog(),
      apiKeys: store.apiKeys,
      stream: store.stream,
      organisation: { name: 'Test', isDemo: true },
      platform: {
        hosts: { loginUrl: 'http://127.0.0.1:9', apiUrl: 'http://127.0.0.1:9' },
        clientId: 'nobody',
        clientSecret: new Secret('nothing'),
      },
    });
    const { id, secret, text } = makeKeyText();
    await store.apiKeys.add({ ...SOME_API_KEY, id, name: 'Kept from before' }, hashOfSecret(secret));
    const ask = async (url: string, headers = {}) => (await app.inject({ url, headers })).statusCode;
    expect(await ask(feedTransitions.path)).toBe(401);
    expect(await ask(feedTransitions.path, { authorization: `Bearer ${text}` })).toBe(200);
    expect(await ask('/api/feed/windows', { authorization: `Bearer ${text}` })).toBe(403);
    const payload = { name: 'n', scopes: ['feed:transitions'], divisions: 'all' };
    expect((await app.inject({ method: 'POST', url: createApiKey.path, payload })).statusCode).toBe(403);
    await app.close();
  },
  SET_UP_MS,
);
