import {
  exportAgentAvailability,
  exportAgentHistory,
  exportAgents,
  exportAgentTransitions,
  exportAvailability,
} from '@floorwatch/contracts';
import { FakeAuditLog, FakeRecordingStore } from '@floorwatch/domain/testing';
import { StoreUnavailable } from '@floorwatch/store';
import { afterEach, expect, it } from 'vitest';
import { openHistoryFloor, pathOf, type HistoryFloor } from '../history/history-floor.fake.ts';

const HOUR = 3_600_000;

let floor: HistoryFloor;
afterEach(() => floor.close());

const range = () => ({
  from: new Date(floor.now() - 2 * HOUR).toISOString(),
  to: new Date(floor.now() - HOUR).toISOString(),
});

/** Every file that there is, taken. */
const takeAll = async () => {
  const { app } = floor.floorwatch;
  const id = floor.ids[0] ?? expect.fail('no agents');
  const paths = [exportAgentHistory.path, exportAgentTransitions.path, exportAgentAvailability.path];
  const answers = [];
  for (const path of [...paths.map((one) => pathOf(one, id)), exportAvailability.path])
    answers.push(await app.inject({ method: 'GET', url: path, query: range() }));
  const body = { format: 'json', agents: floor.ids, filter: 'everybody' };
  answers.push(await app.inject({ method: 'POST', url: exportAgents.path, payload: body }));
  return { id, answers };
};

it('each file that leaves stands in the audit: by whom, of whom, asked for how, how many rows', async () => {
  const audit = new FakeAuditLog();
  floor = await openHistoryFloor({ store: new FakeRecordingStore(), audit });
  const { id, answers } = await takeAll();
  expect(answers.map(({ statusCode }) => statusCode)).toEqual([200, 200, 200, 200, 200]);
  expect(audit.entries.map(({ after, target }) => [after?.['file'], target?.agentId ?? null])).toEqual([
    [exportAgentHistory.path, id],
    [exportAgentTransitions.path, id],
    [exportAgentAvailability.path, id],
    [exportAvailability.path, null],
    [exportAgents.path, null],
  ]);
  expect(audit.entries[0]).toMatchObject({ action: 'export', outcome: 'accepted', after: range() });
  expect(audit.entries[4]?.after).toEqual({
    file: exportAgents.path,
    format: 'json',
    zone: 'UTC',
    agents: `${String(floor.ids.length)} chosen`,
    filter: 'everybody',
    rows: floor.ids.length,
  });
});

it('no file leaves while the audit cannot be written, and none is refused without a store', async () => {
  const audit = new FakeAuditLog();
  floor = await openHistoryFloor({ store: new FakeRecordingStore(), audit });
  audit.outage = new StoreUnavailable('gone');
  for (const { statusCode, headers, body } of (await takeAll()).answers) {
    expect(statusCode).toBe(503);
    expect(JSON.parse(body)).toMatchObject({ code: 'audit-unavailable' });
    expect(headers['content-disposition']).toBeUndefined();
  }
  await floor.close();
  floor = await openHistoryFloor({ store: new FakeRecordingStore() });
  expect((await takeAll()).answers.map(({ statusCode }) => statusCode)).toEqual([200, 200, 200, 200, 200]);
});

it('a file that is refused is not in the audit as one that left', async () => {
  const audit = new FakeAuditLog();
  floor = await openHistoryFloor({ audit });
  const path = pathOf(exportAgentHistory.path, 'nobody');
  expect((await floor.floorwatch.app.inject({ method: 'GET', url: path, query: range() })).statusCode).toBe(404);
  expect(audit.entries).toEqual([]);
});
