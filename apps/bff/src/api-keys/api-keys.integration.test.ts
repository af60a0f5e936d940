import { createApiKey, errorBody, feedTransitions, listApiKeys, type ApiKeyCreated } from '@floorwatch/contracts';
import { FakeClock } from '@floorwatch/domain/testing';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { DividedFloor } from '../scopes/divided-floor.fake.ts';
import { closeTheStore, SET_UP_MS, type Browser } from '../sessions/signed-in-floor.fake.ts';
import { KeyCheck } from './key-check.ts';
import { hashOfSecret, makeKeyText, readKeyText } from './key-text.ts';

let floor: DividedFloor;
let admin: Browser;

beforeAll(async () => {
  floor = await DividedFloor.open();
  admin = await floor.signedIn('admin');
}, SET_UP_MS);

afterAll(async () => {
  await floor.close();
  await closeTheStore();
});

const WISH = { name: 'Payroll', scopes: ['feed:transitions'], divisions: 'all' };

const make = async (wish: object = {}): Promise<ApiKeyCreated> => {
  const { status, text } = await admin.write(createApiKey.path, { ...WISH, ...wish });
  expect(status, text).toBe(201);
  return createApiKey.reply.parse(JSON.parse(text));
};

const knock = async (authorization: string | null, path: string = feedTransitions.path) => {
  const headers = authorization === null ? {} : { authorization };
  const response = await fetch(new URL(path, floor.url), { headers });
  const text = await response.text();
  const code = response.status === 200 ? 'open' : errorBody.parse(JSON.parse(text)).code;
  return { status: response.status, code, headers: response.headers };
};

it('a key opens what it is for and nothing else, until it is revoked', async () => {
  const { key, secret } = await make();
  const bearer = `Bearer ${secret}`;
  expect(await knock(bearer)).toMatchObject({ code: 'open' });
  expect(await knock(`bearer  ${secret} `)).toMatchObject({ code: 'open' });
  expect(await knock(bearer, '/api/feed/windows')).toMatchObject({ status: 403, code: 'not-allowed' });
  for (const path of ['/api/agents', '/api/api-keys', '/api/audit', '/api/session'])
    expect(await knock(bearer, path), path).toMatchObject({ status: 401, code: 'signed-out' });
  expect((await admin.write(`/api/api-keys/${key.id}/revoke`)).status).toBe(200);
  expect(await knock(bearer)).toMatchObject({ status: 401, code: 'key-refused' });
  expect((await admin.write(`/api/api-keys/${key.id}/revoke`)).status).toBe(200);
});

it('without a key, with a wrong one or a wrong way of sending it, nothing opens', async () => {
  const { secret } = await make();
  const other = makeKeyText().text;
  const half = secret.slice(0, -1);
  for (const wrong of [null, '', secret, `Basic ${secret}`, `Bearer ${other}`, `Bearer ${half}`, `Bearer ${half}!`]) {
    const answer = await knock(wrong);
    expect(answer, String(wrong)).toMatchObject({ status: 401, code: 'key-refused' });
    expect(answer.headers.get('www-authenticate')).toBe('Bearer realm="floorwatch"');
  }
  // A session is no key, also that of an admin.
  expect((await admin.get(feedTransitions.path)).status).toBe(401);
});

it('the list shows who made what, when it was used, and never a secret', async () => {
  const { key, secret } = await make({ name: 'Shown' });
  await knock(`Bearer ${secret}`);
  await floor.eventually(async () => {
    const { text } = await admin.get(listApiKeys.path);
    const { keys, mayOpenAll, divisions } = listApiKeys.reply.parse(JSON.parse(text));
    const shown = keys.find(({ id }) => id === key.id);
    expect(shown).toMatchObject({ name: 'Shown', state: 'active', scopes: ['feed:transitions'], divisions: 'all' });
    expect(shown?.createdBy.name).not.toBe('');
    expect(shown?.lastUsedAt).not.toBeNull();
    expect(mayOpenAll).toBe(true);
    expect(divisions.map(({ id }) => id)).toContain(floor.divisionOfTeamLead);
    expect(text).not.toContain(secret.slice(-43));
    expect(text).not.toContain(hashOfSecret(secret.slice(-43)));
  });
});

it('nobody finds the secret in the store, in the log or in the audit', async () => {
  const { key, secret } = await make({ name: 'Hidden' });
  await knock(`Bearer ${secret}`);
  await knock(`Bearer ${secret.slice(0, -1)}x`);
  const kept = JSON.stringify(await floor.store.apiKeys.find(key.id));
  const audited = JSON.stringify(floor.audit.entries);
  expect(kept).toContain('Hidden');
  expect(audited).toContain('Hidden');
  for (const text of [kept, audited, floor.logged.join('')]) expect(text).not.toContain(secret.slice(-43, -1));
});

it('making and revoking stand in the audit, before they are done', async () => {
  const { key } = await make({ name: 'Audited', expiresInDays: 30 });
  await admin.write(`/api/api-keys/${key.id}/revoke`);
  const about = floor.audit.entries.filter((entry) =>
    [entry.before, entry.after].some((one) => one?.['key'] === key.id),
  );
  expect(about.map(({ action, outcome }) => `${action} ${outcome}`)).toEqual([
    'settings-change requested',
    'settings-change accepted',
    'settings-change requested',
    'settings-change accepted',
  ]);
  expect(about[0]).toMatchObject({
    actor: { kind: 'person' },
    before: null,
    after: {
      setting: 'API key',
      name: 'Audited',
      scopes: 'feed:transitions',
      divisions: 'all',
      expires: key.expiresAt,
    },
  });
  expect(about[2]).toMatchObject({ before: { key: key.id }, after: null });
});

it.each([
  ['an empty name', { name: ' ' }, 400],
  ['no scope', { scopes: [] }, 400],
  ['an unknown scope', { scopes: ['everything'] }, 400],
  ['no division', { divisions: [] }, 400],
  ['an end in the past', { expiresInDays: 0 }, 400],
])('a key with %s is not made', async (_, wish, status) => {
  const answer = await admin.write(createApiKey.path, { ...WISH, ...wish });
  expect([answer.status, errorBody.parse(JSON.parse(answer.text)).code]).toEqual([status, 'invalid-request']);
});

it('whoever brings wrong secrets for a key waits longer and longer; the right one elsewhere does not', async () => {
  const clock = new FakeClock();
  const { store } = floor;
  const keys = new KeyCheck({ store: store.apiKeys, clock, log: pino({ level: 'silent' }) });
  const { key, secret } = await make();
  const wrong = `Bearer ${secret.slice(0, -1)}${secret.endsWith('A') ? 'B' : 'A'}`;
  const tryIt = (authorization: string, address: string) =>
    keys.admit({ authorization, address }, 'feed:transitions').then(
      () => 'open',
      (error: unknown) => (error as { code: string }).code,
    );
  for (let tries = 0; tries < 6; tries += 1) expect(await tryIt(wrong, '10.0.0.1')).toBe('key-refused');
  expect(await tryIt(wrong, '10.0.0.1')).toBe('rate-limited');
  expect(await tryIt(`Bearer ${secret}`, '10.0.0.2')).toBe('open');
  await clock.advance(10_000);
  expect(await tryIt(`Bearer ${secret}`, '10.0.0.1')).toBe('open');
  expect(await keys.isStillValid(key.id)).toBe(true);
});

it('a key opens nothing any more when its time is over', async () => {
  const { key, secret } = await make({ expiresInDays: 30 });
  const endsAt = Date.parse(key.expiresAt ?? '');
  expect(endsAt - Date.parse(key.createdAt)).toBe(30 * 86_400_000);
  const clock = new FakeClock(endsAt - 1);
  const keys = new KeyCheck({ store: floor.store.apiKeys, clock, log: pino({ level: 'silent' }) });
  const knocking = { authorization: `Bearer ${secret}`, address: '10.0.0.3' };
  expect((await keys.admit(knocking, 'feed:transitions')).id).toBe(key.id);
  await clock.advance(1);
  await expect(keys.admit(knocking, 'feed:transitions')).rejects.toMatchObject({ code: 'key-refused' });
  expect(await keys.isStillValid(key.id)).toBe(false);
});

it('a key text is read back whatever is in its secret', () => {
  for (let tries = 0; tries < 200; tries += 1) {
    const { id, secret, text } = makeKeyText();
    expect(readKeyText(`Bearer ${text}`)).toEqual({ id, secret });
  }
});
