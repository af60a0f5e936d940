import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { errorOf, PlatformCaller } from '../platform-caller.fake.ts';
import { startSimulator, type RunningSimulator } from '../simulator.ts';

/** Enough for three pages of users and several of teams. */
const AGENTS = 230;

let simulator: RunningSimulator;
let caller: PlatformCaller;

beforeAll(async () => {
  simulator = await startSimulator({ agents: AGENTS, speed: 0, requestsPerMinute: 10_000 });
  caller = await PlatformCaller.signIn(simulator);
});

afterAll(() => simulator.close());

const entity = z.object({ id: z.string() });
const page = z.object({
  entities: z.array(entity).default([]),
  total: z.number().optional(),
  pageCount: z.number().optional(),
  nextUri: z.string().optional(),
  previousUri: z.string().optional(),
  cursor: z.string().optional(),
});

type Page = z.infer<typeof page>;

/** Every page, as far as `next` leads. */
const walk = async (first: string, next: (one: Page, number: number) => string | undefined): Promise<Page[]> => {
  const pages: Page[] = [];
  for (let path: string | undefined = first; path !== undefined;) {
    const one: Page = page.parse((await caller.get(path)).body);
    pages.push(one);
    path = next(one, pages.length);
  }
  return pages;
};

const idsOf = (pages: readonly Page[]): string[] => pages.flatMap(({ entities }) => entities.map(({ id }) => id));

const expectAll = (pages: readonly Page[], expected: readonly { readonly id: string }[]): void => {
  expect(pages.length).toBeGreaterThan(1);
  expect(idsOf(pages)).toHaveLength(expected.length);
  expect(new Set(idsOf(pages))).toEqual(new Set(expected.map(({ id }) => id)));
};

it('by number, up to pageCount, with a total: users', async () => {
  const path = '/api/v2/users?pageSize=100';
  const pages = await walk(path, ({ pageCount = 0 }, number) =>
    number < pageCount ? `${path}&pageNumber=${number + 1}` : undefined,
  );
  expectAll(pages, simulator.world.organisation.agents);
  expect(pages.map(({ total }) => total)).toEqual([AGENTS, AGENTS, AGENTS]);
});

it('by number without totals, as long as there is a nextUri: members of a queue', async () => {
  const { organisation } = simulator.world;
  const queues = organisation.queues.toSorted(
    (a, b) => simulator.world.membersOf(b.id).length - simulator.world.membersOf(a.id).length,
  );
  const queueId = queues[0]?.id ?? '';
  const pages = await walk(`/api/v2/routing/queues/${queueId}/members?pageSize=20`, ({ nextUri }) => nextUri);
  expectAll(pages, simulator.world.membersOf(queueId));
  expect(pages.every(({ total, pageCount }) => total === undefined && pageCount === undefined)).toBe(true);
});

it('by before and after, there and back: teams', async () => {
  const there = await walk('/api/v2/teams?pageSize=5', ({ nextUri }) => nextUri);
  expectAll(there, simulator.world.organisation.teams);
  const beforeLast = there.at(-1)?.previousUri;
  const back = await walk(beforeLast ?? '', ({ previousUri }) => previousUri);
  expect(back.map(({ entities }) => entities)).toEqual(
    there
      .slice(0, -1)
      .map(({ entities }) => entities)
      .toReversed(),
  );
});

it('by a cursor in the answer: users/query', async () => {
  const path = '/api/v2/users/query?pageSize=100';
  const pages = await walk(path, ({ cursor }) => (cursor === undefined ? undefined : `${path}&cursor=${cursor}`));
  expectAll(pages, simulator.world.organisation.agents);
  expect(errorOf(await caller.get(`${path}&cursor=elsewhere`))).toMatchObject({ status: 400, code: 'bad.request' });
});

it('not at all: management units and their users', async () => {
  const { units } = simulator.world.workforce;
  const all = page.parse((await caller.get('/api/v2/workforcemanagement/managementunits?pageSize=2')).body);
  expect(idsOf([all])).toEqual(units.map(({ id }) => id));
  const users = page.parse(
    (await caller.get(`/api/v2/workforcemanagement/managementunits/${units[0]?.id}/users`)).body,
  );
  expect(idsOf([users])).toEqual(simulator.world.workforce.agentsOf(units[0]?.id ?? '')?.map(({ id }) => id));
});

const found = z.object({
  total: z.number(),
  nextPage: z.string().optional(),
  results: z.array(z.object({ id: z.string(), state: z.string(), division: entity })),
});

it('of a search goes on with what the answer says, in base64', async () => {
  const divisionId = simulator.world.organisation.divisions[1]?.id ?? '';
  const query = [
    { type: 'EXACT', fields: ['state'], value: 'active' },
    { type: 'TERMS', fields: ['divisionId'], values: [divisionId] },
  ];
  const first = found.parse((await caller.send('POST', '/api/v2/users/search', { pageSize: 10, query })).body);
  const results = [...first.results];
  for (let next = first.nextPage; next !== undefined;) {
    const one = found.parse((await caller.get(`/api/v2/users/search?q64=${encodeURIComponent(next)}`)).body);
    results.push(...one.results);
    next = one.nextPage;
  }
  const expected = simulator.world.organisation.agents.filter(({ division }) => division.id === divisionId);
  expect(first.total).toBe(expected.length);
  expect(new Set(results.map(({ id }) => id))).toEqual(new Set(expected.map(({ id }) => id)));
});

it.each([
  ['too.many.search.criteria', { query: Array.from({ length: 51 }, () => ({ type: 'MATCH_ALL' })) }],
  [
    'search.criteria.values.exceed.limit',
    { query: [{ type: 'TERMS', fields: ['id'], values: Array.from({ length: 1001 }, String) }] },
  ],
  ['too.many.requested.results', { pageSize: 500, pageNumber: 21 }],
])('of a search has limits: %s', async (code, body) => {
  expect(errorOf(await caller.send('POST', '/api/v2/users/search', body))).toMatchObject({ status: 400, code });
});

it('ends with the fifth page in the filtered list of queues, and takes no more than 500 in the other', async () => {
  const queues = '/api/v2/routing/queues/divisionviews';
  expect(errorOf(await caller.get(`${queues}?pageNumber=6`))).toMatchObject({ code: 'invalid.query.param.value' });
  expect(errorOf(await caller.get(`${queues}/all?pageSize=501`))).toMatchObject({ code: 'invalid.query.param.value' });
  const all = page.parse((await caller.get(`${queues}/all?pageSize=500`)).body);
  expect(all.total).toBe(simulator.world.organisation.queues.length);
});
