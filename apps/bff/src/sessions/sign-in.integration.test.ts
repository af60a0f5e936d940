import { StoreUnavailable } from '@floorwatch/store';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { closeTheStore, openTheStore, SET_UP_MS, codeOf, SignedInFloor } from './signed-in-floor.fake.ts';

let floor: SignedInFloor;

beforeAll(openTheStore, SET_UP_MS);

beforeEach(async () => {
  floor = await SignedInFloor.open();
});

afterEach(() => floor.close());

afterAll(closeTheStore);

const actionsOf = () =>
  floor.audit.entries.map(({ action, outcome, actor, reason }) => [action, outcome, actor.name, reason]);

describe('signing in', () => {
  it('goes to the platform with state and PKCE, and comes back to the page it was begun from', async () => {
    const browser = floor.browser();
    const page = await browser.begin('/agents/1?range=week#top');
    expect(page.origin).toBe(floor.simulator.url);
    expect(Object.fromEntries(page.searchParams)).toMatchObject({
      response_type: 'code',
      code_challenge_method: 'S256',
      redirect_uri: `${floor.url}/api/session/callback`,
      state: expect.stringMatching(/^[\w-]{43}$/) as string,
    });
    const callback = await browser.consent(page, 'supervisor');
    const answer = await browser.get(callback.pathname + callback.search);
    expect(answer).toMatchObject({ status: 302, location: '/agents/1?range=week#top' });
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(answer.cookies).toEqual([
      expect.stringMatching(/^floorwatch_session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax$/),
    ]);
    const { person } = await browser.session();
    expect(person).toMatchObject({ role: 'supervisor' });
    expect(actionsOf()).toEqual([['sign-in', 'accepted', person?.name, null]]);
  });

  it.each([
    ['supervisor', 'supervisor', ['see-floor', 'see-history', 'change-presence', 'override-verdict', 'see-audit']],
    ['team-lead', 'teamLead', ['see-floor', 'see-history', 'change-presence', 'see-audit']],
    ['viewer', 'viewer', ['see-floor', 'see-history']],
    ['admin', 'admin', ['see-floor', 'see-history', 'change-presence', 'override-verdict', 'see-audit', 'manage']],
  ] as const)('gives the %s the role %s and the rights of the platform', async (persona, role, rights) => {
    const { person, rights: held, divisionsSeen, missing } = await (await floor.signedIn(persona)).session();
    expect(person?.role).toBe(role);
    expect(Object.keys(held).toSorted()).toEqual([...rights].toSorted());
    expect(missing).toHaveLength(6 - rights.length);
    if (persona === 'team-lead')
      expect(divisionsSeen).toEqual([{ id: expect.any(String) as string, name: expect.any(String) as string }]);
    else expect(divisionsSeen).toBe('all');
  });

  it('lets somebody without any right in as far as the page that says what is missing', async () => {
    const browser = await floor.signedIn('agent');
    const { rights, missing } = await browser.session();
    expect(rights).toEqual({});
    expect(missing).toContainEqual({ right: 'see-floor', permissions: ['analytics:userObservation:view'] });
    const refused = await browser.get('/api/agents');
    expect(refused.status).toBe(403);
    expect(JSON.parse(refused.text)).toMatchObject({
      code: 'not-allowed',
      missing: { right: 'see-floor', permissions: ['analytics:userObservation:view'] },
    });
    await browser.get('/api/agents');
    expect(actionsOf().filter(([action]) => action === 'access-refused')).toHaveLength(1);
  });

  it('is what every answer with anything in it needs', async () => {
    for (const path of [
      '/api/agents',
      '/api/agents/x',
      '/api/floor-health',
      '/api/presence-definitions',
      '/api/session',
    ]) {
      const answer = await floor.browser().get(path);
      expect([path, answer.status, codeOf(answer)]).toEqual([path, 401, 'signed-out']);
      expect(answer.headers.get('cache-control')).toBe('no-store');
    }
    const { closed } = await floor.browser().openSocket();
    expect(await closed).toBe(4001);
  });

  it('says what stopped it when the person says no', async () => {
    const answer = await floor.browser().signIn('', '/?q=x');
    expect(answer.location).toBe('/sign-in?problem=denied&returnTo=%2F%3Fq%3Dx');
    expect(answer.cookies).toEqual([]);
    expect(actionsOf()).toEqual([['sign-in', 'refused', null, 'denied']]);
  });

  it('says so while the platform or the audit cannot be reached', async () => {
    const browser = floor.browser();
    floor.audit.outage = new StoreUnavailable('down');
    const unaudited = await browser.signIn('viewer');
    const callback = await browser.consent(await browser.begin(), 'viewer');
    floor.audit.outage = null;
    await floor.simulator.close();
    for (const answer of [unaudited, await browser.get(callback.pathname + callback.search)])
      expect(answer).toMatchObject({ location: '/sign-in?problem=unavailable&returnTo=%2F', cookies: [] });
  });
});

describe('an answer that is not one', () => {
  const expired = '/sign-in?problem=expired&returnTo=%2F';

  it('is refused when its state is made up, missing, or was used before', async () => {
    const browser = floor.browser();
    const callback = await browser.consent(await browser.begin(), 'viewer');
    for (const query of ['?code=x&state=made-up', '?code=x', ''])
      expect((await browser.get(`/api/session/callback${query}`)).location).toBe(expired);
    expect((await browser.get(callback.pathname + callback.search)).location).toBe('/');
    const replayed = await floor.browser().get(callback.pathname + callback.search);
    expect(replayed.location).toBe(expired);
    const replayedHere = await browser.get(callback.pathname + callback.search);
    expect([replayedHere.location, replayedHere.cookies]).toEqual([expired, []]);
  });

  it('is refused in another browser than the one it was begun in', async () => {
    const [victim, attacker] = [floor.browser(), floor.browser()];
    const callback = await attacker.consent(await attacker.begin(), 'viewer');
    await victim.begin();
    const answer = await victim.get(callback.pathname + callback.search);
    expect([answer.location, answer.cookies]).toEqual([expired, []]);
  });

  it('is refused after ten minutes', async () => {
    const browser = floor.browser();
    const callback = await browser.consent(await browser.begin(), 'viewer');
    await floor.clock.advance(10 * 60_000);
    expect((await browser.get(callback.pathname + callback.search)).location).toBe(expired);
  });

  it('is refused with a code the platform does not know, and with an error of the platform', async () => {
    const browser = floor.browser();
    for (const wrong of [{ code: 'guess' }, { error: 'server_error' }]) {
      const { searchParams } = await browser.begin('/team');
      const query = new URLSearchParams({ ...wrong, state: searchParams.get('state') ?? '' });
      const answer = await browser.get(`/api/session/callback?${query.toString()}`);
      expect(answer.location).toBe('/sign-in?problem=refused&returnTo=%2Fteam');
    }
  });

  it('locks the address out for longer and longer when there are many, and opens again', async () => {
    const browser = floor.browser();
    const fail = async (): Promise<string> => (await browser.get('/api/session/callback?code=x&state=y')).location;
    for (let failure = 1; failure <= 6; failure += 1) expect(await fail()).toBe(expired);
    expect(await fail()).toBe('/sign-in?problem=locked&returnTo=%2F&wait=10');
    expect((await browser.get('/api/session/sign-in?returnTo=/team')).location).toBe(
      '/sign-in?problem=locked&returnTo=%2Fteam&wait=10',
    );
    await floor.clock.advance(10_000);
    expect(await fail()).toBe(expired);
    expect(await fail()).toBe('/sign-in?problem=locked&returnTo=%2F&wait=20');
    await floor.clock.advance(20_000);
    expect((await browser.signIn('viewer')).location).toBe('/');
    expect(await fail()).toBe(expired);
    expect(await fail()).toBe(expired); // forgiven
  });

  it.each([
    'https://evil.example/',
    '//evil.example',
    '/\\evil.example',
    '\\\\evil.example',
    '/..//evil.example',
    '/%2e%2e//evil.example',
    '/\t/evil.example',
    'javascript:alert(1)',
    '/api/session/sign-in',
    '/sign-in',
    'team',
  ])('cannot be made to lead to %j', async (returnTo) => {
    expect((await floor.browser().signIn('viewer', returnTo)).location).toBe('/');
  });
});
