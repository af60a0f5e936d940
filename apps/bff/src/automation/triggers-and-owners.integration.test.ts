import { agentId } from '@floorwatch/domain';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PRESENCES } from '../presence-change/supervisor.fake.ts';
import { closeTheStore, codeOf } from '../sessions/signed-in-floor.fake.ts';
import { AutomationFloor } from './automation-floor.fake.ts';
import { ruleFor, trigger, type AutomationPerson } from './automation-person.fake.ts';

let floor: AutomationFloor;
let sue: AutomationPerson;
let admin: AutomationPerson;

beforeEach(async () => {
  floor = await AutomationFloor.open();
  [sue, admin] = await Promise.all([floor.person('supervisor'), floor.person('admin')]);
}, 120_000);

afterEach(() => floor.close(), 60_000);
afterAll(closeTheStore, 60_000);

describe('a trigger', () => {
  it('starts what it may with a key, once for each Idempotency-Key, and says whom it does not reach', async () => {
    const [ann = '', bob = '', cho = ''] = floor.idlers(3);
    await floor.put([ann, bob, cho], 'Available');
    const before = await floor.writes();
    const made = await sue.create(ruleFor([ann, bob]));
    const token = await admin.key();
    const answers = await Promise.all(
      [1, 2, 3, 4, 5].map(() => trigger(floor, made.id, { token, key: 'meeting-1', agents: [ann, cho] })),
    );
    expect(answers.map(({ status }) => status)).toEqual([202, 202, 202, 202, 202]);
    expect(new Set(answers.map(({ body }) => body['id'])).size).toBe(1);
    expect(answers[0]?.body).toMatchObject({ agents: 1, notReached: [cho] });
    expect(await sue.ended(made.id)).toMatchObject({ state: 'done', cause: 'trigger', counts: { changed: 1 } });
    expect((await floor.writes()) - before).toBe(1);
    expect([ann, bob, cho].map((id) => floor.presenceOf(id))).toEqual(['meeting', 'available', 'available']);
    const other = await trigger(floor, made.id, { token, key: 'meeting-1', agents: [bob] });
    expect([other.status, other.body['code']]).toEqual([422, 'idempotency-conflict']);
  }, 120_000);

  it('is refused without a key, with a wrong one, without a name of the try, while paused, and where nothing is to trigger', async () => {
    const [ann = ''] = floor.idlers(1);
    const made = await sue.create(ruleFor([ann]));
    const planned = await sue.create(ruleFor([ann], { start: floor.inMinutes(60) }));
    const token = await admin.key();
    expect((await trigger(floor, made.id, { key: 'a' })).status).toBe(401);
    expect((await trigger(floor, made.id, { token: `${token}x`, key: 'a' })).status).toBe(401);
    expect((await trigger(floor, made.id, { token })).status).toBe(400);
    expect((await trigger(floor, planned.id, { token, key: 'a' })).status).toBe(404);
    await sue.send('POST', `/api/automations/${made.id}/pause`);
    const paused = await trigger(floor, made.id, { token, key: 'a' });
    expect([paused.status, paused.body['code']]).toEqual([409, 'automation-paused']);
    expect(await sue.runs(made.id)).toEqual([]);
    await sue.send('POST', `/api/automations/${made.id}/resume`);
    expect((await trigger(floor, made.id, { token, key: 'a' })).status).toBe(202);
  }, 120_000);

  it('reaches no farther than the divisions of its key', async () => {
    const [own = ''] = floor.idlers(1, floor.agentsOf('own'));
    const [foreign = ''] = floor.idlers(1, floor.agentsOf('foreign'));
    await floor.put([own, foreign], 'Available');
    const made = await sue.create(ruleFor([own, foreign]));
    const token = await admin.key([floor.persona('team-lead').subject.grants[0]?.divisionId ?? '']);
    expect((await trigger(floor, made.id, { token, key: 'a' })).body).toMatchObject({ agents: 1 });
    await sue.ended(made.id);
    expect([floor.presenceOf(own), floor.presenceOf(foreign)]).toEqual(['meeting', 'available']);
  }, 120_000);
});

describe('an automation', () => {
  it('acts within the divisions of its owner alone', async () => {
    const lead = await floor.person('team-lead');
    const [own = ''] = floor.idlers(1, floor.agentsOf('own'));
    const [foreign = ''] = floor.idlers(1, floor.agentsOf('foreign'));
    await floor.put([own, foreign], 'Available');
    const divisionIds = [own, foreign].map(
      (id) => floor.floorwatch.board.rowOf(agentId(id))?.profile.divisionId ?? expect.fail('gone'),
    );
    const named = await lead.send('POST', '/api/automations', ruleFor([own, foreign]));
    expect([named.status, named.text.includes(foreign)]).toEqual([400, true]); // as for an id that nobody has
    const made = await lead.create(
      ruleFor([own], { targets: { agentIds: [own], teams: [], divisionIds, queueIds: [] } }),
    );
    await trigger(floor, made.id, { token: await admin.key(), key: 'a' });
    await lead.ended(made.id);
    expect([floor.presenceOf(own), floor.presenceOf(foreign)]).toEqual(['meeting', 'available']);
    const told = (await lead.outcomes(made.id)).map((one) => one.agentId);
    expect(told).toContain(own);
    expect(told.filter((id) => !floor.agentsOf('own').includes(id))).toEqual([]);
  }, 120_000);

  it('is seen by its owner and by who manages where it acts, and changed by its owner alone', async () => {
    const lead = await floor.person('team-lead');
    const [own = ''] = floor.idlers(1, floor.agentsOf('own'));
    const made = await lead.create(ruleFor([own]));
    expect((await sue.list()).map(({ id }) => id)).not.toContain(made.id);
    expect((await admin.get(made.id)).may).toEqual({ change: false, control: true });
    const body = { revision: 1, rule: ruleFor([own], { name: 'Taken over' }) };
    expect((await sue.send('PUT', `/api/automations/${made.id}`, body)).status).toBe(404);
    expect((await admin.send('PUT', `/api/automations/${made.id}`, body)).status).toBe(403);
    expect((await lead.send('PUT', `/api/automations/${made.id}`, body)).status).toBe(200);
    const late = await lead.send('PUT', `/api/automations/${made.id}`, body);
    expect([late.status, codeOf(late)]).toEqual([412, 'version-conflict']);
    expect((await admin.send('DELETE', `/api/automations/${made.id}`)).status).toBe(204);
    expect((await lead.send('GET', `/api/automations/${made.id}`)).status).toBe(404);
  }, 120_000);

  it('stands still as soon as its owner may not change presences any more, says why, and is not made up for', async () => {
    const lead = await floor.person('team-lead');
    const [own = ''] = floor.idlers(1, floor.agentsOf('own'));
    await floor.put([own], 'Available');
    const made = await lead.create(ruleFor([own]));
    const before = await floor.writes();
    Reflect.set(floor.persona('team-lead').subject, 'grants', []);
    await floor.eventually(async () => {
      await lead.send('GET', '/api/session');
      expect((await admin.get(made.id)).paused).toMatchObject({ cause: 'owner-lost-right' });
    });
    const { status } = await trigger(floor, made.id, { token: await admin.key(), key: 'a' });
    expect([status, await floor.writes()]).toEqual([409, before]);
    const told = floor.audit.entries.filter(
      ({ action, actor }) => action === 'automation-change' && actor.kind === 'system',
    );
    expect(told.map(({ reason }) => reason)).toEqual([expect.stringMatching(/may not change presences any more/)]);
  }, 120_000);

  it('refuses a presence that is not there or not in use, and a rule about nobody', async () => {
    const [ann = ''] = floor.idlers(1);
    const rule = ruleFor([ann]);
    const wanted = (definitionId: string) => ({ ...rule, wanted: { definitionId, message: null } });
    for (const body of [
      wanted('nonsense'),
      wanted(PRESENCES.deactivated),
      { ...rule, targets: { agentIds: [], teams: [], divisionIds: [], queueIds: [] } },
      { ...rule, start: { kind: 'planned', plan: { kind: 'once', day: '2026-02-30', time: '25:00', zone: 'Mars' } } },
      { ...rule, backAfterMinutes: 0 },
    ])
      expect((await sue.send('POST', '/api/automations', body)).status, JSON.stringify(body)).toBe(400);
    expect(await sue.list()).toEqual([]);
  }, 120_000);

  it('that cannot be kept in the audit is not made, and a run that cannot be is refused', async () => {
    const [ann = ''] = floor.idlers(1);
    await floor.put([ann], 'Available');
    const made = await sue.create(ruleFor([ann]));
    const token = await admin.key();
    const before = await floor.writes();
    floor.audit.outage = new Error('the disk is full');
    const refused = await sue.send('POST', '/api/automations', ruleFor([ann]));
    expect([refused.status, codeOf(refused)]).toEqual([503, 'audit-unavailable']);
    expect((await trigger(floor, made.id, { token, key: 'a' })).body).toMatchObject({ state: 'refused' });
    const [outcome] = await sue.outcomes(made.id);
    expect(`${outcome?.state ?? ''}: ${outcome?.reason ?? ''}`).toMatch(/^refused: .*audit/);
    expect(await floor.writes()).toBe(before);
  }, 120_000);
});

it('a run that Floorwatch was stopped in goes on with the next start, and nobody is changed twice', async () => {
  const agents = floor.idlers(8);
  await floor.put(agents, 'Available');
  const before = await floor.writes();
  const made = await sue.create(ruleFor(agents));
  await trigger(floor, made.id, { token: await admin.key(), key: 'a' });
  await floor.eventually(async () => expect(await floor.writes()).toBeGreaterThan(before));
  await floor.stop(); // what is under way comes to its end, what waits is left
  const left = await floor.writes();
  await floor.start();
  expect(await sue.ended(made.id)).toMatchObject({ state: 'done', counts: { changed: 8 } });
  expect((await floor.writes()) - before).toBe(8);
  expect(left).toBeLessThanOrEqual(before + 8);
}, 120_000);
