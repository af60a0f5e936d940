import type { DeliveryView, WebhookList, WebhookView } from '@floorwatch/contracts';
import { act } from 'react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { until } from '../../lib/until.fake.ts';
import { PageStage } from '../../live/page-stage.fake.tsx';
import { WEBHOOK } from './some-webhook.fake.ts';
import { readWebhooksSearch } from './webhooks-search.ts';
import { WebhooksView } from './webhooks-view.tsx';

const DEAD: DeliveryView = {
  id: '7',
  messageId: 'msg_7',
  type: 'agent.transition',
  agent: { id: 'ann', name: 'Ann' },
  state: 'dead',
  occurredAt: '2026-08-15T08:00:00.000Z',
  takenAt: '2026-08-15T08:00:01.000Z',
  attempts: 292,
  attemptedAt: '2026-08-16T08:00:02.000Z',
  status: 500,
  latencyMs: 31,
  request: '{"type":"agent.transition"}',
  response: 'the database is locked',
  error: 'answered 500',
};

let stage: PageStage;
let webhooks: WebhookView[];
let divisions: WebhookList['divisions'];
let deliveries: DeliveryView[];
let refusal: Response | null;
/** Writes, as method, path and body. */
let written: string[];
let asked: URL[];

const answerTo = (url: URL, { method = 'GET', body }: RequestInit): Response => {
  if (method !== 'GET') {
    written.push(`${method} ${url.pathname} ${typeof body === 'string' ? body : ''}`.trim());
    if (url.pathname.endsWith('/replay')) return Response.json({ replayed: 1 });
    return new Response(null, { status: 204 });
  }
  if (refusal !== null) return refusal.clone();
  if (url.pathname === '/api/webhooks') return Response.json({ webhooks, divisions });
  const isSecondPage = url.searchParams.has('cursor');
  return Response.json({
    deliveries: isSecondPage ? [{ ...DEAD, id: '6', agent: { id: 'ben', name: 'Ben' } }] : deliveries,
    cursor: isSecondPage || deliveries.length === 0 ? null : '7',
  });
};

beforeEach(() => {
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true);
  [webhooks, divisions, deliveries, refusal, written, asked] = [[WEBHOOK], 'all', [DEAD], null, [], []];
  vi.stubGlobal('fetch', (address: string, request: RequestInit = {}) => {
    const url = new URL(address, 'http://floorwatch.test');
    asked.push(url);
    return Promise.resolve(answerTo(url, request));
  });
  stage = new PageStage();
});

afterEach(() => stage.close());

const show = async (query = ''): Promise<void> => {
  stage.open();
  await stage.show(<WebhooksView zonePicker={null} />, {
    path: '/webhooks',
    address: `/webhooks${query}`,
    readSearch: readWebhooksSearch,
  });
};

const press = async (name: string): Promise<void> => {
  const buttons = [...stage.page.querySelectorAll('button'), ...document.body.querySelectorAll('button')];
  const button = buttons.findLast(
    (one) => one.textContent === name || one.getAttribute('aria-label')?.startsWith(name) === true,
  );
  await act(async () => {
    button?.click();
    await Promise.resolve();
  });
  expect(button, `a button ${name}`).toBeDefined();
};

test('without any it says why, and offers to make one', async () => {
  webhooks = [];
  await show();
  await stage.shows('Nobody is told yet');
  await stage.shows('New webhook');
});

test('dead letters are counted, and wait again once that was confirmed', async () => {
  webhooks = [{ ...WEBHOOK, dead: 3 }];
  await show();
  await stage.shows('Dead letters3');
  await press('Replay dead');
  await stage.shows('3 dead messages wait again');
  expect(written).toEqual([]);
  await press('Replay');
  await until(() => expect(written).toEqual(['POST /api/webhooks/a/replay {"deliveries":"all"}']));
});

test('of the log one dead message can be replayed, and older ones are a page away', async () => {
  await show('?webhook=a&state=dead&zone=Europe%2FBerlin');
  await stage.shows('Sat 15 Aug 2026, 10:00:00');
  expect(asked.at(-1)?.searchParams.get('state')).toBe('dead');
  await press('Message of ');
  await stage.shows('the database is locked');
  await press('Replay this one');
  await until(() => expect(written).toEqual(['POST /api/webhooks/a/replay {"deliveries":["7"]}']));
  await press('Show older ones');
  await stage.shows('Ben');
});

test('a log in which nothing fits the filter says so, and one in which nothing is says why', async () => {
  deliveries = [];
  await show('?webhook=a&state=dead');
  await stage.shows('No message that is kept is like that.');
  await press('Show all');
  await stage.shows('Nothing that it tells of has happened since it was made.');
});

test('a target that is gone and a secret that is lost say what to do', async () => {
  webhooks = [
    { ...WEBHOOK, state: 'paused', pausedBy: 'gone' },
    { ...WEBHOOK, id: 'b', name: 'Chat', isSecretKnown: false, origin: 'environment' },
  ];
  await show();
  await stage.shows('gone for good (410)');
  await stage.shows('Make a new secret.');
  await stage.shows('from the environment');
});

test('a refusal is told with its reason and what finds it in the log', async () => {
  const body = { code: 'store-unavailable', message: 'Nothing is recorded here', correlationId: 'c-1' };
  refusal = Response.json(body, { status: 503 });
  await show();
  await stage.shows('Webhooks cannot be reached');
  await stage.shows('For the log: c-1');
  refusal = null;
  await press('Ask again');
  await stage.shows('Every change of every agent');
});
