import type { AgentId } from '@floorwatch/domain';
import { afterEach, expect, test } from 'vitest';
import { openFloor, type Floor } from './floor.ts';

const READ = { priority: 'interactive' } as const;
const DAY_MS = 24 * 3_600_000;

let floor: Floor;
afterEach(() => floor.close());

const open = async () => {
  floor = await openFloor({ agents: 120 });
  const ids = await floor.load();
  const { world } = floor.simulator;
  const { workforce, virtualClock, schedule } = world;
  const now = Math.floor(virtualClock.now());
  const planned = ids.filter((id) => workforce.unitOf(id) !== null);
  const planOf = (id: AgentId, from: number, to: number) =>
    schedule
      .shiftsBetween(world.user(id) ?? expect.fail('an agent'), { from, to })
      .flatMap(({ activities }) => activities)
      .filter(({ startsAt, endsAt }) => startsAt < to && from < endsAt)
      .map(({ startsAt, endsAt, category }) => ({ from: startsAt, to: endsAt, category }));
  return { ids, planned, unplanned: ids.filter((id) => workforce.unitOf(id) === null), now, planOf };
};

test('a schedule is told with categories and names, past and future, and nobody plans some agents', async () => {
  const { planned, unplanned, now, planOf } = await open();
  const [id] = planned;
  const [other] = unplanned;
  if (id === undefined || other === undefined) return expect.fail('both kinds of agents');
  const interval = { from: now - 3 * DAY_MS, to: now + 3 * DAY_MS };
  const schedule = await floor.cloud.getSchedule(id, interval, READ);
  expect(schedule?.map(({ from, to, category }) => ({ from, to, category }))).toEqual(
    planOf(id, interval.from, interval.to),
  );
  expect(schedule?.every(({ activityCode, isPaid }) => activityCode !== null && isPaid !== null)).toBe(true);
  expect(await floor.cloud.getSchedule(other, interval, READ)).toBeNull();
  await floor.cloud.getSchedule(id, interval, READ);
  expect((await floor.control.state()).calls['getWorkforcemanagementBusinessunitActivitycodes']).toBe(1);
});

test('who changed a presence is told, in order, as far back as the audit reaches', async () => {
  const { ids, now } = await open();
  const id = ids[0] ?? expect.fail('an agent');
  for (const systemPresence of ['Meal', 'Available'])
    await floor.control.push({ userId: id, presence: { systemPresence } });
  const changes = await floor.cloud.listPresenceChanges(id, { from: now - 60 * DAY_MS, to: now + DAY_MS }, READ);
  expect(changes).toHaveLength(2);
  expect(changes).toMatchObject([{ by: 'agent', name: floor.board.rowOf(id)?.profile.name }, { by: 'agent' }]);
  expect(changes.map(({ at }) => at).toSorted((a, b) => a - b)).toEqual(changes.map(({ at }) => at));
  expect(await floor.cloud.listPresenceChanges(id, { from: 0, to: now - 15 * DAY_MS }, READ)).toEqual([]);
});

test('missing permissions say which ones', async () => {
  const { planned, now } = await open();
  const id = planned[0] ?? expect.fail('a planned agent');
  const interval = { from: now - DAY_MS, to: now };
  await floor.control.withdrawPermissions(['audits:audit:view', 'wfm:publishedSchedule:view', 'wfm:schedule:view']);
  await expect(floor.cloud.listPresenceChanges(id, interval, READ)).rejects.toMatchObject({
    needs: ['audits:audit:view'],
  });
  await expect(floor.cloud.getSchedule(id, interval, READ)).rejects.toMatchObject({
    needs: ['wfm:publishedSchedule:view', 'wfm:schedule:view'],
  });
});
