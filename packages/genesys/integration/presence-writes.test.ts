import { presenceDefinitionId, type AgentId } from '@floorwatch/domain';
import { afterEach, expect, test } from 'vitest';
import { openFloor, type Floor } from './floor.ts';

const READ = { priority: 'interactive' } as const;
const HUDDLE = presenceDefinitionId('0b1f6f0e-2f53-4f4e-9a55-3a1f8c9c0a02');
const BUSY = presenceDefinitionId('31fe3bac-dea6-44b7-bed7-47f91660a1a0');

let floor: Floor;
afterEach(() => floor.close());

const open = async (): Promise<[AgentId, ...AgentId[]]> => {
  floor = await openFloor({ agents: 120 });
  const [first, ...rest] = await floor.load();
  return first === undefined ? expect.fail('nobody') : [first, ...rest];
};

test('a presence is set with its message, and what the platform made of it is told; null takes the message away', async () => {
  const [id] = await open();
  const { hand } = floor.cloud;
  const { fact, correlationId } = await hand.setPresence(id, { definitionId: BUSY, message: 'papers' });
  expect(fact).toMatchObject({ system: 'busy', definitionId: BUSY, message: 'papers', since: { exact: true } });
  expect(correlationId).toMatch(/^[\w-]{36}$/);
  expect(await hand.getPresence(id)).toEqual(fact);
  await expect(hand.setPresence(id, { definitionId: HUDDLE, message: null })).rejects.toMatchObject({ status: 409 });
  await expect
    .poll(() => hand.setPresence(id, { definitionId: HUDDLE, message: null }).catch(() => null))
    .toMatchObject({ fact: { system: 'meeting', definitionId: HUDDLE, message: null } });
});

test('a write that got no answer is not made again', async () => {
  const [id] = await open();
  await floor.control.switchOn('writes-unanswered');
  const { calls: before } = await floor.control.state();
  await expect(floor.cloud.hand.setPresence(id, { definitionId: BUSY, message: null })).rejects.toMatchObject({
    status: null,
  });
  await expect(floor.cloud.hand.resetNotResponding(id)).rejects.toMatchObject({ status: null });
  const { calls } = await floor.control.state();
  for (const write of ['patchUserPresencesPurecloud', 'putUserRoutingstatus'])
    expect((calls[write] ?? 0) - (before[write] ?? 0)).toBe(1);
});

test('Not Responding is reset, and nothing else is', async () => {
  const [id] = await open();
  await floor.control.push({ userId: id, presence: { systemPresence: 'On Queue' }, routingStatus: 'NOT_RESPONDING' });
  expect((await floor.cloud.hand.resetNotResponding(id)).fact.state).toBe('idle');
  await floor.control.push({ userId: id, routingStatus: 'INTERACTING' });
  await expect(floor.cloud.hand.resetNotResponding(id)).rejects.toMatchObject({ status: 400 });
});

test('what is planned now is told in our words, with what comes next and what own presences count as', async () => {
  const ids = await open();
  const { workforce } = floor.simulator.world;
  const planned = ids.filter((id) => workforce.unitOf(id) !== null);
  const plans = await floor.cloud.getAdherence(ids.slice(0, 100), READ);
  expect(new Set(plans.keys())).toEqual(new Set(planned.filter((id) => ids.indexOf(id) < 100)));
  const all = [...plans.values()];
  expect(all.some(({ scheduled }) => scheduled === 'unscheduled')).toBe(true);
  expect(all.some(({ scheduled, next }) => scheduled !== 'unscheduled' && next !== null)).toBe(true);
  expect(all[0]?.categoryOf.get(HUDDLE)).toBe('meeting');
  await expect(floor.cloud.getAdherence(ids, READ)).rejects.toThrow(RangeError);
  await floor.control.withdrawPermissions(['wfm:realtimeAdherence:view']);
  await expect(floor.cloud.getAdherence([ids[0]], READ)).rejects.toMatchObject({
    needs: ['wfm:realtimeAdherence:view'],
  });
});
