import { exportAudit, listAudit, verifyAudit, type AuditList } from '@floorwatch/contracts';
import {
  agentId,
  Board,
  CHAIN_START,
  divisionId,
  type AuditRecord,
  type DivisionScope,
  type Right,
  type Viewer,
} from '@floorwatch/domain';
import { FakeAuditLog, FakeClock } from '@floorwatch/domain/testing';
import { StoreUnavailable } from '@floorwatch/store';
import fastify, { type FastifyInstance } from 'fastify';
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AuditTrail } from '../../audit/audit-trail.ts';
import { accessPlugin } from '../../plugins/access.ts';
import { errorsPlugin } from '../../plugins/errors.ts';
import { readCsv } from '../export/read-csv.fake.ts';
import { AuditReader } from './audit-reader.ts';
import { auditRoutes } from './audit.routes.ts';

const [NORTH, SOUTH] = [divisionId('north'), divisionId('south')];

let app: FastifyInstance;
let audit: FakeAuditLog;
let clock: FakeClock;
let viewer: Viewer;

const viewerWith = (rights: readonly [Right, DivisionScope][]): Viewer => ({
  userId: 'jane',
  name: 'Jane',
  role: 'supervisor',
  rights: new Map(rights),
});

const recordOf = (parts: Partial<AuditRecord>): AuditRecord => ({
  at: Date.UTC(2026, 7, 15, 10),
  action: 'presence-change',
  outcome: 'requested',
  actor: { kind: 'person', id: 'jane', name: 'Jane' },
  target: { agentId: agentId('ann'), divisionId: NORTH },
  before: { presence: 'available' },
  after: { presence: 'break', message: null },
  reason: null,
  correlationId: 'c-1',
  platformCorrelationId: null,
  ...parts,
});

beforeEach(async () => {
  audit = new FakeAuditLog();
  clock = new FakeClock();
  viewer = viewerWith([['see-audit', 'all']]);
  const board = new Board('epoch');
  for (const [id, division] of [
    ['ann', NORTH],
    ['bob', SOUTH],
    ['moved', SOUTH],
  ] as const)
    board.putAgent({
      id: agentId(id),
      name: `${id}’s name`,
      divisionId: division,
      title: null,
      department: null,
      team: null,
    });
  const names = () => ({
    revision: 1,
    divisions: [{ id: 'north', name: 'The North' }],
    queues: [],
    presenceDefinitions: [],
  });
  app = fastify();
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  await app.register(errorsPlugin, { servesPages: false });
  await app.register(accessPlugin, {
    visitOf: async () => ({ viewer, csrfToken: null, hand: null, watch: () => () => undefined }),
    permissionsOf: Object.fromEntries([['see-audit', ['audits:audit:view']]]) as Record<Right, string[]>,
    onRefused: () => undefined,
    keyOf: () => Promise.reject(new Error('no route here takes a key')),
  });
  await app.register(auditRoutes, {
    audit: new AuditReader({ audit, board, names, clock, organisation: 'Test' }),
    trail: new AuditTrail({ audit, clock, log: pino({ level: 'silent' }) }),
    board,
  });
});
afterEach(() => app.close());

const ask = async (path: string, query: Record<string, string> = {}) => {
  const answer = await app.inject({ method: 'GET', url: path, query });
  return { status: answer.statusCode, headers: answer.headers, text: answer.body };
};

const list = async (query: Record<string, string> = {}): Promise<AuditList> => {
  const { status, text } = await ask(listAudit.path, query);
  expect(status, text).toBe(200);
  return listAudit.reply.parse(JSON.parse(text));
};

const numbers = async (query?: Record<string, string>) => (await list(query)).entries.map(({ seq }) => seq);

describe('the list', () => {
  it('tells entries newest first, with the names of today, and goes on by its cursor', async () => {
    for (const at of [1, 2, 3]) await audit.append(recordOf({ at: at * 1000 }));
    await audit.append(recordOf({ target: { agentId: agentId('gone'), divisionId: SOUTH } }));
    const first = await list({ limit: '2' });
    expect(first.entries.map(({ seq, agent }) => [seq, agent])).toEqual([
      [4, { id: 'gone', name: null, division: 'south' }],
      [3, { id: 'ann', name: 'ann’s name', division: 'The North' }],
    ]);
    expect(first).toMatchObject({ total: 4, cursor: '3' });
    await audit.append(recordOf({}));
    const second = await list({ limit: '2', cursor: first.cursor ?? '' });
    expect(second.entries.map(({ seq }) => seq)).toEqual([2, 1]);
    expect(second).toMatchObject({ total: null, cursor: null });
  });

  it('finds by action, outcome, actor, agent, time and correlation', async () => {
    await audit.append(recordOf({ at: 1000, action: 'sign-in', target: null, correlationId: 'c-2' }));
    await audit.append(
      recordOf({ at: 2000, outcome: 'refused', actor: { kind: 'automation', id: 'lunch', name: null } }),
    );
    await audit.append(recordOf({ at: 3000 }));
    expect(await numbers({ action: 'sign-in,export' })).toEqual([1]);
    expect(await numbers({ outcome: 'refused' })).toEqual([2]);
    expect(await numbers({ actor: 'lunch' })).toEqual([2]);
    expect(await numbers({ agent: 'ann' })).toEqual([3, 2]);
    expect(await numbers({ correlation: 'c-2' })).toEqual([1]);
    expect(await numbers({ from: '1970-01-01T00:00:01.500Z', to: '1970-01-01T00:00:03.000Z' })).toEqual([2]);
  });

  it('shows an entry that somebody has altered into nonsense', async () => {
    const entry = await audit.append(recordOf({}));
    Object.assign(entry, { action: 'nonsense', at: 1e17 });
    expect((await list()).entries[0]).toMatchObject({ action: 'nonsense', at: '9999-12-31T00:00:00.000Z' });
  });

  it.each([
    [{ action: 'everything' }, 'action'],
    [{ cursor: 'x' }, 'must be the cursor of an earlier answer'],
    [{ from: 'yesterday' }, 'from'],
    [{ limit: '1000' }, 'limit'],
  ])('refuses %j and names the parameter', async (query, named) => {
    const { status, text } = await ask(listAudit.path, query);
    expect(status).toBe(400);
    expect(JSON.parse(text)).toMatchObject({
      code: 'invalid-request',
      message: expect.stringContaining(named) as unknown,
    });
  });
});

describe('somebody who may see the audit in some divisions', () => {
  beforeEach(async () => {
    viewer = viewerWith([['see-audit', new Set([NORTH])]]);
    await audit.append(recordOf({}));
    await audit.append(recordOf({ target: { agentId: agentId('bob'), divisionId: SOUTH } }));
    await audit.append(recordOf({ target: { agentId: agentId('moved'), divisionId: NORTH } }));
    await audit.append(recordOf({ target: { agentId: agentId('ann'), divisionId: SOUTH } }));
    await audit.append(recordOf({ target: { agentId: agentId('gone'), divisionId: NORTH } }));
    await audit.append(recordOf({ action: 'sign-in', target: null }));
  });

  it('is told only of agents who are in one now and were in one then, in the list and in the file', async () => {
    expect(await numbers()).toEqual([1]);
    expect(await list()).toMatchObject({ total: 1 });
    expect(await numbers({ agent: 'bob' })).toEqual([]);
    expect(await numbers({ action: 'sign-in' })).toEqual([]);
    const { text } = await ask(exportAudit.path);
    expect(readCsv(text).rows.map(({ seq }) => seq)).toEqual(['1']);
    expect(text).not.toMatch(/bob|moved|gone/);
  });

  it('sees nothing once the right is gone', async () => {
    viewer = viewerWith([['see-floor', 'all']]);
    for (const path of [listAudit.path, exportAudit.path, verifyAudit.path])
      expect(await ask(path)).toMatchObject({ status: 403 });
  });
});

describe('the file', () => {
  it('has all entries with both times, the head of the chain, and stands in the audit itself', async () => {
    for (let at = 0; at < 1203; at += 1) await audit.append(recordOf({ at, reason: at === 7 ? '=cmd' : null }));
    const noted = await audit.head();
    const { text, headers } = await ask(exportAudit.path, { zone: 'Asia/Kathmandu', action: 'presence-change' });
    const { head, rows } = readCsv(text);
    expect(rows).toHaveLength(1203);
    expect(headers['x-row-count']).toBe('1203');
    expect(rows[0]).toMatchObject({ seq: '1203', timestampLocal: '1970-01-01T05:30:01.202+05:30' });
    expect(rows.at(-8)).toMatchObject({ reason: "'=cmd", after: '{"message":null,"presence":"break"}' });
    expect(head).toMatchObject({
      Filter: 'action presence-change',
      'Head of the chain': `1203:${noted.hash}`,
      Rows: '1203',
    });
    expect(audit.entries.at(-1)).toMatchObject({
      seq: 1204,
      action: 'export',
      outcome: 'accepted',
      actor: { kind: 'person', id: 'jane' },
      target: null,
      after: { file: exportAudit.path, action: 'presence-change', zone: 'Asia/Kathmandu', format: 'csv', rows: 1203 },
    });
  });

  it('does not leave while the audit cannot be written', async () => {
    await audit.append(recordOf({}));
    const append = new StoreUnavailable('gone');
    audit.append = () => Promise.reject(append);
    const { status, text, headers } = await ask(exportAudit.path);
    expect({ status, body: JSON.parse(text) as unknown }).toMatchObject({
      status: 503,
      body: { code: 'audit-unavailable', message: expect.stringContaining('nothing was done') as unknown },
    });
    expect(headers['content-disposition']).toBeUndefined();
  });
});

describe('verification', () => {
  it('says that the chain holds together, or names the entry, and walks it once a minute at most', async () => {
    await audit.append(recordOf({}));
    const altered = await audit.append(recordOf({}));
    const verify = async () => verifyAudit.reply.parse(JSON.parse((await ask(verifyAudit.path)).text));
    expect(await verify()).toMatchObject({ entries: 2, head: `2:${altered.hash}`, broken: null });
    Object.assign(altered, { reason: 'altered' });
    await clock.advance(59_999);
    expect(await verify()).toMatchObject({ broken: null });
    await clock.advance(1);
    expect(await verify()).toMatchObject({ entries: 1, broken: { seq: 2, reason: expect.any(String) as unknown } });
  });

  it('that failed is tried again at once', async () => {
    audit.outage = new StoreUnavailable('gone');
    const { status, text } = await ask(verifyAudit.path);
    expect({ status, ...(JSON.parse(text) as object) }).toMatchObject({ status: 503, code: 'audit-unavailable' });
    expect(await ask(listAudit.path)).toMatchObject({ status: 503 });
    audit.outage = null;
    expect(verifyAudit.reply.parse(JSON.parse((await ask(verifyAudit.path)).text))).toMatchObject({
      entries: 0,
      head: `0:${CHAIN_START.hash}`,
    });
  });
});
