import { CSRF_HEADER, errorBody } from '@floorwatch/contracts';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  closeTheStore,
  openTheStore,
  SET_UP_MS,
  SignedInFloor,
  type Answer,
  type Browser,
} from './signed-in-floor.fake.ts';

let floor: SignedInFloor;

beforeAll(openTheStore, SET_UP_MS);

beforeEach(async () => {
  floor = await SignedInFloor.open();
});

afterEach(() => floor.close());

afterAll(closeTheStore);

/** An error in our words, with nothing of the inside in it. */
const expectClear = ({ text }: Pick<Answer, 'text'>): void => {
  const { message, correlationId } = errorBody.parse(JSON.parse(text));
  expect(correlationId).toMatch(/^[\w-]{36}$/);
  expect(message.length).toBeGreaterThan(10);
  expect(text).not.toMatch(/node_modules|\.ts\b|at \w+ \(|fastify|FST_/i);
};

describe('the body of a write', () => {
  let browser: Browser;
  let own: Record<string, string>;

  beforeEach(async () => {
    browser = await floor.signedIn('supervisor');
    own = { origin: floor.url, [CSRF_HEADER]: (await browser.session()).csrfToken ?? '' };
  });

  it.each<[string, number, { body: string; type?: string }]>([
    ['that is cut off', 400, { body: '{"format":"csv"' }],
    ['that is no JSON', 400, { body: 'format=csv' }],
    ['that is empty', 400, { body: '' }],
    ['that is null', 400, { body: 'null' }],
    ['that is a list', 400, { body: '[{"format":"csv"}]' }],
    ['that is plain text', 400, { body: '{"format":"csv"}', type: 'text/plain' }],
    ['that is a form', 415, { body: 'format=csv', type: 'application/x-www-form-urlencoded' }],
    ['that is said to be a page', 415, { body: '<b>', type: 'text/html' }],
    ['without a type', 415, { body: '{"format":"csv"}', type: '' }],
    ['with another prototype', 400, { body: '{"__proto__":{"format":"csv","polluted":true}}' }],
    ['with another constructor', 400, { body: '{"constructor":{"prototype":{"polluted":true}}}' }],
    ['with a format that there is not', 400, { body: '{"format":"exe"}' }],
    ['with ids that are no texts', 400, { body: '{"agents":[{"$ne":null}]}' }],
    ['with an id of a novel', 400, { body: JSON.stringify({ agents: ['x'.repeat(65)] }) }],
    ['with a zone that there is not', 400, { body: '{"zone":"../../etc/passwd"}' }],
    ['that is too large', 413, { body: JSON.stringify({ filter: 'x'.repeat(3_000_000) }) }],
  ])('%s is refused with the reason, and nothing is done', async (_, status, { body, type = 'application/json' }) => {
    const headers = { ...own, 'content-type': type };
    const answer = await browser.send('POST', '/api/agents/export', { headers, body });
    expect(answer.status).toBe(status);
    expectClear(answer);
    expect(floor.audit.entries.map(({ action }) => action)).toEqual(['sign-in']);
    expect(Reflect.get({}, 'polluted')).toBeUndefined();
    await browser.session();
  });
});

describe('an answer of the platform that is not one', () => {
  it.each([
    ['two states', '?code=x&state=a&state=b'],
    ['a list', '?code[]=x&state[]=y'],
    ['another prototype', '?__proto__[state]=x&constructor=y'],
    ['a state of a novel', `?code=x&state=${'s'.repeat(5000)}`],
    ['a code of a novel', `?code=${'q'.repeat(5000)}&state=x`],
    ['nothing that can be read', '?code=%E0%A4%A&state=%'],
    ['what ends a text', '?code=x%00&state=y%00'],
    ['another head', '?code=x&state=y%0d%0aset-cookie:%20floorwatch_session=z'],
    ['a program', '?error=%3Cscript%3Ealert(1)%3C/script%3E&state=x'],
  ])('with %s signs nobody in, calls nobody, and stands in the audit where it was a try', async (_, query) => {
    const browser = floor.browser();
    await browser.begin();
    const before = (await floor.control.state()).calls['oauthToken'];
    const answer = await browser.get(`/api/session/callback${query}`);
    expect([302, 400]).toContain(answer.status);
    if (answer.status === 302) {
      expect(answer.location).toBe('/sign-in?problem=expired&returnTo=%2F');
      expect(floor.audit.entries).toMatchObject([
        { action: 'sign-in', outcome: 'refused', actor: { kind: 'anonymous' } },
      ]);
    } else expectClear(answer);
    expect(answer.cookies.filter((cookie) => cookie.includes('floorwatch_session'))).toEqual([]);
    expect((await floor.control.state()).calls['oauthToken']).toBe(before);
    expect(JSON.stringify(floor.audit.entries)).not.toMatch(/script|sss|qqq/); // ccc may stand in an id
  });
});

describe('cookies', () => {
  it.each([
    ['that is empty', 'floorwatch_session='],
    ['of a novel', `floorwatch_session=${'A'.repeat(6000)}`],
    ['that cannot be decoded', 'floorwatch_session=%E0%A4%A'],
    ['that ends a text', 'floorwatch_session=%00'],
    ['with quotes', 'floorwatch_session="AAAA"'],
    ['of another kind of host', `__Host-floorwatch_session=${'A'.repeat(43)}`],
    ['that is the prototype', '__proto__=x; constructor=y; floorwatch_session=toString'],
    ['among hundreds', `${'a=b; '.repeat(400)}floorwatch_session=${'A'.repeat(43)}`],
  ])('%s open nothing, for a page or a socket', async (_, cookie) => {
    const answer = await floor.app.inject({ url: '/api/session', headers: { host: '127.0.0.1', cookie } });
    expect([answer.statusCode, answer.json<unknown>()]).toMatchObject([401, { code: 'signed-out' }]);
    const { closed } = await floor.browser().openSocket({ cookie });
    expect(await closed).toBe(4001);
  });

  it('of a session are worth nothing beside another one of the same name', async () => {
    const browser = await floor.signedIn('viewer');
    const good = browser.cookies.get('floorwatch_session') ?? '';
    const ask = (cookie: string) => floor.app.inject({ url: '/api/session', headers: { host: '127.0.0.1', cookie } });
    const statuses = [
      (await ask(`floorwatch_session=${good}`)).statusCode,
      (await ask(`floorwatch_session=${'A'.repeat(43)}; floorwatch_session=${good}`)).statusCode,
    ];
    expect(statuses).toEqual([200, 401]);
  });
});

describe('failing again and again', () => {
  const fail = (remoteAddress: string) =>
    floor.app.inject({ url: '/api/session/callback?code=x&state=y', headers: { host: '127.0.0.1' }, remoteAddress });

  it('locks out the address that does, keeps each try in the audit, and nobody else out', async () => {
    for (let failure = 0; failure < 6; failure += 1) await fail('203.0.113.9');
    const locked = await fail('203.0.113.9');
    expect(locked.headers.location).toMatch(/problem=locked&.*wait=10$/);
    const tries = floor.audit.entries.map(({ action, outcome, reason }) => `${action} ${outcome} ${reason ?? ''}`);
    expect(tries.slice(0, 6)).toEqual(Array.from({ length: 6 }, () => 'sign-in refused expired'));
    expect((await fail('203.0.113.10')).headers.location).toMatch(/problem=expired/);
    expect((await (await floor.signedIn('viewer')).session()).person?.role).toBe('viewer');
  });

  it('of somebody who is signed in ends nothing that is good', async () => {
    const browser = await floor.signedIn('viewer');
    for (let failure = 0; failure < 7; failure += 1) await browser.get('/api/session/callback?code=x&state=y');
    expect((await browser.session()).person?.role).toBe('viewer');
  });
});
