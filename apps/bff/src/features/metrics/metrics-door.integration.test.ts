import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { closeTheStore, openTheStore, SET_UP_MS, SignedInFloor } from '../../sessions/signed-in-floor.fake.ts';

const TOKEN = 'a-token-of-a-collector';

let floor: SignedInFloor;

beforeAll(openTheStore, SET_UP_MS);

beforeEach(async () => {
  floor = await SignedInFloor.open();
});

afterEach(() => floor.close());

afterAll(closeTheStore);

const ask = (headers: Readonly<Record<string, string>> = {}, remoteAddress = '127.0.0.1') =>
  floor.app.inject({ url: '/metrics', headers: { host: '127.0.0.1:8080', ...headers }, remoteAddress });

describe('the metrics without a token', () => {
  it.each([
    ['by its address', {}, '127.0.0.1'],
    ['by its address of the sixth version', { host: '[::1]:8080' }, '::1'],
  ])('are for programs on this machine, %s', async (_, headers, address) => {
    expect((await ask(headers, address)).statusCode).toBe(200);
  });

  it.each([
    ['from another machine', {}, '10.0.0.7'],
    ['under the name that browsers use', { host: 'wall.example' }, '127.0.0.1'],
    ['that a proxy passes on', { 'x-forwarded-for': '203.0.113.9' }, '127.0.0.1'],
    ['that says it comes from here, by a proxy that nobody believes', { 'x-forwarded-for': '127.0.0.1' }, '127.0.0.1'],
    ['with any token', { authorization: `Bearer ${TOKEN}` }, '10.0.0.7'],
  ])('are not told to a request %s, and it says what to do', async (_, headers, address) => {
    const answer = await ask(headers, address);
    expect([answer.statusCode, answer.json<unknown>()]).toMatchObject([403, { code: 'not-allowed' }]);
    expect(answer.body).toContain('METRICS_TOKEN');
    expect(answer.body).not.toContain('floorwatch_');
  });

  it('are not told to a person of another machine either, whoever is signed in', async () => {
    const admin = await floor.signedIn('admin');
    const cookie = [...admin.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    expect((await ask({ cookie }, '10.0.0.7')).statusCode).toBe(403);
  });
});

describe('the metrics with a token', () => {
  it('are told to whoever brings it, from wherever, and to nobody else', async () => {
    await floor.close();
    floor = await SignedInFloor.open({ metricsToken: TOKEN });
    expect((await ask({ authorization: `Bearer ${TOKEN}` }, '10.0.0.7')).statusCode).toBe(200);
    for (const authorization of [
      '',
      'Bearer ',
      `Bearer ${TOKEN}x`,
      `Bearer ${TOKEN.slice(1)}`,
      `Basic ${TOKEN}`,
      TOKEN,
    ]) {
      const answer = await ask({ authorization });
      expect([authorization, answer.statusCode]).toEqual([authorization, 401]);
      expect(answer.headers['www-authenticate']).toBe('Bearer');
      expect(answer.body).not.toContain(TOKEN);
    }
    expect(floor.logged.join('\n')).not.toContain(TOKEN);
  });
});

describe('what anybody may ask', () => {
  it('says which hop is broken, and neither why nor of how many agents', async () => {
    const answer = await floor.app.inject({ url: '/readyz', headers: { host: '10.0.0.7' }, remoteAddress: '10.0.0.9' });
    expect(answer.json<unknown>()).toEqual({ ready: false, upstream: { state: 'starting', hop: null } });
    const alive = await floor.app.inject({ url: '/healthz', headers: { host: '10.0.0.7' }, remoteAddress: '10.0.0.9' });
    expect(Object.keys(alive.json<object>()).toSorted()).toEqual(['recording', 'release', 'status', 'uptimeSeconds']);
  });
});
