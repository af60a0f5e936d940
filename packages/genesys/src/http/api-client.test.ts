import { inspect } from 'node:util';
import { z } from 'zod';
import { afterEach, expect, test, vi } from 'vitest';
import { startPlatformServer, type PlatformServer } from '../platform-server.fake.ts';
import { CLIENT_SECRET, makeApiClient } from './api-client.fake.ts';
import type { ApiCall } from './api-client.ts';
import { PLACES, type Priority } from './priority.ts';

let server: PlatformServer;
afterEach(() => server.close());

const PATH = '/api/v2/things';
const read = { method: 'GET', path: PATH, priority: 'sweep', answer: z.object({ name: z.string() }) } as const;
const interactive = { ...read, priority: 'interactive' } as const satisfies ApiCall<unknown>;
const thing = { body: { name: 'a thing' } };

const failureOf = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => expect.fail('it succeeded'),
    (error: unknown) => error,
  );

type Client = ReturnType<typeof makeApiClient>;

/** Moves the clock on, but only while no request is under way, until the promise is settled: waits pass, deadlines do not. */
const whileTimePasses = async <Result>({ clock, gate }: Client, promise: Promise<Result>): Promise<Result> => {
  let isSettled = false;
  const settled = promise.finally(() => (isSettled = true));
  while (!isSettled) await clock.advance(gate.inFlight === 0 ? 50 : 0);
  return settled;
};

test('a call carries the token, fills the path and repeats the values of a list', async () => {
  server = await startPlatformServer({ '/api/v2/users/a%2Fb': () => thing });
  const { api } = makeApiClient(server.url);
  const query = { id: ['x', 'y'], pageSize: 100 };
  await api.call({ ...read, path: '/api/v2/users/{userId}', pathValues: { userId: 'a/b' }, query });
  const [request] = server.to('/api');
  expect(request?.query.toString()).toBe('id=x&id=y&pageSize=100');
  expect(request?.headers['authorization']).toBe('Bearer token-1');
});

test('a refused token is replaced once and the call replayed', async () => {
  server = await startPlatformServer({
    [PATH]: ({ headers }) => (headers['authorization'] === 'Bearer token-1' ? { status: 401 } : thing),
  });
  const { api } = makeApiClient(server.url);
  const answers = await Promise.all([api.call(read), api.call(read), api.call(read)]);
  expect(answers.map(({ body }) => body.name)).toEqual(['a thing', 'a thing', 'a thing']);
  expect(server.to('/oauth')).toHaveLength(2);
});

test('a platform that refuses the new token too is believed', async () => {
  server = await startPlatformServer({ [PATH]: () => ({ status: 401, body: { code: 'bad.credentials' } }) });
  const { api } = makeApiClient(server.url);
  expect(await failureOf(api.call(read))).toMatchObject({ name: 'GenesysUnauthorized', retryable: false });
  expect(server.to(PATH)).toHaveLength(2);
});

test('a 429 stops every background call for Retry-After, while an interactive one is answered at once', async () => {
  let isLimited = true;
  server = await startPlatformServer({
    [PATH]: () => (isLimited ? { status: 429, headers: { 'retry-after': '20' } } : thing),
  });
  const { api, clock, budget } = makeApiClient(server.url, { random: () => 0 });
  const sweep = api.call(read);
  await vi.waitFor(() => expect(budget.status().pausedUntil).toBe(clock.now() + 20_000));
  const history = api.call({ ...read, priority: 'history' });
  const refused = await failureOf(api.call(interactive));
  expect(refused).toMatchObject({ name: 'GenesysRateLimited', retryAfterMs: 20_000, retryable: true });
  await clock.advance(19_999);
  expect(server.to(PATH)).toHaveLength(1);
  isLimited = false;
  await clock.advance(1);
  expect((await sweep).body.name).toBe('a thing');
  expect((await history).body.name).toBe('a thing');
});

test('an interactive call that meets the 429 itself is told how long, without a repetition', async () => {
  server = await startPlatformServer({ [PATH]: () => ({ status: 429, headers: { 'retry-after': '7' } }) });
  const { api } = makeApiClient(server.url);
  expect(await failureOf(api.call(interactive))).toMatchObject({ name: 'GenesysRateLimited', retryAfterMs: 7000 });
  expect(server.to(PATH)).toHaveLength(1);
});

test('a Retry-After of more than 180 s ends the call and holds up nobody else', async () => {
  server = await startPlatformServer({
    [PATH]: () => ({ status: 429, headers: { 'retry-after': '3600' } }),
    '/api/v2/others': () => thing,
  });
  const { api } = makeApiClient(server.url);
  const failure = await failureOf(api.call(read));
  expect(failure).toMatchObject({ name: 'GenesysRateLimited', retryAfterMs: 3_600_000, retryable: false });
  expect(String(failure)).toContain('asks to wait 3600 s');
  expect((await api.call({ ...interactive, path: '/api/v2/others' })).body.name).toBe('a thing');
});

test('the budget is read from the headers of every answer', async () => {
  const headers = { 'inin-ratelimit-allowed': '180', 'inin-ratelimit-count': '171', 'inin-ratelimit-reset': '31' };
  server = await startPlatformServer({ [PATH]: () => ({ ...thing, headers }) });
  const { api, budget, clock } = makeApiClient(server.url);
  await api.call(read);
  expect(budget.status()).toMatchObject({ allowed: 180, used: 171, resetsAt: clock.now() + 31_000 });
});

test.each([502, 503, 504])('a read that met a %d is repeated after a wait', async (status) => {
  server = await startPlatformServer({ [PATH]: (_, nth) => (nth < 3 ? { status } : thing) });
  const client = makeApiClient(server.url, { random: () => 0.999 });
  const { body } = await whileTimePasses(client, client.api.call(read));
  expect(body.name).toBe('a thing');
  expect(server.to(PATH)).toHaveLength(3);
});

test('a read gives up after five tries and says what the platform said', async () => {
  const body = { code: 'service.unavailable', message: 'come back later', contextId: 'ctx-1' };
  server = await startPlatformServer({ [PATH]: () => ({ status: 503, body }) });
  const client = makeApiClient(server.url);
  const seen = await whileTimePasses(client, failureOf(client.api.call(read)));
  expect(seen).toMatchObject({
    name: 'GenesysUnavailable',
    status: 503,
    retryable: true,
    context: { method: 'GET', path: PATH, correlationId: 'ctx-1' },
  });
  expect(String(seen)).toContain('come back later');
  expect(server.to(PATH)).toHaveLength(5);
});

test('a change is never sent twice on its own account', async () => {
  server = await startPlatformServer({ [PATH]: () => ({ status: 503 }) });
  const { api } = makeApiClient(server.url);
  await failureOf(api.call({ ...read, method: 'POST', body: {} }));
  expect(server.to(PATH)).toHaveLength(1);
});

test('a refusal keeps code and correlation id, and hides ids that stand in the path', async () => {
  const path = '/api/v2/notifications/channels/{channelId}';
  server = await startPlatformServer({
    '/api/v2/notifications/channels/streaming-7-secret': () => ({
      status: 404,
      headers: { 'ININ-Correlation-Id': 'corr-9' },
      body: { code: 'not.found', message: 'no channel streaming-7-secret' },
    }),
  });
  const { api, log } = makeApiClient(server.url);
  const failure = await failureOf(api.call({ ...read, path, pathValues: { channelId: 'streaming-7-secret' } }));
  expect(failure).toMatchObject({ name: 'GenesysRejected', status: 404, code: 'not.found', retryable: false });
  expect(String(failure)).toContain('no channel {channelId}');
  expect(String(failure)).toContain('corr-9');
  expect([inspect(failure, { depth: 9 }), ...log.lines].join('\n')).not.toContain('streaming-7-secret');
});

test.each([
  ['not JSON', '<html>', /the body/],
  ['of another shape', { name: 7 }, /name/],
])('an answer that is %s is unexpected, and the field is named', async (_, body, field) => {
  server = await startPlatformServer({ [PATH]: () => ({ body }) });
  const failure = await failureOf(makeApiClient(server.url).api.call(read));
  expect(failure).toMatchObject({ name: 'GenesysUnexpected', retryable: false });
  expect(String(failure)).toMatch(field);
});

test('where nothing listens the error names host and cause and nothing secret', async () => {
  server = await startPlatformServer({});
  const { api, log } = makeApiClient(server.url);
  await server.close();
  const failure = await failureOf(api.call({ ...read, attempts: 1 }));
  expect(failure).toMatchObject({ name: 'GenesysUnavailable', status: null, retryable: true });
  expect(String(failure)).toContain(`cannot reach ${new URL(server.url).host}: nothing listens there (ECONNREFUSED)`);
  expect([inspect(failure, { depth: 9, showHidden: true }), ...log.lines].join('\n')).not.toContain(CLIENT_SECRET);
});

test('an unknown host is named with the advice to check the region', async () => {
  server = await startPlatformServer({});
  const { api } = makeApiClient('http://login.nowhere.invalid');
  const failure = await failureOf(api.call({ ...read, attempts: 1 }));
  expect(String(failure)).toMatch(/cannot reach login\.nowhere\.invalid: .*(ENOTFOUND|EAI_AGAIN)/);
});

test('a platform that does not answer is given up after its time', async () => {
  const silence = Promise.withResolvers<Record<string, never>>();
  server = await startPlatformServer({ [PATH]: () => silence.promise });
  const { api, clock } = makeApiClient(server.url);
  const failure = failureOf(api.call({ ...read, attempts: 1 }));
  await vi.waitFor(() => expect(server.to(PATH)).toHaveLength(1));
  await clock.advance(16_000);
  expect(String(await failure)).toContain('within 16 s');
  silence.resolve({});
});

test('an aborted call ends with the reason it was given, and frees its place', async () => {
  const silence = Promise.withResolvers<Record<string, never>>();
  server = await startPlatformServer({ [PATH]: () => silence.promise });
  const { api, gate, clock } = makeApiClient(server.url);
  const abort = new AbortController();
  const failure = failureOf(api.call({ ...read, signal: abort.signal }));
  await vi.waitFor(() => expect(server.to(PATH)).toHaveLength(1));
  abort.abort(new Error('the page was closed'));
  expect(await failure).toMatchObject({ message: 'the page was closed' });
  expect(gate.inFlight).toBe(0);
  expect(clock.pending).toBe(0);
  silence.resolve({});
});

test('sweeps fill their own places only, and the whole background leaves two of the 15 to people', async () => {
  const door = Promise.withResolvers<typeof thing>();
  server = await startPlatformServer({ [PATH]: () => door.promise });
  const { api, gate, bulkheads } = makeApiClient(server.url);
  const many = (priority: Priority, count: number) =>
    Array.from({ length: count }, () => api.call({ ...read, priority }));
  const sweeps = many('sweep', 40);
  await vi.waitFor(() => expect(server.to(PATH)).toHaveLength(PLACES.sweep));
  const others = [...many('resync', 40), ...many('history', 40)];
  await vi.waitFor(() => expect(server.to(PATH)).toHaveLength(13));
  const people = many('interactive', 3);
  await vi.waitFor(() => expect(server.to(PATH)).toHaveLength(15));
  expect(gate.waiting.interactive).toBe(1);
  expect(bulkheads.waiting).toMatchObject({ sweep: 40 - PLACES.sweep, resync: 33, history: 38 });
  door.resolve(thing);
  await Promise.all([...sweeps, ...others, ...people]);
  expect(server.to(PATH)).toHaveLength(123);
});

test('a call that is aborted before it has a place in its compartment is never sent', async () => {
  const door = Promise.withResolvers<typeof thing>();
  server = await startPlatformServer({ [PATH]: () => door.promise });
  const { api } = makeApiClient(server.url);
  const sweeps = Array.from({ length: PLACES.sweep }, () => api.call(read));
  await vi.waitFor(() => expect(server.to(PATH)).toHaveLength(PLACES.sweep));
  const abort = new AbortController();
  const late = failureOf(api.call({ ...read, signal: abort.signal }));
  abort.abort(new Error('no longer wanted'));
  door.resolve(thing);
  expect(await late).toMatchObject({ message: 'no longer wanted' });
  await Promise.all(sweeps);
  expect(server.to(PATH)).toHaveLength(PLACES.sweep);
});

test('a platform that keeps failing is asked once a second only, until one probe succeeds', async () => {
  let isDown = true;
  server = await startPlatformServer({ [PATH]: () => (isDown ? { status: 503 } : thing) });
  const { api, clock, breaker } = makeApiClient(server.url);
  vi.useFakeTimers({ toFake: ['Date'], now: clock.now() }); // the library's breaker has its own idea of time
  try {
    const once = { ...read, attempts: 1 };
    for (let failure = 1; failure <= 5; failure += 1) await failureOf(api.call(once));
    expect(breaker.status).toMatchObject({
      state: 'open',
      since: clock.now(),
      reason: expect.stringMatching(/503/) as string,
    });
    expect(String(await failureOf(api.call(read)))).toContain('503');
    expect(server.to(PATH)).toHaveLength(5);
    expect(await failureOf(api.call({ ...interactive, attempts: 1 }))).toMatchObject({ status: 503 });
    expect(server.to(PATH)).toHaveLength(6); // a person is not held back

    vi.setSystemTime(clock.now() + 1000);
    await Promise.all([failureOf(api.call(once)), failureOf(api.call(once)), failureOf(api.call(once))]);
    expect(server.to(PATH)).toHaveLength(7); // one probe for all of them

    isDown = false;
    vi.setSystemTime(clock.now() + 2000);
    const answers = await Promise.all([api.call(read), api.call(read)]);
    expect(answers.map(({ body }) => body.name)).toEqual(['a thing', 'a thing']);
    expect(breaker.status).toEqual({ state: 'closed', since: null, reason: null });
  } finally {
    vi.useRealTimers();
  }
});

test('the date of every answer moves the estimate of the platform clock', async () => {
  const date = 'Sat, 15 Aug 2026 09:00:00 GMT';
  server = await startPlatformServer({ [PATH]: () => ({ ...thing, headers: { date } }) });
  const { api, platformClock } = makeApiClient(server.url);
  await api.call(read);
  expect(new Date(platformClock.now()).toISOString()).toBe('2026-08-15T09:00:00.000Z');
});
