import { agentId, type AgentId, type Interval } from '@floorwatch/domain';
import type { AgentDetails } from '@floorwatch/genesys';
import { afterEach, expect, test } from 'vitest';
import { openFloor, type Floor } from './floor.ts';

const READ = { priority: 'interactive' } as const;
const DAY_MS = 24 * 3_600_000;

let floor: Floor;
afterEach(() => floor.close());

const lane = ({ transitions }: AgentDetails, kind: 'presence' | 'routing') =>
  transitions.filter(({ fact }) => fact.kind === kind);

/** What truly happened, beside what was told. */
const expectTruth = async (agents: readonly AgentId[], interval: Interval): Promise<void> => {
  const { history, user } = truthOf(floor);
  const details = await floor.cloud.listUserDetails(agents, interval, READ);
  expect(details.map(({ agentId: id }) => id).toSorted()).toEqual(agents.toSorted());
  for (const one of details) {
    const profile = user(one.agentId);
    const presences = history.presenceSegments(profile, interval);
    const statuses = history.routingSegments(profile, interval);
    expect(lane(one, 'presence').map(({ at }) => at)).toEqual(presences.map(({ startsAt }) => Math.floor(startsAt)));
    expect(lane(one, 'routing').map(({ at }) => at)).toEqual(statuses.map(({ startsAt }) => Math.floor(startsAt)));
    expect(one).toMatchObject({ holes: [], toldUpTo: { presence: Infinity, routing: Infinity } });
  }
  expect(floor.cloud.oddities()).toEqual({});
};

const truthOf = ({ simulator: { world } }: Floor) => ({
  now: Math.floor(world.virtualClock.now()),
  history: world.history,
  user: (id: AgentId) => world.user(id) ?? expect.fail('an agent of the organisation'),
});

test('five days of more agents than one question takes are told as they truly were', async () => {
  floor = await openFloor({ agents: 110 });
  const { now } = truthOf(floor);
  await expectTruth(await floor.load(), { from: now - 5 * DAY_MS, to: now });
});

test('a time longer than one question takes is told without a seam', async () => {
  floor = await openFloor();
  const { now } = truthOf(floor);
  await expectTruth((await floor.load()).slice(0, 2), { from: now - 31 * DAY_MS, to: now + 2 * DAY_MS });
});

test('an agent whom the platform does not know is in the answer, with nothing told', async () => {
  floor = await openFloor();
  const nobody: AgentId = agentId('00000000-0000-4000-8000-000000000000');
  const [details] = await floor.cloud.listUserDetails([nobody], { from: 0, to: 1000 }, READ);
  expect(details).toEqual({ agentId: nobody, transitions: [], holes: [], toldUpTo: { presence: null, routing: null } });
});

test('a missing permission says which one', async () => {
  floor = await openFloor();
  await floor.control.withdrawPermissions(['analytics:userDetail:view']);
  await expect(floor.cloud.listUserDetails(await floor.load(), { from: 0, to: 1000 }, READ)).rejects.toMatchObject({
    status: 403,
    needs: ['analytics:userDetail:view'],
  });
});
