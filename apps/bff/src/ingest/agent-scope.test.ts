import { agentId, divisionId, type AgentId } from '@floorwatch/domain';
import { GenesysRejected, type UserSnapshot } from '@floorwatch/genesys';
import { describe, expect, it } from 'vitest';
import { AgentScope, type Targets } from './agent-scope.ts';

const READ = { priority: 'sweep' } as const;
const NOBODY: Targets = { userIds: [], divisionIds: [], groupIds: [], queueIds: [] };

/** 250 users; every tenth is in the division `north`. */
const USERS = Array.from({ length: 250 }, (_, index): UserSnapshot => {
  const id = agentId(`u${String(index)}`);
  const division = divisionId(index % 10 === 0 ? 'north' : 'south');
  return {
    profile: { id, name: id, divisionId: division, title: null, department: null, team: null },
    observation: { agentId: id, observedAt: 0, platformNow: 0, kind: 'snapshot' },
  };
});

const MEMBERS: Readonly<Record<string, readonly string[]>> = {
  mentors: ['u1', 'u2', 'somebody-inactive'],
  'billing/joined': ['u3'],
  'billing/all': ['u2', 'u3', 'u4'],
};

async function* membersOf(name: string): AsyncGenerator<AgentId[]> {
  const members = MEMBERS[name];
  const context = { method: 'GET', path: '/members', correlationId: null };
  if (members === undefined)
    throw new GenesysRejected({ message: 'not found', context, status: 404, code: 'not.found' });
  yield members.map(agentId);
}

const readScope = async (targets: Partial<Targets>) => {
  let calls = 0;
  const scope = new AgentScope({
    targets: { ...NOBODY, ...targets },
    cloud: {
      async *listUsers({ pageSize = 100 }) {
        for (let from = 0; from < USERS.length; from += pageSize) {
          calls += 1;
          yield { users: USERS.slice(from, from + pageSize), total: USERS.length };
        }
      },
      getUsers: async (ids) => {
        calls += 1;
        return USERS.filter(({ profile }) => ids.includes(profile.id));
      },
      listGroupMembers: (id) => membersOf(id),
      listQueueMembers: (id, { which }) => membersOf(`${id}/${which}`),
    },
  });
  const ids: string[] = [];
  let total = 0;
  for await (const page of scope.list(READ)) {
    ids.push(...page.users.map(({ profile }) => profile.id));
    ({ total } = page);
  }
  return { ids, total, calls, narrowedFrom: scope.narrowedFrom };
};

describe('AgentScope', () => {
  it('is the whole organisation where nothing is named, and then does not call it narrowed', async () => {
    expect(await readScope({})).toMatchObject({ total: 250, calls: 3, narrowedFrom: null });
  });

  it('is the union of users, groups and queues, assigned members included, each once; without reading everybody', async () => {
    const read = await readScope({ userIds: ['u9', 'u1'], groupIds: ['mentors'], queueIds: ['billing'] });
    expect(read.ids.toSorted()).toEqual(['u1', 'u2', 'u3', 'u4', 'u9']);
    expect(read).toMatchObject({ total: 5, calls: 2, narrowedFrom: 250 });
  });

  it('is everybody in a division, and who is named besides', async () => {
    const { ids, total, narrowedFrom } = await readScope({ divisionIds: ['north'], userIds: ['u1'] });
    expect(ids).toHaveLength(26);
    expect(ids).toContain('u1');
    expect([total, narrowedFrom]).toEqual([26, 250]);
  });

  it('keeps whom it has, when a later list does not tell the divisions', async () => {
    let users = USERS;
    const scope = new AgentScope({
      targets: { ...NOBODY, divisionIds: ['north'] },
      cloud: {
        async *listUsers() {
          yield { users, total: users.length };
        },
        getUsers: async () => [],
        listGroupMembers: membersOf,
        listQueueMembers: membersOf,
      },
    });
    const idsNow = async (): Promise<string[]> => {
      for await (const page of scope.list(READ)) return page.users.map(({ profile }) => profile.id);
      return [];
    };
    const before = await idsNow();
    users = USERS.map(({ profile: { id }, observation }) => ({ profile: { id }, observation }));
    expect([before.length, await idsNow()]).toEqual([25, before]);
  });

  it('counts only those there are: a user who is gone is not waited for', async () => {
    expect(await readScope({ userIds: ['u1', 'gone'] })).toMatchObject({ ids: ['u1'], total: 1 });
  });

  it('names the variable and the id that the platform does not have', async () => {
    await expect(readScope({ groupIds: ['no-such-group'] })).rejects.toThrow(/TARGET_GROUP_IDS names no-such-group/);
    await expect(readScope({ queueIds: ['no-such-queue'] })).rejects.toThrow(/TARGET_QUEUE_IDS names no-such-queue/);
  });
});
