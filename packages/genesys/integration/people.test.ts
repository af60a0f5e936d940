import { createHash, randomBytes } from 'node:crypto';
import { createGenesysCloud, regionHosts, Secret, type People, type TokenGrant } from '@floorwatch/genesys';
import { startSimulator, type RunningSimulator } from '@floorwatch/genesys-simulator';
import { SimulatorControl } from '@floorwatch/genesys-simulator/client';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { realClock } from '@floorwatch/domain/testing';

const REDIRECT_URI = 'http://127.0.0.1:8080/api/session/callback';

let simulator: RunningSimulator;
let people: People;

const peopleThrough = (secret: string): People => {
  const silent = (): void => undefined;
  const cloud = createGenesysCloud({
    ...regionHosts(simulator.url),
    clientId: simulator.clientId,
    clientSecret: new Secret(simulator.clientSecret),
    clock: realClock,
    log: { debug: silent, info: silent, warn: silent, error: silent },
  });
  return cloud.peopleThrough({ clientId: simulator.signInClient.id, clientSecret: new Secret(secret) });
};

beforeEach(async () => {
  simulator = await startSimulator({ agents: 300, speed: 0 });
  people = peopleThrough(simulator.signInClient.secret);
});

afterEach(() => simulator.close());

/** Goes to the platform's page and says who it is. */
const codeFor = async (persona: string) => {
  const codeVerifier = randomBytes(32).toString('base64url');
  const codeChallenge = createHash('sha256').update(codeVerifier).digest('base64url');
  const page = new URL(people.signInAddress({ redirectUri: REDIRECT_URI, state: 'state', codeChallenge }));
  const body = new URLSearchParams([...page.searchParams, ['persona', persona]]);
  const answer = await fetch(new URL('/oauth/authorize', page), { method: 'POST', body, redirect: 'manual' });
  const back = new URL(answer.headers.get('location') ?? '');
  expect(back.searchParams.get('state')).toBe('state');
  return { code: back.searchParams.get('code') ?? '', codeVerifier, redirectUri: REDIRECT_URI };
};

const signIn = async (persona: string): Promise<TokenGrant> => people.redeemCode(await codeFor(persona));

const personWith = (grant: TokenGrant, kept: TokenGrant[] = []) =>
  people.person({
    grant,
    keep: async (next) => void kept.push(next),
    reload: async () => kept.at(-1) ?? grant,
  });

const used = (grant: TokenGrant): TokenGrant => ({ ...grant, expiresAt: 0 });

test('somebody signs in and is who the platform says, with rights where it grants them', async () => {
  const lead = personWith(await signIn('team-lead'));
  const truth = simulator.world.personas.find(({ key }) => key === 'team-lead')?.subject;
  expect(await lead.readProfile()).toEqual({ userId: truth?.userId, name: truth?.name });
  const { rights, divisionNames } = await lead.readRights();
  const division = truth?.grants[0]?.divisionId ?? '';
  expect(rights.get('see-floor')).toEqual(new Set([division]));
  expect(rights.has('override-verdict')).toBe(false);
  expect([...divisionNames.keys()]).toEqual([division]);
  expect((await personWith(await signIn('admin')).readRights()).rights.get('manage')).toBe('all');
  expect((await personWith(await signIn('agent')).readRights()).rights.size).toBe(0);
});

test('a code is good once and with its verifier', async () => {
  const answer = await codeFor('viewer');
  await expect(people.redeemCode({ ...answer, codeVerifier: 'another' })).rejects.toMatchObject({
    name: 'GenesysGrantRefused',
  });
  const good = await codeFor('viewer');
  await people.redeemCode(good);
  await expect(people.redeemCode(good)).rejects.toMatchObject({ name: 'GenesysGrantRefused' });
});

test('a wrong secret is told by the name of its setting', async () => {
  const answer = await codeFor('viewer');
  await expect(peopleThrough('wrong').redeemCode(answer)).rejects.toThrow('GENESYS_CLOUD_SIGN_IN_CLIENT_SECRET');
});

test('a token that ends is renewed once for all who wait, and the new one is kept', async () => {
  const kept: TokenGrant[] = [];
  const person = personWith(used(await signIn('viewer')), kept);
  await Promise.all([person.readProfile(), person.readProfile(), person.readRights()]);
  expect(kept).toHaveLength(1);
});

test('what another process has renewed is taken over', async () => {
  const kept: TokenGrant[] = [];
  const grant = used(await signIn('viewer'));
  await personWith(grant, kept).readProfile();
  const others = personWith(grant, kept); // its refresh token is used up
  await others.readProfile();
  expect(kept).toHaveLength(1);
});

test('a token the platform has thrown away is replaced, and one that cannot be is the end', async () => {
  const person = personWith(await signIn('viewer'));
  const control = new SimulatorControl(simulator.url);
  await control.switchOn('token-expires', { everyMs: 600_000 });
  await expect(person.readProfile()).resolves.toBeDefined();
  const other = personWith(await signIn('viewer'));
  await other.revoke();
  const dead = personWith({ ...used(await signIn('viewer')), refresh: null });
  await expect(dead.readProfile()).rejects.toMatchObject({ name: 'GenesysGrantRefused' });
});
