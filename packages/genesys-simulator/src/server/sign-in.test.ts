import { FakeClock } from '@floorwatch/domain/testing';
import { afterEach, describe, expect, it } from 'vitest';
import { askForToken, errorOf, PlatformCaller } from '../platform-caller.fake.ts';
import { startSimulator, type RunningSimulator, type SimulatorOptions } from '../simulator.ts';

let running: RunningSimulator | null = null;

const start = async (options: SimulatorOptions = {}): Promise<RunningSimulator> => {
  running = await startSimulator({ agents: 5, speed: 0, ...options });
  return running;
};

afterEach(async () => {
  await running?.close();
  running = null;
});

const FORM = 'grant_type=client_credentials';

describe('sign-in', () => {
  it('answers a bearer token with the lifetime of the client', async () => {
    const { url, clientId, clientSecret } = await start({ tokenLifetimeSeconds: 1234 });
    const answer = await askForToken(url, { clientId, clientSecret, form: FORM });
    expect(answer).toMatchObject({ status: 200, body: { token_type: 'bearer', expires_in: 1234 } });
  });

  it('tells an unknown client (400) from a wrong secret (401), in the words of RFC 6749', async () => {
    const { url, clientId, clientSecret } = await start();
    const unknown = await askForToken(url, { clientId: 'nobody', clientSecret, form: FORM });
    expect(unknown).toMatchObject({
      status: 400,
      body: { error: 'invalid_client', error_description: 'client not found' },
    });
    const wrong = await askForToken(url, { clientId, clientSecret: 'guess', form: FORM });
    expect(wrong).toMatchObject({
      status: 401,
      body: { error: 'invalid_client', error_description: 'authentication failed' },
    });
  });

  it('wants the grant in the form and knows only client credentials', async () => {
    const { url, clientId, clientSecret } = await start();
    const none = await askForToken(`${url}`, { clientId, clientSecret, form: '' });
    expect(none).toMatchObject({ status: 400, body: { error: 'invalid_request' } });
    const other = await askForToken(url, { clientId, clientSecret, form: 'grant_type=password' });
    expect(other).toMatchObject({ status: 400, body: { error: 'unsupported_grant_type' } });
  });
});

describe('a call', () => {
  it('needs a token that is known and has not run out', async () => {
    const realClock = new FakeClock();
    const simulator = await start({ realClock, tokenLifetimeSeconds: 300 });
    const bare = await fetch(`${simulator.url}/api/v2/users`);
    expect(await bare.json()).toMatchObject({ status: 401, code: 'authentication.required' });
    const stranger = new PlatformCaller(simulator.url, 'made-up');
    expect(errorOf(await stranger.get('/api/v2/users'))).toMatchObject({ status: 401, code: 'bad.credentials' });
    const caller = await PlatformCaller.signIn(simulator);
    expect((await caller.get('/api/v2/users')).status).toBe(200);
    await realClock.advance(300_000);
    expect(errorOf(await caller.get('/api/v2/users'))).toMatchObject({ status: 401, code: 'bad.credentials' });
  });

  it('is counted against its token, refused beyond the budget, and welcome again in the next window', async () => {
    const realClock = new FakeClock();
    const simulator = await start({ realClock, requestsPerMinute: 3 });
    const caller = await PlatformCaller.signIn(simulator);
    const other = await PlatformCaller.signIn(simulator);
    await caller.get('/api/v2/users');
    await realClock.advance(20_000);
    const second = await caller.get('/api/v2/users');
    expect(second.headers.get('inin-ratelimit-allowed')).toBe('3');
    expect(second.headers.get('inin-ratelimit-count')).toBe('2');
    expect(second.headers.get('inin-ratelimit-reset')).toBe('40');
    await caller.get('/api/v2/users');
    const refused = await caller.get('/api/v2/users');
    expect(errorOf(refused)).toMatchObject({ status: 429, code: 'too.many.requests.retry.after' });
    expect(refused.headers.get('retry-after')).toBe('40');
    expect((await other.get('/api/v2/users')).status, 'another token has its own budget').toBe(200);
    await realClock.advance(40_000);
    expect((await caller.get('/api/v2/users')).status).toBe(200);
  });

  it('carries a correlation id and the virtual time', async () => {
    const realClock = new FakeClock(Date.parse('2026-08-15T08:00:00.000Z'));
    const simulator = await start({ realClock, speed: 60 });
    await realClock.advance(60_000);
    const caller = await PlatformCaller.signIn(simulator);
    const { headers } = await caller.get('/api/v2/users');
    expect(headers.get('inin-correlation-id')).toMatch(/^[\da-f-]{36}$/);
    expect(headers.get('date')).toBe('Sat, 15 Aug 2026 09:00:00 GMT');
  });

  it('gets the error body of the platform whatever is wrong with it', async () => {
    const caller = await PlatformCaller.signIn(await start());
    expect(errorOf(await caller.get('/api/v2/no/such/thing'))).toMatchObject({ status: 404, code: 'not.found' });
    const path = '/api/v2/users/x/routingstatus';
    expect(errorOf(await caller.send('PUT', path, '{"status"'))).toMatchObject({ status: 400, code: 'bad.request' });
    const wrong = errorOf(await caller.send('PUT', path, { status: 'SLEEPING' }));
    expect(wrong).toMatchObject({ status: 400, code: 'bad.request' });
    expect(wrong.message).toContain('status');
    const huge = JSON.stringify({ status: 'x'.repeat(513_000) });
    expect(errorOf(await caller.send('PUT', path, huge))).toMatchObject({
      status: 413,
      code: 'request.entity.too.large',
    });
  });

  it('of an operation about "me" is refused: a service token stands for nobody', async () => {
    const caller = await PlatformCaller.signIn(await start());
    expect(errorOf(await caller.get('/api/v2/users/me'))).toMatchObject({ status: 400, code: 'not.a.user' });
  });
});
