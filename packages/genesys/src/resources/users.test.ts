import { agentId } from '@floorwatch/domain';
import { afterEach, expect, test } from 'vitest';
import { makeApiClient } from '../http/api-client.fake.ts';
import { Oddities } from '../oddities.ts';
import { startPlatformServer, type PlatformServer, type SeenRequest } from '../platform-server.fake.ts';
import { Users } from './users.ts';

const READ = { priority: 'sweep' } as const;
const TOTAL = 230;

let server: PlatformServer;
afterEach(() => server.close());

const idsFrom = (from: number, count: number): string[] =>
  Array.from({ length: Math.max(0, Math.min(count, TOTAL - from)) }, (_, index) => `u${from + index}`);

/** A platform whose answers may hold so many users at most. */
const answerUpTo =
  (most: number) =>
  ({ query }: SeenRequest) => {
    const pageSize = Number(query.get('pageSize'));
    const pageNumber = Number(query.get('pageNumber') ?? 1);
    const asked = query.getAll('id');
    const ids = asked.length > 0 ? asked : idsFrom((pageNumber - 1) * pageSize, pageSize);
    if (ids.length > most) return { status: 400, body: { code: 'response.entity.too.large', message: 'too large' } };
    const entities = ids.map((id) => ({ id, name: id, state: 'active' }));
    return { body: { entities, total: TOTAL, pageNumber, pageCount: Math.ceil(TOTAL / pageSize) } };
  };

const startUsers = async (most: number): Promise<Users> => {
  server = await startPlatformServer({ '/api/v2/users': answerUpTo(most) });
  const { api, log, platformClock } = makeApiClient(server.url);
  return new Users({ api, platformClock, oddities: new Oddities(log) });
};

test.each([100, 60, 25])(
  'everybody is listed once and in order, even if an answer holds %d users at most',
  async (most) => {
    const users = await startUsers(most);
    const listed: string[] = [];
    for await (const { users: page, total } of users.list(READ)) {
      listed.push(...page.map(({ profile }) => profile.id));
      expect(total).toBe(TOTAL);
    }
    expect(listed).toEqual(idsFrom(0, TOTAL));
  },
);

test('users by id are asked for in halves where all of them are too large', async () => {
  const users = await startUsers(30);
  const ids = idsFrom(0, 100).map(agentId);
  expect((await users.get(ids, READ)).map(({ profile }) => profile.id)).toEqual(ids);
});

test('a single user who is too large is an error and no endless loop', async () => {
  const users = await startUsers(0);
  await expect(users.get([agentId('u1')], READ)).rejects.toMatchObject({ code: 'response.entity.too.large' });
});
