import { queueId } from '@floorwatch/domain';
import { createGenesysCloud, Secret } from '@floorwatch/genesys';
import { afterEach, expect, test } from 'vitest';
import { openFloor, type Floor } from './floor.ts';
import { realClock } from '@floorwatch/domain/testing';

const READ = { priority: 'interactive' } as const;
const DEADLINE = { timeout: 10_000 };

let floor: Floor;
afterEach(() => floor.close());

test('every user of every page is read, each once, with all parts', async () => {
  floor = await openFloor({ agents: 730 });
  const pages: number[] = [];
  const ids = new Set<string>();
  for await (const { users, total } of floor.cloud.listUsers({ priority: 'sweep' })) {
    expect(total).toBe(730);
    pages.push(users.length);
    for (const { profile, observation } of users) {
      ids.add(profile.id);
      expect(profile.name).not.toBe(profile.id);
      expect(observation).toMatchObject({ kind: 'snapshot', agentId: profile.id });
      for (const part of ['presence', 'routing', 'contacts', 'outOfOffice']) expect(observation).toHaveProperty(part);
    }
  }
  expect(pages).toEqual([100, 100, 100, 100, 100, 100, 100, 30]);
  expect(ids.size).toBe(730);
  expect(floor.cloud.oddities()).toEqual({});
});

test('single reads say the same as the listing', async () => {
  floor = await openFloor();
  const ids = await floor.load();
  const [snapshot] = await floor.cloud.getUsers(ids.slice(0, 1), READ);
  const id = ids[0] ?? expect.fail('no agents');
  expect(await floor.cloud.getPresence(id, READ)).toEqual(snapshot?.observation.presence);
  expect(await floor.cloud.getRoutingStatus(id, READ)).toEqual(snapshot?.observation.routing);
});

test('presence definitions come with their names, the deactivated ones too', async () => {
  floor = await openFloor();
  const definitions = await floor.cloud.listPresenceDefinitions(READ);
  const primary = definitions.filter(({ isPrimary }) => isPrimary);
  expect(new Set(primary.map(({ system }) => system)).size).toBe(10);
  expect(definitions.some(({ isActive }) => !isActive)).toBe(true);
  expect(definitions.some(({ divisionId }) => divisionId !== null)).toBe(true);
  expect(definitions.every(({ label }) => label.length > 0)).toBe(true);
});

test('divisions, queues and who has joined them', async () => {
  floor = await openFloor({ agents: 400 });
  const truth = await floor.control.truth();
  const divisions = await floor.cloud.listDivisions(READ);
  const queues = await floor.cloud.listQueues(READ);
  expect(divisions.length).toBeGreaterThan(1);
  for (const { id } of queues) {
    const joined: string[] = [];
    for await (const members of floor.cloud.listQueueMembers(queueId(id), { ...READ, which: 'joined' }))
      joined.push(...members);
    const expected = truth.agents.filter((agent) => agent.activeQueues.ids.includes(id)).map(({ userId }) => userId);
    expect(joined.toSorted()).toEqual(expected.toSorted());
  }
});

test('an unknown user is refused by the platform in its own words', async () => {
  floor = await openFloor();
  const [id] = await floor.load();
  const unknown = `${id?.slice(0, -4)}0000` as typeof id & string;
  await expect(floor.cloud.getPresence(unknown, READ)).rejects.toMatchObject({
    name: 'GenesysRejected',
    status: 404,
    code: 'presenceservice.usernotfound',
  });
});

test.each([
  ['an unknown client', { clientId: 'nobody' }, /GENESYS_CLOUD_CLIENT_ID/],
  ['a wrong secret', { clientSecret: new Secret('wrong') }, /GENESYS_CLOUD_CLIENT_SECRET/],
])('%s is told apart', async (_, wrong, advice) => {
  floor = await openFloor();
  const { url, clientId, clientSecret } = floor.simulator;
  const quiet = () => undefined;
  const cloud = createGenesysCloud({
    loginUrl: url,
    apiUrl: url,
    clientId,
    clientSecret: new Secret(clientSecret),
    clock: realClock,
    log: { debug: quiet, info: quiet, warn: quiet, error: quiet },
    ...wrong,
  });
  await expect(cloud.listQueues(READ)).rejects.toThrow(advice);
});

test('tokens that the platform has made invalid are replaced without a failed call', async () => {
  floor = await openFloor();
  await floor.load();
  await floor.control.switchOn('token-revoked');
  const calls = Array.from({ length: 10 }, () => floor.cloud.listQueues({ priority: 'resync' }));
  await expect(Promise.all(calls)).resolves.toHaveLength(10);
  expect(floor.log.filter((line) => line.includes('"signed-in"'))).toHaveLength(2);
});

test('the budget keeps background reads within the platform’s limit, with room for a person', async () => {
  floor = await openFloor({ requestsPerMinute: 40 });
  const abort = new AbortController();
  const sweeps = Array.from({ length: 60 }, () =>
    floor.cloud.listQueues({ priority: 'sweep', signal: abort.signal }).catch(() => null),
  );
  await expect.poll(() => floor.cloud.budget().inFlight, DEADLINE).toBe(0);
  expect(floor.cloud.budget()).toMatchObject({ allowed: 40, used: 34 });
  await expect(floor.cloud.listDivisions(READ)).resolves.not.toEqual([]);
  abort.abort(new Error('enough'));
  await Promise.all(sweeps);
  expect(floor.log.join('\n')).not.toContain('rate-limited');
});

test('nothing of the credentials, the token or the channel is in the log', async () => {
  floor = await openFloor();
  const events = await floor.follow();
  await expect.poll(() => events.channels().map(({ state }) => state), DEADLINE).toEqual(['live']);
  const { channels } = await floor.control.state();
  const log = floor.log.join('\n');
  expect(log).not.toContain(floor.simulator.clientSecret);
  expect(log).not.toMatch(/Bearer|Basic /);
  for (const { id } of channels) expect(log + JSON.stringify(floor.states)).not.toContain(id);
});
