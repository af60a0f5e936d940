import { createApiKey, getSession, listApiKeys, type ApiKeyView, type CreateApiKey } from '@floorwatch/contracts';
import { act } from 'react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { until } from '../../lib/until.fake.ts';
import { PageStage } from '../../live/page-stage.fake.tsx';
import { readApiKeysSearch } from './api-keys-search.ts';
import { ApiKeysView } from './api-keys-view.tsx';

const SECRET = 'floorwatch_0123456789abcdef_shown-once';

const keyOf = (parts: Partial<ApiKeyView> = {}): ApiKeyView => ({
  id: '0123456789abcdef',
  name: 'Payroll',
  scopes: ['feed:transitions'],
  divisions: 'all',
  state: 'active',
  createdBy: { id: 'ada', name: 'Ada' },
  createdAt: '2026-08-15T08:00:00.000Z',
  expiresAt: null,
  revokedAt: null,
  lastUsedAt: null,
  ...parts,
});

let stage: PageStage;
let keys: ApiKeyView[];
let mayOpenAll: boolean;
let refusal: Response | null;
let written: { readonly path: string; readonly body: unknown }[];

const answerTo = (path: string, request: RequestInit): Response => {
  if (path === getSession.path) return Response.json(null, { status: 401 });
  if (refusal !== null) return refusal.clone();
  if (request.method !== 'POST')
    return Response.json({ keys, divisions: [{ id: 'north', name: 'The North' }], mayOpenAll });
  const body: unknown = typeof request.body === 'string' ? JSON.parse(request.body) : null;
  written.push({ path, body });
  if (path !== createApiKey.path) {
    keys = keys.map((key) => ({ ...key, state: 'revoked', revokedAt: '2026-08-15T09:00:00.000Z' }));
    return Response.json(keys[0]);
  }
  keys = [keyOf({ name: (body as CreateApiKey).name })];
  return Response.json({ key: keys[0], secret: SECRET }, { status: 201 });
};

beforeEach(() => {
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true);
  [keys, mayOpenAll, refusal, written] = [[], true, null, []];
  vi.stubGlobal('fetch', (address: string, request: RequestInit = {}) =>
    Promise.resolve(answerTo(new URL(address, 'http://floorwatch.test').pathname, request)),
  );
  stage = new PageStage();
  document.body.append(stage.page);
});

afterEach(async () => {
  await stage.close();
  stage.page.remove();
});

const show = async (query = ''): Promise<void> => {
  stage.open();
  await stage.show(<ApiKeysView />, { path: '/api-keys', address: `/api-keys${query}`, readSearch: readApiKeysSearch });
};

const press = (words: string): Promise<void> =>
  act(async () => {
    const buttons = [...document.querySelectorAll('button')];
    const button = buttons.find((one) => one.textContent === words) ?? expect.fail(`no button “${words}”`);
    button.click();
    await Promise.resolve();
  });

const type = (text: string): Promise<void> =>
  act(async () => {
    const input = document.querySelector<HTMLInputElement>('form input:not([type])') ?? expect.fail('no input');
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(input, text);
    input.dispatchEvent(new Event('input', { bubbles: true }));
    await Promise.resolve();
  });

test('a key is made for what was chosen, shown once, and then listed without its secret', async () => {
  await show();
  await stage.shows('Nobody has made one for a division of yours yet.');
  await press('Make a key');
  await stage.shows('Say what it is for.');
  await type('Payroll');
  await press('Make the key');
  await stage.shows(SECRET);
  expect(written).toEqual([
    {
      path: createApiKey.path,
      body: { name: 'Payroll', scopes: ['feed:transitions'], divisions: 'all', expiresInDays: 90 },
    },
  ]);
  await press('I have it');
  await until(() => expect(document.body.textContent).not.toContain(SECRET));
  await stage.shows('Feed of transitions');
});

test('whoever manages some divisions chooses among these', async () => {
  mayOpenAll = false;
  await show();
  await stage.shows('Make a key');
  await press('Make a key');
  await type('Payroll');
  await stage.shows('Choose a division.');
  expect(document.body.textContent).not.toContain('Every division');
  await act(async () => {
    document.querySelector<HTMLInputElement>('input[value="north"]')?.click();
    await Promise.resolve();
  });
  await press('Make the key');
  await stage.shows(SECRET);
  expect(written[0]?.body).toMatchObject({ divisions: ['north'] });
});

test('a key is revoked after being asked once more, and stays to be seen', async () => {
  keys = [keyOf({ lastUsedAt: '2026-08-15T08:30:00.000Z' })];
  await show();
  await stage.shows('Every division');
  await press('Revoke');
  expect(written).toEqual([]);
  await press('Keep it');
  await press('Revoke');
  await press('Revoke it');
  await stage.shows('All that were made are expired or revoked.');
  expect(written).toEqual([{ path: `${listApiKeys.path}/0123456789abcdef/revoke`, body: null }]);
  await press('Show 1 that have ended');
  await stage.shows('Revoked');
});

test('whoever may not manage is told so', async () => {
  const body = { code: 'not-allowed', message: 'It takes presence:settings:edit', correlationId: 'c-1' };
  refusal = Response.json(body, { status: 403 });
  await show();
  await stage.shows('The keys are not for you to see');
  expect(stage.text).toContain('presence:settings:edit');
});
