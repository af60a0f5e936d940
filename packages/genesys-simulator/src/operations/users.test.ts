import { user } from '@floorwatch/genesys/wire';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { errorOf, PlatformCaller } from '../platform-caller.fake.ts';
import { startSimulator, type RunningSimulator } from '../simulator.ts';

const AGENTS = 5000;
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[.]\d{3}Z$/;
const page = z.object({
  entities: z.array(z.looseObject({ id: z.string() })),
  pageNumber: z.int(),
  pageSize: z.int(),
  total: z.int().optional(),
  pageCount: z.int().optional(),
  nextUri: z.string().optional(),
});

let simulator: RunningSimulator;
let caller: PlatformCaller;

beforeAll(async () => {
  simulator = await startSimulator({ agents: AGENTS, speed: 0, requestsPerMinute: 100_000 });
  caller = await PlatformCaller.signIn(simulator);
});

afterAll(() => simulator.close());

const getPage = async (path: string) => page.parse((await caller.get(path)).body);

const followPages = async (path: string): Promise<string[]> => {
  const ids: string[] = [];
  for (let next: string | undefined = path; next !== undefined;) {
    const { entities, nextUri } = await getPage(next);
    ids.push(...entities.map(({ id }) => id));
    next = nextUri;
  }
  return ids;
};

describe('the list of users', () => {
  it('gives each of 5,000 once over its pages, by name', async () => {
    const first = await getPage('/api/v2/users?pageSize=100');
    expect(first).toMatchObject({ total: AGENTS, pageCount: 50, pageNumber: 1, pageSize: 100 });
    const ids = await followPages('/api/v2/users?pageSize=100');
    expect(ids).toHaveLength(AGENTS);
    expect(new Set(ids).size).toBe(AGENTS);
  });

  it('has 25 to a page unless told otherwise, also when ids are given', async () => {
    const ids = (await getPage('/api/v2/users?pageSize=60')).entities.map(({ id }) => id);
    expect((await getPage('/api/v2/users')).entities).toHaveLength(25);
    const query = ids.map((id) => `id=${id}`).join('&');
    expect(await getPage(`/api/v2/users?${query}`)).toMatchObject({ total: 60, pageCount: 3 });
    expect((await getPage(`/api/v2/users?pageSize=100&id=${ids.join(',')}`)).entities.map(({ id }) => id)).toEqual(ids);
  });

  it('is empty past its end', async () => {
    const past = await getPage('/api/v2/users?pageSize=500&pageNumber=11');
    expect(past.entities).toEqual([]);
    expect(past.nextUri).toBeUndefined();
  });

  it('shows live parts when they are asked for, and only then', async () => {
    const bare = (await getPage('/api/v2/users?pageSize=1')).entities[0];
    expect(Object.keys(bare ?? {})).not.toEqual(expect.arrayContaining(['presence']));
    const [full] = (
      await getPage('/api/v2/users?pageSize=1&expand=presence,routingStatus&expand=conversationSummary&expand=team')
    ).entities;
    const seen = user.parse(full);
    expect(seen.presence?.modifiedDate).toMatch(INSTANT);
    expect(seen.routingStatus?.startTime).toMatch(INSTANT);
    expect(seen.conversationSummary?.call?.contactCenter?.active).toBeTypeOf('number');
    expect(seen.team?.name).toMatch(/^Team /);
    expect(full, 'not asked for').not.toHaveProperty('outOfOffice');
  });

  it('leaves out those who left unless their state is asked for', async () => {
    expect((await getPage('/api/v2/users?state=any')).total).toBe(AGENTS + 3);
    expect((await getPage('/api/v2/users?state=inactive')).total).toBe(2);
    const [gone] = (await getPage('/api/v2/users?state=deleted')).entities;
    const path = `/api/v2/users/${gone?.id ?? ''}`;
    expect(errorOf(await caller.get(path))).toMatchObject({ status: 404, code: 'general.resource.not.found' });
    expect((await caller.get(`${path}?state=deleted`)).status).toBe(200);
  });

  it.each([
    [`/api/v2/users?${Array.from({ length: 101 }, (_, index) => `id=${index}`).join('&')}`, 'max.user.ids'],
    ['/api/v2/users?pageSize=501', 'invalid.query.param.value'],
    ['/api/v2/users?pageNumber=0', 'invalid.query.param.value'],
    ['/api/v2/users?expand=everything', 'invalid.query.param.value'],
    ['/api/v2/users?state=asleep', 'invalid.query.param.value'],
  ])('refuses %.60s with 400 %s', async (path, code) => {
    expect(errorOf(await caller.get(path))).toMatchObject({ status: 400, code });
  });
});

describe('one user', () => {
  it('is found by id, or not', async () => {
    const [first] = (await getPage('/api/v2/users?pageSize=1')).entities;
    expect((await caller.get(`/api/v2/users/${first?.id ?? ''}?expand=presence`)).body).toMatchObject({
      id: first?.id,
    });
    const unknown = await caller.get('/api/v2/users/9f8b1f62-0000-4000-8000-000000000000');
    expect(errorOf(unknown)).toMatchObject({ status: 404, code: 'general.resource.not.found' });
  });

  it('lists its joined queues, and those it is only a member of', async () => {
    const [first] = (await getPage('/api/v2/users?pageSize=1')).entities;
    const path = `/api/v2/users/${first?.id ?? ''}/queues`;
    const joined = await followPages(`${path}?pageSize=1`);
    const unjoined = await followPages(`${path}?joined=false`);
    const { activeQueues } = simulator.engine.stateOf(first?.id ?? '');
    expect(joined.toSorted()).toEqual([...activeQueues.ids].toSorted());
    expect(joined.filter((id) => unjoined.includes(id))).toEqual([]);
  });
});

describe('queues', () => {
  it('list their members by following nextUri: there are no totals', async () => {
    const queues = await followPages('/api/v2/routing/queues?pageSize=7');
    expect(new Set(queues).size).toBe((await getPage('/api/v2/routing/queues')).total);
    const path = `/api/v2/routing/queues/${queues[0] ?? ''}/members?pageSize=100`;
    const first = await getPage(path);
    expect([first.total, first.pageCount]).toEqual([undefined, undefined]);
    const members = await followPages(path);
    const joined = await followPages(`${path}&joined=true`);
    expect(members.length).toBeGreaterThan(100);
    expect(joined.length).toBeLessThan(members.length);
    const shown = (await caller.get(`/api/v2/routing/queues/${queues[0] ?? ''}`)).body;
    expect(shown).toMatchObject({ memberCount: members.length, joinedMemberCount: joined.length });
  });

  it('are found by a pattern and by division', async () => {
    const { entities } = await getPage('/api/v2/routing/queues?pageSize=100');
    const named = await getPage('/api/v2/routing/queues?pageSize=100&name=*WEEK*');
    const expected = entities.filter(({ name }) => String(name).includes('Weekend'));
    expect(named.entities).toEqual(expected);
    expect(expected.length).toBeGreaterThan(0);
  });

  it.each([
    ['/api/v2/routing/queues?id=five', 400, 'invalid.id'],
    ['/api/v2/routing/queues?pageNumber=99', 400, 'invalid.page.number'],
    ['/api/v2/routing/queues/9f8b1f62-0000-4000-8000-000000000000/members', 404, 'resource.not.found'],
  ])('refuse %s with %i %s', async (path, status, code) => {
    expect(errorOf(await caller.get(path))).toMatchObject({ status, code });
  });
});

it('lists the divisions, of which one is home', async () => {
  const { entities } = await getPage('/api/v2/authorization/divisions');
  expect(entities).toHaveLength(6);
  expect(entities.filter(({ homeDivision }) => homeDivision === true)).toHaveLength(1);
});
