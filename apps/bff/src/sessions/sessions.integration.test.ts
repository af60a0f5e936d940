import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  closeTheStore,
  openTheStore,
  SET_UP_MS,
  codeOf,
  IDLE_MS,
  LONGEST_MS,
  SignedInFloor,
  type Browser,
} from './signed-in-floor.fake.ts';
import { sessionsAfterRestart } from './sessions-after-restart.fake.ts';
import { hashOf } from './token-seal.ts';

const MINUTE_MS = 60_000;

let floor: SignedInFloor;

beforeAll(openTheStore, SET_UP_MS);

beforeEach(async () => {
  floor = await SignedInFloor.open();
});

afterEach(() => floor.close());

afterAll(closeTheStore);

const idOf = (browser: Browser): string => browser.cookies.get('floorwatch_session') ?? expect.fail('no session');

const endings = () =>
  floor.audit.entries.filter(({ action }) => action !== 'sign-in').map(({ action, reason }) => [action, reason]);

const isSignedOut = async (browser: Browser): Promise<boolean> => {
  const answer = await browser.get('/api/session');
  return answer.status === 401 && codeOf(answer) === 'signed-out';
};

/** Moves time on in steps, each with room for what it sets off to be answered. */
const pass = async (ms: number, stepMs = 5000): Promise<void> => {
  for (let gone = 0; gone < ms; gone += stepMs) await floor.clock.advance(Math.min(stepMs, ms - gone));
};

describe('a session', () => {
  it('gets another name with each sign-in, and the former one is worth nothing then', async () => {
    const browser = await floor.signedIn('viewer');
    const former = idOf(browser);
    await browser.signIn('viewer');
    expect(idOf(browser)).not.toBe(former);
    const thief = floor.browser();
    thief.cookies.set('floorwatch_session', former);
    expect(await isSignedOut(thief)).toBe(true);
    expect((await browser.session()).person?.role).toBe('viewer');
  });

  it.each([
    ['made up', () => 'A'.repeat(43)],
    ['tampered with', (id: string) => `${id.slice(0, -2)}${id.endsWith('AA') ? 'BB' : 'AA'}`],
    ['its hash from the store', (id: string) => hashOf(id)],
    ['nonsense', () => "' or 1=1 --"],
  ])('is not opened by a name that is %s', async (_, nameFrom) => {
    const browser = await floor.signedIn('supervisor');
    const thief = floor.browser();
    thief.cookies.set('floorwatch_session', encodeURIComponent(nameFrom(idOf(browser))));
    expect(await isSignedOut(thief)).toBe(true);
  });

  it('shows whoever steals the database neither the cookie nor a token', async () => {
    const browser = await floor.signedIn('supervisor');
    const stored = await floor.sessionStore.find(hashOf(idOf(browser)));
    expect(stored?.userName).toBe((await browser.session()).person?.name);
    expect(stored?.tokens).toMatch(/^[\w-]{100,}$/);
    expect(Buffer.from(stored?.tokens ?? '', 'base64url').toString('latin1')).not.toContain('access');
    expect(JSON.stringify(stored)).not.toContain(idOf(browser));
  });

  it('goes on after a restart, in every tab', async () => {
    const browser = await floor.signedIn('team-lead');
    const { person } = await browser.session();
    await floor.stop();
    await floor.start();
    const answers = await Promise.all(Array.from({ length: 5 }, () => browser.session()));
    for (const answer of answers) expect(answer.person).toEqual(person);
  });

  it('ends at sign-out, here and at the platform, and closes its sockets', async () => {
    const browser = await floor.signedIn('supervisor');
    const { closed } = await browser.openSocket();
    const tokensBefore = (await floor.control.state()).tokens;
    const former = idOf(browser);
    const answer = await browser.write('/api/session/sign-out');
    expect([answer.status, browser.cookies.has('floorwatch_session')]).toEqual([204, false]);
    expect(await closed).toBe(4001);
    browser.cookies.set('floorwatch_session', former);
    expect(await isSignedOut(browser)).toBe(true);
    expect((await floor.control.state()).tokens).toBe(tokensBefore - 1);
    expect(endings()).toEqual([['sign-out', null]]);
  });

  it('ends when nobody was there for too long; an open page is somebody', async () => {
    const [idle, watching] = [await floor.signedIn('viewer'), await floor.signedIn('viewer')];
    const { socket } = await watching.openSocket();
    await pass(IDLE_MS + MINUTE_MS, MINUTE_MS);
    await vi.waitFor(() => expect(endings()).toEqual([['session-ended', 'nobody was there for too long']]));
    expect(await isSignedOut(idle)).toBe(true);
    await watching.session();
    socket.close();
  });

  it('ends after its longest time, whoever is there, and closes its sockets', async () => {
    const browser = await floor.signedIn('viewer');
    const { closed } = await browser.openSocket();
    const { endsAt } = await browser.session();
    expect(Date.parse(endsAt ?? '')).toBeLessThanOrEqual(floor.clock.now() + LONGEST_MS);
    await pass(LONGEST_MS, MINUTE_MS);
    expect(await closed).toBe(4001);
    expect(await isSignedOut(browser)).toBe(true);
    await vi.waitFor(() => expect(endings()).toEqual([['session-ended', 'the longest time of a session is over']]));
  });

  it('ends when the platform revokes its tokens, within a minute, and closes its sockets', async () => {
    const browser = await floor.signedIn('supervisor');
    const { userId } = (await browser.session()).person ?? expect.fail('nobody');
    const { closed } = await browser.openSocket();
    const admin = await floor.signedIn('admin');
    await floor.revokeAtThePlatform(userId);
    await pass(MINUTE_MS);
    expect(await closed).toBe(4001);
    expect(await isSignedOut(browser)).toBe(true);
    await vi.waitFor(() => expect(endings()).toEqual([['session-ended', 'Genesys Cloud no longer honours its token']]));
    await admin.session();
  });
});

describe('work that somebody has left', () => {
  const userIdOf = async (browser: Browser): Promise<string> =>
    (await browser.session()).person?.userId ?? expect.fail('nobody');

  it('finds its owner wherever they are signed in, after a restart too', async () => {
    const [desk, phone] = [await floor.signedIn('supervisor'), await floor.signedIn('supervisor')];
    const userId = await userIdOf(desk);
    const sessions = sessionsAfterRestart(floor);
    expect((await sessions.ofPerson(userId))?.viewer.role).toBe('supervisor');
    await desk.write('/api/session/sign-out');
    await pass(MINUTE_MS);
    expect((await sessions.ofPerson(userId))?.viewer.userId).toBe(userId);
    await phone.write('/api/session/sign-out');
    await pass(MINUTE_MS);
    expect(await sessions.ofPerson(userId)).toBeNull();
    expect(await sessions.ofPerson('nobody')).toBeNull();
  });

  it('does not keep its owner there', async () => {
    const userId = await userIdOf(await floor.signedIn('supervisor'));
    const sessions = sessionsAfterRestart(floor);
    for (let gone = 0; gone < IDLE_MS; gone += MINUTE_MS) {
      expect(await sessions.ofPerson(userId)).not.toBeNull();
      await pass(MINUTE_MS, MINUTE_MS);
    }
    expect(await sessions.ofPerson(userId)).toBeNull();
  });

  it('is done with the rights its owner has by then', async () => {
    const userId = await userIdOf(await floor.signedIn('supervisor'));
    const sessions = sessionsAfterRestart(floor);
    expect((await sessions.ofPerson(userId))?.viewer.rights.has('change-presence')).toBe(true);
    await floor.control.withdrawPermissions(['presence:userPresence:edit']);
    await pass(MINUTE_MS);
    expect((await sessions.ofPerson(userId))?.viewer.rights.has('change-presence')).toBe(false);
  });
});

describe('rights', () => {
  it('that the platform takes away are gone within a minute, on pages and sockets', async () => {
    const browser = await floor.signedIn('supervisor');
    const { closed } = await browser.openSocket();
    await floor.control.withdrawPermissions(['analytics:userObservation:view', 'presence:userPresence:edit']);
    await pass(MINUTE_MS);
    expect(await closed).toBe(4003);
    const { person, rights } = await browser.session();
    expect(person?.role).toBe('viewer');
    expect(Object.keys(rights).toSorted()).toEqual(['see-audit', 'see-history']);
    expect(codeOf(await browser.get('/api/agents'))).toBe('not-allowed');
    await floor.control.withdrawPermissions([]);
    await pass(MINUTE_MS);
    expect((await browser.session()).rights).toHaveProperty('see-floor', 'all');
  });

  it('hold on while the platform cannot be asked', async () => {
    const browser = await floor.signedIn('supervisor');
    const { socket } = await browser.openSocket();
    await floor.simulator.close();
    await pass(2 * MINUTE_MS);
    await vi.waitFor(() => expect(floor.logged.join('')).toContain('rights-not-read'));
    expect((await browser.session()).person?.role).toBe('supervisor');
    expect(endings()).toEqual([]);
    socket.close();
  });
});
