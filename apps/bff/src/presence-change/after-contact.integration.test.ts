import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { closeTheStore, SET_UP_MS } from '../sessions/signed-in-floor.fake.ts';
import { DividedFloor } from '../scopes/divided-floor.fake.ts';
import { PRESENCES, Supervisor, type Outcome } from './supervisor.fake.ts';

const AFTERWARDS = { definitionId: PRESENCES.meeting, message: 'then come over', when: 'after-contact' } as const;
const LONG_MS = 60_000;

let floor: DividedFloor;
let sue: Supervisor;
let next = 0;
let agent = '';

beforeAll(async () => {
  floor = await DividedFloor.open({ times: 10 });
  sue = await Supervisor.at(floor);
}, SET_UP_MS);

afterAll(async () => {
  await floor.close();
  await closeTheStore();
});

const row = () => [...floor.floorwatch.board.rows()].find(({ profile }) => profile.id === agent);

/** Somebody else for each test, who is on a call. */
beforeEach(async () => {
  next += 1;
  agent = floor.agents.foreign[next]?.id ?? expect.fail('nobody is left');
  await floor.control.push({ userId: agent, presence: { systemPresence: 'On Queue' }, ...work('INTERACTING', 1, 0) });
  await floor.eventually(() => expect(row()?.activity).toBe('interacting'));
});

const work = (routingStatus: 'INTERACTING' | 'IDLE', active: number, acw: number) => ({
  routingStatus,
  conversationSummary: { call: { contactCenter: { active, acw } } },
});

const seen = async (activity: string): Promise<void> => {
  await floor.eventually(() => expect(row()?.activity).toBe(activity));
};

const wait = async (): Promise<string> => {
  const { status, change, error } = await sue.change(agent, AFTERWARDS);
  expect(status, error?.message).toBe(202);
  expect(change).toMatchObject({ state: 'waiting', cause: 'after-contact' });
  return change?.id ?? '';
};

const listed = async (): Promise<string[]> => {
  const { text } = await sue.send('GET', `/api/presence-changes?agent=${agent}`);
  return [...text.matchAll(/"state":"([\w-]+)"/g)].map(([, state]) => state ?? '');
};

const said = ({ status, error }: Outcome) => [status, error?.code];

describe('A change after the contact', () => {
  it('waits through the call and its after-call work, and is made then', async () => {
    const id = await wait();
    expect(await listed()).toEqual(['waiting']);
    await floor.control.push({ userId: agent, ...work('INTERACTING', 0, 1) });
    await seen('afterCallWork');
    expect((await sue.look(id)).state).toBe('waiting');
    await floor.control.push({ userId: agent, ...work('IDLE', 0, 0) });
    expect(await sue.until(id, 'confirmed')).toMatchObject({ now: null, problem: null });
    await seen('meeting');
  });

  it('is dropped when the agent chooses for themselves, and says why', async () => {
    const id = await wait();
    await floor.control.push({ userId: agent, presence: { systemPresence: 'Break' } });
    const { problem } = await sue.until(id, 'refused');
    expect(problem?.message).toBe('The agent has set another presence meanwhile: it was left as it is');
    await floor.control.push({ userId: agent, ...work('IDLE', 0, 0) });
    await seen('break');
  });

  it('is dropped when the agent goes offline', async () => {
    const id = await wait();
    await floor.control.push({ userId: agent, presence: { systemPresence: 'Offline' } });
    expect((await sue.until(id, 'refused')).problem?.message).toBe('The agent has gone offline meanwhile');
  });

  it('can be taken back', async () => {
    const id = await wait();
    expect((await sue.post(`/api/presence-changes/${id}/cancel`)).change?.state).toBe('cancelled');
    await floor.control.push({ userId: agent, ...work('IDLE', 0, 0) });
    await seen('ready');
    expect((await sue.look(id)).state).toBe('cancelled');
    await floor.control.push({ userId: agent, ...work('INTERACTING', 1, 0) });
    await seen('interacting');
    await wait(); // and leaves room for another
  });

  it('is one for each agent, and one for each key', async () => {
    const etag = await sue.etagOf(agent);
    const tries = await Promise.all(
      Array.from({ length: 5 }, () => sue.change(agent, AFTERWARDS, { etag, key: agent })),
    );
    expect(new Set(tries.map(({ status, change }) => `${String(status)} ${change?.id ?? ''}`)).size).toBe(1);
    expect(said(await sue.change(agent, AFTERWARDS, { etag }))).toEqual([409, 'change-impossible']);
    expect(await listed()).toEqual(['waiting']);
  });

  it('is refused at once where it would be later', async () => {
    expect(said(await sue.change(agent, AFTERWARDS, { etag: '"another"' }))).toEqual([412, 'version-conflict']);
    const deactivated = { ...AFTERWARDS, definitionId: PRESENCES.deactivated };
    expect(said(await sue.change(agent, deactivated))).toEqual([409, 'change-impossible']);
    const lead = await Supervisor.at(floor, 'team-lead');
    expect(said(await lead.change(agent, AFTERWARDS, { etag: '"e"' }))).toEqual([404, 'agent-not-found']);
    await wait(); // none of them stands in the way
  });

  it('is made at once where there is no contact', async () => {
    await floor.control.push({ userId: agent, ...work('IDLE', 0, 0) });
    await seen('ready');
    const { change } = await sue.change(agent, AFTERWARDS);
    expect((await sue.until(change?.id ?? '', 'confirmed')).cause).toBe('after-contact');
  });

  it(
    'is dropped when whoever asked has signed out',
    async () => {
      const admin = await Supervisor.at(floor, 'admin');
      const { change } = await admin.change(agent, AFTERWARDS);
      await admin.signOut();
      const { problem } = await sue.until(change?.id ?? '', 'refused');
      expect(problem?.message).toMatch(/is not signed in any more$/);
    },
    LONG_MS,
  );
});
