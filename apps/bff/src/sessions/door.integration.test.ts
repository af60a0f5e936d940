import { CSRF_HEADER } from '@floorwatch/contracts';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { closeTheStore, openTheStore, SET_UP_MS, codeOf, SignedInFloor, type Browser } from './signed-in-floor.fake.ts';

let floor: SignedInFloor;
let browser: Browser;
let csrfToken: string;

beforeAll(openTheStore, SET_UP_MS);

beforeEach(async () => {
  floor = await SignedInFloor.open({ tokenLifetimeSeconds: 600 });
  browser = await floor.signedIn('supervisor');
  csrfToken = (await browser.session()).csrfToken ?? expect.fail('no token');
});

afterEach(() => floor.close());

afterAll(closeTheStore);

const signOut = (headers: Readonly<Record<string, string>>) =>
  browser.send('POST', '/api/session/sign-out', { headers });

describe('a write', () => {
  it.each([
    ['without the token of the session', () => ({ origin: floor.url }), 'csrf-failed'],
    ['with a wrong token', () => ({ origin: floor.url, [CSRF_HEADER]: `${csrfToken.slice(1)}x` }), 'csrf-failed'],
    ['from another site', () => ({ origin: 'https://evil.example', [CSRF_HEADER]: csrfToken }), 'not-allowed'],
    ['from another port', () => ({ origin: 'http://127.0.0.1:1', [CSRF_HEADER]: csrfToken }), 'not-allowed'],
    ['from a sandboxed frame', () => ({ origin: 'null', [CSRF_HEADER]: csrfToken }), 'not-allowed'],
    [
      'that a browser marks as another site’s',
      () => ({ 'sec-fetch-site': 'cross-site', [CSRF_HEADER]: csrfToken }),
      'not-allowed',
    ],
  ])('%s is refused and changes nothing', async (_, headers, code) => {
    const answer = await signOut(headers());
    expect([answer.status, codeOf(answer)]).toEqual([403, code]);
    await browser.session();
  });

  it('with the token of another session is refused', async () => {
    const other = await floor.signedIn('supervisor');
    const { csrfToken: others } = await other.session();
    expect(codeOf(await signOut({ origin: floor.url, [CSRF_HEADER]: others ?? '' }))).toBe('csrf-failed');
  });

  it('with more than fits is refused before it is read', async () => {
    const body = 'x'.repeat(65 * 1024);
    const headers = { origin: floor.url, [CSRF_HEADER]: csrfToken, 'content-type': 'application/json' };
    expect((await browser.send('POST', '/api/session/sign-out', { headers, body })).status).toBe(413);
    await browser.session();
  });
});

describe('a socket', () => {
  it('does not open for another site’s page, cookie or not', async () => {
    await expect(browser.openSocket({ origin: 'https://evil.example' })).rejects.toThrow('403');
  });

  it('opens for our page', async () => {
    const { socket, closed } = await browser.openSocket({ origin: floor.url });
    socket.close(1000);
    expect(await closed).toBe(1000);
  });
});

describe('a name of another site that leads here', () => {
  it('is answered nothing', async () => {
    const { app } = floor;
    const answer = await app.inject({ url: '/api/session', headers: { host: 'evil.example:8080' } });
    expect([answer.statusCode, answer.json()]).toMatchObject([403, { code: 'not-allowed' }]);
    const signIn = await app.inject({ url: '/api/session/sign-in', headers: { host: 'evil.example' } });
    expect(signIn.statusCode).toBe(403);
    expect((await app.inject({ url: '/healthz', headers: { host: '10.0.0.7' } })).statusCode).toBe(200);
  });
});

describe('too many requests', () => {
  it('of signing in are refused for a while', async () => {
    const stranger = floor.browser();
    const answers = [];
    for (let step = 0; step < 62; step += 1) answers.push(await stranger.get('/api/session/sign-in'));
    const last = answers.at(-1) ?? expect.fail('no answer');
    expect([last.status, codeOf(last)]).toEqual([429, 'rate-limited']);
    expect(Number(last.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(answers[0]?.status).toBe(302);
  });
});

describe('behind https', () => {
  it('cookies are for this host and for https alone, and pages are those of PUBLIC_URL', async () => {
    await floor.close();
    floor = await SignedInFloor.open({ publicUrl: new URL('https://wall.example') });
    const { app } = floor;
    const at = { host: 'wall.example' };
    const begun = await app.inject({ url: '/api/session/sign-in?returnTo=/team', headers: at });
    expect(begun.headers['set-cookie']).toMatch(
      /^__Host-floorwatch_sign_in=[\w-]{43}; Max-Age=600; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
    );
    expect(new URL(String(begun.headers.location)).searchParams.get('redirect_uri')).toBe(
      'https://wall.example/api/session/callback',
    );
    const refused = await app.inject({
      method: 'POST',
      url: '/api/session/sign-out',
      headers: { ...at, origin: 'http://wall.example' },
    });
    expect(refused.json()).toMatchObject({ code: 'not-allowed' });
  });
});

describe('tokens of the platform', () => {
  it('are renewed before they run out, once for all who ask, and the new ones outlive a restart', async () => {
    const calls = async (): Promise<number> => (await floor.control.state()).calls['oauthToken'] ?? 0;
    const before = await calls();
    await floor.clock.advance(9 * 60_000);
    await Promise.all(Array.from({ length: 10 }, () => browser.session()));
    expect(await calls()).toBe(before + 1);
    await floor.stop();
    await floor.start();
    await floor.clock.advance(9 * 60_000 + 30_000);
    expect((await browser.session()).person?.role).toBe('supervisor');
  });

  it('appear, like every secret, in no answer and in no line of the log', async () => {
    const before = await floor.secretsOf(browser);
    await floor.clock.advance(9 * 60_000);
    await browser.session();
    const issued = new Set([...before, ...(await floor.secretsOf(browser))]);
    expect(issued.size).toBe(before.length + 3); // other tokens, sealed anew
    await signOut({ origin: floor.url, [CSRF_HEADER]: csrfToken });
    const sent = browser.seen.join('\n');
    const logged = floor.logged.join('\n');
    for (const secret of issued) {
      expect(sent).not.toContain(secret);
      expect(logged).not.toContain(secret);
    }
    expect(logged).not.toContain(csrfToken);
    for (const [, id = ''] of sent.matchAll(/floorwatch_session=([\w-]{43})/g)) expect(logged).not.toContain(id);
  });
});
