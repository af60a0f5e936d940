import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { codeOf, closeTheStore, SET_UP_MS } from '../sessions/signed-in-floor.fake.ts';
import { DividedFloor } from '../scopes/divided-floor.fake.ts';
import { HoldPage } from './hold-page.fake.ts';
import { PRESENCES, Supervisor } from './supervisor.fake.ts';

/** A beat of two minutes takes ten seconds. */
const TIMES = 12;
const LONG_MS = 60_000;

const MEETING = { definitionId: PRESENCES.meeting, message: 'all hands' };

let floor: DividedFloor;
let sue: Supervisor;
let page: HoldPage;
let next = 0;

beforeAll(async () => {
  floor = await DividedFloor.open({ times: TIMES });
  sue = await Supervisor.at(floor);
  page = new HoldPage(sue);
}, SET_UP_MS);

afterAll(async () => {
  await floor.close();
  await closeTheStore();
});

let agent = '';

/** Somebody else for each test, who is available. */
beforeEach(async () => {
  next += 1;
  agent = floor.agents.foreign[next]?.id ?? expect.fail('nobody is left');
  await put('Available', 'available');
});

const presence = () => [...floor.floorwatch.board.rows()].find(({ profile }) => profile.id === agent)?.state.presence;

const put = async (systemPresence: string, system: string, message = ''): Promise<void> => {
  await floor.control.push({ userId: agent, presence: { systemPresence, message } });
  await floor.eventually(() => expect(presence()?.system).toBe(system));
};

const ended = async (): Promise<string> => {
  await floor.eventually(async () => expect((await page.look(agent)).ended).not.toBeNull());
  const { ended: end } = await page.look(agent);
  return `${end?.why ?? ''}: ${end?.reason ?? ''}`;
};

const writes = async (): Promise<number> =>
  (await floor.control.journal()).entries.filter(
    ({ userId, part, after }) => userId === agent && part === 'presence' && after.message === MEETING.message,
  ).length;

const audited = (): string[] =>
  floor.audit.entries
    .filter(({ action, target }) => action === 'presence-hold' && target?.agentId === agent)
    .map(({ outcome, actor, after }) => `${outcome} by ${actor.kind} ${String(after?.['ended'])}`);

/** When the platform took a change of this agent, ms. */
const acceptedAt = (): number[] =>
  floor.audit.entries
    .filter(
      ({ action, outcome, target }) =>
        action === 'presence-change' && outcome === 'accepted' && target?.agentId === agent,
    )
    .map(({ at }) => at);

describe('A hold', () => {
  it(
    'sets its presence, and again when the agent drifts to Away, at most once in two minutes',
    async () => {
      const hold = await page.start(agent, { ...MEETING, minutes: 60 });
      expect(hold).toMatchObject({ agentId: agent, wanted: { system: 'meeting' }, reasserted: 0, ended: null });
      await floor.eventually(() => expect(presence()?.system).toBe('meeting'));
      await put('Away', 'away');
      await floor.eventually(() => expect(presence()?.system).toBe('meeting'));
      await floor.eventually(async () => expect(await page.look(agent)).toMatchObject({ reasserted: 1, ended: null }));
      expect(await writes()).toBe(2);
      const [first = 0, second = 0] = acceptedAt();
      expect(second - first).toBeGreaterThanOrEqual(120_000);
      expect((await page.letGo(hold.id)).status).toBe(200);
      expect(await ended()).toMatch(/^person: .* let go$/);
      expect(presence()?.system).toBe('meeting');
      expect(audited()).toEqual(['requested by person null', 'accepted by person null', 'accepted by person person']);
    },
    LONG_MS,
  );

  it('lets go at once when the agent chooses something else, and sets nothing again', async () => {
    await page.start(agent, { ...MEETING, minutes: 60 });
    await floor.eventually(() => expect(presence()?.system).toBe('meeting'));
    await put('Break', 'break');
    expect(await ended()).toBe('agent: The agent is Break now');
    await put('Away', 'away');
    expect(presence()?.system).toBe('away');
    expect(await writes()).toBe(1);
    expect(audited().at(-1)).toBe('accepted by system agent');
  });

  it(
    'ends by itself when its time is up',
    async () => {
      await page.start(agent, { ...MEETING, minutes: 2 });
      expect(await ended()).toBe('time: The time was up');
    },
    LONG_MS,
  );

  it(
    'ends when its owner may not change presences any more, and says so',
    async () => {
      await page.start(agent, { ...MEETING, minutes: 60 });
      await floor.control.withdrawPermissions(['presence:userPresence:edit']);
      expect(await ended()).toMatch(/^refused: .* may not change presences any more$/);
      await floor.control.withdrawPermissions([]);
      const may = async () => (await sue.send('GET', '/api/presence-changes/bulk')).status;
      await floor.eventually(async () => expect(await may()).toBe(200));
    },
    LONG_MS,
  );

  it('is one for each agent, and one for each key', async () => {
    const answers = [await page.ask(agent, { ...MEETING, minutes: 60 }, 'one-key')];
    const etag = await sue.etagOf(agent);
    const again = await sue.send('POST', `/api/agents/${agent}/presence-hold`, {
      headers: { 'if-match': etag, 'idempotency-key': 'one-key' },
      body: { ...MEETING, minutes: 60 },
    });
    expect([again.status, codeOf(again)]).toEqual([422, 'idempotency-conflict']); // another etag is another request
    answers.push(await page.ask(agent, { ...MEETING, minutes: 60 }));
    expect(answers.map(({ status }) => status)).toEqual([201, 409]);
    expect(await writes()).toBe(1);
  });

  it('is refused for presences of people who are not there, and for On Queue; nothing is changed then', async () => {
    for (const definitionId of [PRESENCES.onQueue, PRESENCES.offline, 'nonsense', PRESENCES.deactivated]) {
      const answer = await page.ask(agent, { definitionId, minutes: 10 });
      expect([answer.status, codeOf(answer)]).toEqual([409, 'change-impossible']);
    }
    const tooLong = await page.ask(agent, { ...MEETING, minutes: 241 });
    expect([tooLong.status, codeOf(tooLong)]).toEqual([400, 'invalid-request']);
    expect(await page.of(agent)).toEqual([]);
    expect(presence()?.system).toBe('available');
  });

  it('does not begin where somebody was faster, and tells what is there', async () => {
    const etag = await sue.etagOf(agent);
    await put('Busy', 'busy');
    const answer = await sue.send('POST', `/api/agents/${agent}/presence-hold`, {
      headers: { 'if-match': etag, 'idempotency-key': 'too-late' },
      body: { ...MEETING, minutes: 10 },
    });
    expect([answer.status, codeOf(answer)]).toEqual([412, 'version-conflict']);
    expect(await page.of(agent)).toEqual([]);
    expect(audited()).toEqual(['requested by person null', 'refused by person null']);
  });
});

it('A hold of an agent whom somebody may not see is the same to them as none', async () => {
  const hold = await page.start(agent, { ...MEETING, minutes: 10 });
  const lead = new HoldPage(await Supervisor.at(floor, 'team-lead'));
  expect(await lead.of(agent)).toEqual([]);
  expect((await lead.letGo(hold.id)).status).toBe(404);
});
