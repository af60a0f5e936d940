import { bulkChange, previewBulk } from '@floorwatch/contracts';
import { act } from 'react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { until } from '../../lib/until.fake.ts';
import { usePresenceDesk } from '../../live/presence-desk.ts';
import { BulkDialog } from './bulk-dialog.tsx';
import { CHANGE, ChangeStage, PREVIEW, refusal, THERE } from './change-stage.fake.tsx';

let stage: ChangeStage;

const NAMES = ['Ana', 'Ben', 'Cem', 'Dea'];
const IDS = NAMES.map((name) => `id-${name}`);

const outcome = (name: string, more = {}) => ({
  agentId: `id-${name}`,
  etag: `"${name}"`,
  current: THERE,
  verdict: PREVIEW.verdict,
  effects: [],
  obstacles: [],
  ...more,
});

const DRY_RUN = previewBulk.reply.parse({
  agents: [
    outcome('Ana'),
    outcome('Ben'),
    outcome('Cem', { obstacles: ['schedule-blocks'] }),
    outcome('Dea', { etag: null, obstacles: ['agent-gone'] }),
  ],
  mayOverride: true,
  estimatedMs: 61_000,
});

const STARTED = bulkChange.parse({
  id: '7b9ab1a4-3a09-4c6f-9d3a-0a7a3f3c1c22',
  state: 'running',
  reason: null,
  wanted: CHANGE.wanted,
  by: CHANGE.by,
  startedAt: CHANGE.requestedAt,
  endedAt: null,
  counts: {
    waiting: 2,
    requested: 0,
    accepted: 0,
    confirmed: 0,
    'not-confirmed': 0,
    refused: 0,
    failed: 0,
    cancelled: 0,
  },
});

beforeEach(async () => {
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true);
  stage = new ChangeStage();
  for (const name of NAMES) stage.floor.put(name, { presence: 'onQueue', routing: 'idle', at: stage.now });
  stage.open();
  stage.instead = ({ path, method }) => {
    if (path.endsWith('/bulk/preview')) return Response.json(DRY_RUN);
    return path.endsWith('/bulk') && method === 'POST' ? Response.json(STARTED, { status: 202 }) : null;
  };
  await stage.showTask(<BulkDialog agentIds={IDS} />);
  await stage.choose('break');
  await stage.shows('Will be changed (2)');
});

afterEach(() => stage.close());

const started = () => stage.sentBy('POST').filter(({ path }) => path.endsWith('/bulk'));

const untick = (name: string) =>
  act(async () => {
    document.querySelector<HTMLInputElement>(`[aria-label="Take ${name} along"]`)?.click();
    await Promise.resolve();
  });

test('the dry run tells the outcome of each in groups, and how long it takes', () => {
  expect(stage.words).toContain('Blocked by the schedule (1)');
  expect(stage.words).toContain('Not possible (1)');
  expect(stage.words).toContain('Takes about 2 min at the pace Genesys Cloud allows');
  expect(stage.button('Set 2 agents to Break').disabled).toBe(false);
  expect(started()).toHaveLength(0);
});

test('exactly those who are left in it are sent, each with the presence that was shown', async () => {
  await untick('Ana');
  await stage.click('Set one agent to Break');
  await until(() => expect(usePresenceDesk.getState().task?.kind).toBe('bulk-progress'));
  expect(started()).toMatchObject([{ body: { agents: [{ agentId: 'id-Ben', etag: '"Ben"' }], override: null } }]);
});

test('whom the schedule blocks go along with a reason only', async () => {
  const reason = document.querySelector<HTMLTextAreaElement>('textarea[required]');
  await act(async () => {
    Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, 'value')?.set?.call(reason, 'Fire drill');
    reason?.dispatchEvent(new Event('input', { bubbles: true }));
    await Promise.resolve();
  });
  await stage.click('Set 3 agents to Break');
  await until(() => expect(started()).toHaveLength(1));
  expect(started()[0]).toMatchObject({ body: { override: { reason: 'Fire drill' } } });
});

test('a refusal is told where it was asked, and nothing of the choice is lost', async () => {
  const usual = stage.instead;
  stage.instead = (sent) =>
    sent.path.endsWith('/bulk') ? refusal(503, { code: 'audit-unavailable', message: 'No audit.' }) : usual(sent);
  await stage.click('Set 2 agents to Break');
  await stage.shows('without the audit no presence is changed');
  expect(usePresenceDesk.getState().task).toBeNull();
  expect(stage.words).toContain('Will be changed (2)');
});
