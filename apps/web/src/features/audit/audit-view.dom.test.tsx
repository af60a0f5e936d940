import {
  getSession,
  listAudit,
  verifyAudit,
  type AuditEntryView,
  type AuditVerification,
  type SessionInfo,
} from '@floorwatch/contracts';
import { act, type ReactNode } from 'react';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { until } from '../../lib/until.fake.ts';
import { PageStage } from '../../live/page-stage.fake.tsx';
import { AgentAudit } from './agent-audit.tsx';
import { readAuditSearch } from './audit-search.ts';
import { AuditView } from './audit-view.tsx';

const SUPERVISOR: SessionInfo = {
  person: { userId: 'jane', name: 'Jane', role: 'supervisor' },
  rights: {},
  divisionsSeen: 'all',
  endsAt: null,
  idlesAt: null,
  csrfToken: null,
  missing: [],
};

const WHOLE: AuditVerification = {
  verifiedAt: '2026-08-15T08:00:00.000Z',
  entries: 3,
  head: `3:${'ab'.repeat(32)}`,
  broken: null,
};

const entryOf = (seq: number, parts: Partial<AuditEntryView> = {}): AuditEntryView => ({
  seq,
  at: '2026-08-15T07:30:00.000Z',
  action: 'presence-change',
  outcome: 'confirmed',
  actor: { kind: 'person', id: 'jane', name: 'Jane' },
  agent: { id: 'ann', name: 'Ann', division: 'North' },
  before: { presence: 'available' },
  after: { presence: 'break' },
  reason: null,
  correlationId: `c-${seq}`,
  platformCorrelationId: null,
  hash: 'cd'.repeat(32),
  ...parts,
});

let stage: PageStage;
let asked: URL[];
let entries: AuditEntryView[];
let verification: AuditVerification;
let refusal: Response | null;
let session: SessionInfo;

const answerTo = (url: URL): Response => {
  if (url.pathname === getSession.path) return Response.json(session);
  if (refusal !== null) return refusal.clone();
  if (url.pathname === verifyAudit.path) return Response.json(verification);
  expect(url.pathname).toBe(listAudit.path);
  const from = Number(url.searchParams.get('cursor') ?? 0);
  const rest = entries.slice(from, from + 2);
  const cursor = from + 2 < entries.length ? String(from + 2) : null;
  return Response.json({ entries: rest, total: entries.length, cursor });
};

beforeEach(() => {
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true);
  [asked, entries, verification, refusal] = [[], [entryOf(3), entryOf(2), entryOf(1)], WHOLE, null];
  session = { ...SUPERVISOR, rights: { 'see-floor': 'all', 'see-audit': 'all' } };
  vi.stubGlobal('fetch', (address: string) => {
    const url = new URL(address, 'http://floorwatch.test');
    asked.push(url);
    return Promise.resolve(answerTo(url));
  });
  stage = new PageStage();
});

afterEach(() => stage.close());

const show = async (query = '', content: ReactNode = <AuditView timePicker={null} />): Promise<void> => {
  stage.open();
  await stage.show(content, {
    path: '/audit',
    address: `/audit${query}`,
    readSearch: (raw) => readAuditSearch(raw, 'Europe/Berlin'),
  });
};

const press = async (selector: string): Promise<void> => {
  await act(async () => {
    stage.find(selector).click();
    await Promise.resolve();
  });
};

const lastQuestion = (): Record<string, string> => {
  const url = asked.findLast(({ pathname }) => pathname === listAudit.path);
  return Object.fromEntries(url?.searchParams ?? []);
};

describe('the page', () => {
  test('tells who did what to whom in the viewer’s zone, and that the audit is whole', async () => {
    await show();
    await stage.shows('3 entries, newest first.');
    await stage.shows('The audit is whole. 3 entries hold together, as of Sat 15 Aug 2026, 10:00:00.');
    expect(stage.text).toContain('times in Europe/Berlin, UTC+2');
    expect(stage.find('[data-seq="3"]').textContent).toBe(
      'Sat 15 Aug 2026, 09:30:00JanePresence changeConfirmedAnnPresence: available → break',
    );
  });

  test('shows older ones when asked', async () => {
    await show();
    await stage.shows('2 of 3 are shown');
    await press('.audit__more button');
    await until(() => expect(stage.page.querySelectorAll('.audit__line')).toHaveLength(3));
    expect(stage.page.querySelector('.audit__more')).toBeNull();
  });

  test('opens an entry with before and after, both correlations and its hash', async () => {
    entries = [entryOf(3, { platformCorrelationId: 'p-9', reason: 'break is due' })];
    await show();
    await stage.shows('1 entry');
    const opener = stage.find('.line-opener');
    expect(opener.getAttribute('aria-expanded')).toBe('false');
    await press('.line-opener');
    expect(opener.getAttribute('aria-expanded')).toBe('true');
    const details = stage.find(`#${CSS.escape(opener.getAttribute('aria-controls') ?? '')}`).textContent;
    for (const part of ['availablebreak', 'c-3', 'p-9', 'break is due', 'then in North', 'cd'.repeat(32)])
      expect(details).toContain(part);
  });

  test('names the entry at which it is broken, as an alarm', async () => {
    verification = { ...WHOLE, entries: 41, broken: { seq: 42, reason: 'it does not say what was written' } };
    await show();
    await stage.shows('The audit is broken at entry 42: it does not say what was written. 41 before it hold together');
    expect(stage.find('.verdict').getAttribute('data-tone')).toBe('alarm');
    expect(stage.find('.verdict [role="alert"]')).toBeDefined();
  });
});

test('somebody with some divisions is told that the audit is cut to them', async () => {
  session = { ...SUPERVISOR, rights: { 'see-audit': ['south'] } };
  await show();
  await stage.shows('Only what is about agents of your divisions');
  expect(stage.page.querySelector('.verdict')).not.toBeNull();
});

describe('the filter', () => {
  test('is what the address says, and is asked of the API', async () => {
    await show('?outcome=refused&actor=jane&time=range&day=2026-08-15&zone=Europe/Berlin');
    await stage.shows('By Jane');
    expect(lastQuestion()).toEqual({
      outcome: 'refused',
      actor: 'jane',
      from: '2026-08-14T22:00:00.000Z',
      to: '2026-08-15T22:00:00.000Z',
      limit: '50',
    });
    await press('.audit__chip');
    await until(() => expect(lastQuestion()).not.toHaveProperty('actor'));
  });

  test('that hides everything says so and can be taken away', async () => {
    entries = [];
    await show('?correlation=c-7');
    await stage.shows('Nothing in the audit is like that');
    await press('.empty__box button');
    await stage.shows('Nothing has happened yet');
    expect(lastQuestion()).toEqual({ limit: '50' });
  });
});

describe('somebody who may not see the audit', () => {
  beforeEach(() => {
    session = { ...SUPERVISOR, rights: { 'see-floor': 'all', 'see-audit': ['south'] } };
    refusal = Response.json(
      { code: 'not-allowed', message: 'It takes audits:audit:view', correlationId: 'c-42' },
      { status: 403 },
    );
  });

  test('is told why, once, and cannot ask again', async () => {
    session = SUPERVISOR;
    await show();
    await stage.shows('The audit is not for you to see');
    expect(stage.text).toContain('It takes audits:audit:view');
    expect(stage.page.querySelector('.verdict')).toBeNull();
    expect(stage.page.querySelector('.empty__box button')).toBeNull();
  });

  test('sees nothing of it on an agent’s page', async () => {
    await show('', <AgentAudit agentId="ann" zone="UTC" />);
    await until(() => expect(stage.queries.getQueryData(['session'])).toBeDefined());
    expect(stage.page.querySelector('.agent-audit')).toBeNull();
    expect(asked.map(({ pathname }) => pathname)).toEqual([getSession.path]);
  });
});

test('an agent’s page has what was done to this agent, and the way to all of it', async () => {
  entries = [entryOf(3), entryOf(2), entryOf(1)];
  await show('', <AgentAudit agentId="ann" zone="UTC" />);
  await stage.shows('All 3 entries');
  expect(lastQuestion()).toEqual({ agent: 'ann', limit: '10' });
  expect(stage.find('a').getAttribute('href')).toContain('agent=ann');
  expect(stage.find('[data-seq="3"]').textContent).not.toContain('Ann');
});

test('an audit that cannot be reached can be asked again', async () => {
  refusal = Response.json({ code: 'audit-unavailable', message: 'Not now', correlationId: 'c-42' }, { status: 503 });
  await show();
  await stage.shows('The audit cannot be reached');
  refusal = null;
  await press('.empty__box button');
  await stage.shows('3 entries');
});
