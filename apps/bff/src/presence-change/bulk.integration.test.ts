import { bulkChange } from '@floorwatch/contracts';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { codeOf, closeTheStore, SET_UP_MS } from '../sessions/signed-in-floor.fake.ts';
import { DividedFloor } from '../scopes/divided-floor.fake.ts';
import { BulkPage } from './bulk-page.fake.ts';
import { PRESENCES, Supervisor, type Wish } from './supervisor.fake.ts';

const MEETING = { definitionId: PRESENCES.meeting, message: 'all hands' };

let floor: DividedFloor;
let sue: Supervisor;
let page: BulkPage;
let writesBefore = 0;

beforeAll(async () => {
  floor = await DividedFloor.open({ times: 5, agents: 60 });
}, SET_UP_MS);

beforeEach(async () => {
  sue = await Supervisor.at(floor);
  page = new BulkPage(sue);
  writesBefore = await writesSinceStart();
});

afterEach(() => floor.control.switchAllOff());

afterAll(async () => {
  await floor.close();
  await closeTheStore();
});

const somebody = (count: number): string[] => floor.agents.foreign.slice(0, count).map(({ id }) => id);

const put = (userId: string, systemPresence: string) => floor.control.push({ userId, presence: { systemPresence } });

const writesSinceStart = async (): Promise<number> =>
  (await floor.control.state()).calls['patchUserPresencesPurecloud'] ?? 0;

/** All that was asked of the platform. */
const calls = async (): Promise<number> =>
  Object.values((await floor.control.state()).calls).reduce((sum, count) => sum + count, 0);

const writes = async (): Promise<number> => (await writesSinceStart()) - writesBefore;

const presenceOf = (id: string): string | undefined =>
  [...floor.floorwatch.board.rows()].find(({ profile }) => profile.id === id)?.state.presence?.system;

/** Waits until everybody is where they were put, and seen so. */
const putAll = async (ids: readonly string[], presence: string, system: string): Promise<void> => {
  for (const id of ids) await put(id, presence);
  await floor.eventually(() => expect(ids.map(presenceOf)).toEqual(ids.map(() => system)));
};

const done = async (id: string) => {
  await floor.eventually(async () => expect((await page.look(id)).state).not.toBe('running'));
  return page.look(id);
};

describe('A bulk', () => {
  it('is tried first, and changes nothing then; started, it changes each once and tells of each', async () => {
    const ids = somebody(12);
    await putAll(ids, 'Available', 'available');
    const callsBefore = await calls();
    const dryRun = await page.preview(ids, MEETING);
    expect((await calls()) - callsBefore).toBeLessThanOrEqual(3); // however many agents: users, adherence, its activity codes
    expect(dryRun.agents.map(({ agentId }) => agentId)).toEqual(ids);
    expect(dryRun.agents.every(({ etag, current, obstacles }) => etag && current && obstacles.length === 0)).toBe(true);
    expect(dryRun.estimatedMs).toBeGreaterThan(0);
    expect(await writes()).toBe(0);
    const bulk = await page.start(dryRun, MEETING);
    expect(bulk).toMatchObject({ state: 'running', wanted: { system: 'meeting', message: 'all hands' } });
    expect((await page.list()).map(({ id }) => id)).toContain(bulk.id);
    const over = await done(bulk.id);
    expect(over).toMatchObject({ state: 'done', reason: null, counts: { confirmed: 12 } });
    expect(over.changes.map(({ agentId, state, cause }) => [agentId, state, cause])).toEqual(
      ids.map((id) => [id, 'confirmed', 'bulk']),
    );
    expect(await writes()).toBe(12);
    expect(ids.map(presenceOf)).toEqual(ids.map(() => 'meeting'));
    const audited = floor.audit.entries.filter(({ correlationId }) => correlationId === over.changes[0]?.correlationId);
    expect(audited.filter(({ target, outcome }) => target !== null && outcome === 'accepted')).toHaveLength(12);
  });

  it('is one bulk for each key, and one at a time for each person', async () => {
    const ids = somebody(10);
    await putAll(ids, 'Available', 'available');
    const dryRun = await page.preview(ids, MEETING);
    const answers = await Promise.all(Array.from({ length: 5 }, () => page.ask(dryRun, MEETING, 'one-key')));
    expect(new Set(answers.map(({ status, text }) => `${String(status)} ${idIn(text)}`)).size).toBe(1);
    const another = await page.ask(dryRun, MEETING, 'another-key');
    expect([another.status, codeOf(another)]).toEqual([409, 'change-impossible']);
    const misused = await page.ask(dryRun, { ...MEETING, message: 'lunch' }, 'one-key');
    expect([misused.status, codeOf(misused)]).toEqual([422, 'idempotency-conflict']);
    expect((await done(idIn(answers[0]?.text ?? ''))).counts).toMatchObject({ confirmed: 10 });
    expect(idIn((await page.ask(dryRun, MEETING, 'one-key')).text)).toBe(idIn(answers[0]?.text ?? ''));
    expect(await writes()).toBe(10);
  });

  it('leaves alone who has chosen since the dry run, and tells what is there', async () => {
    const [first = '', chooser = '', last = ''] = somebody(3);
    await putAll([first, chooser, last], 'Available', 'available');
    const dryRun = await page.preview([first, chooser, last], MEETING);
    await putAll([chooser], 'Break', 'break');
    const { counts, changes } = await done((await page.start(dryRun, MEETING)).id);
    expect(counts).toMatchObject({ confirmed: 2, refused: 1 });
    expect(changes[1]).toMatchObject({
      state: 'refused',
      problem: { code: 'version-conflict' },
      now: { system: 'break' },
    });
    expect(await writes()).toBe(2);
    expect(presenceOf(chooser)).toBe('break');
  });

  it('ends when somebody cancels it: those who had no turn yet are left alone', async () => {
    const ids = somebody(40);
    await putAll(ids, 'Available', 'available');
    const { id } = await page.start(await page.preview(ids, MEETING), MEETING);
    await floor.eventually(async () => expect((await page.look(id)).counts.waiting).toBeLessThan(40));
    const other = new BulkPage(await Supervisor.at(floor, 'team-lead'));
    expect((await other.cancel(id)).status).toBe(404); // sees nobody of it
    expect((await page.cancel(id)).status).toBe(200);
    // The turn that was being taken is brought to its end.
    await floor.eventually(async () => {
      const { state, counts } = await page.look(id);
      expect(state).toBe('cancelled');
      expect(counts.cancelled).toBeGreaterThan(0);
      expect(counts.confirmed + counts.cancelled).toBe(40);
      expect(await writes()).toBe(counts.confirmed);
    });
  });

  it('stops when whoever started it has signed out, and says why', async () => {
    const ids = somebody(40);
    await putAll(ids, 'Available', 'available');
    const owner = await Supervisor.at(floor, 'admin');
    const { id } = await new BulkPage(owner).start(await page.preview(ids, MEETING), MEETING);
    await owner.signOut();
    await floor.eventually(async () => expect((await page.look(id)).state).toBe('stopped'));
    const { reason, counts } = await page.look(id);
    expect(reason).toContain('is not signed in any more: the others were left as they are');
    expect(counts.cancelled).toBeGreaterThan(0);
  });

  it('is shown to others as far as they may see its agents', async () => {
    const own = floor.agents.own.slice(0, 2).map(({ id }) => id);
    const foreign = somebody(3);
    await putAll([...own, ...foreign], 'Available', 'available');
    const { id } = await page.start(await page.preview([...own, ...foreign], MEETING), MEETING);
    await done(id);
    const lead = new BulkPage(await Supervisor.at(floor, 'team-lead'));
    const seen = await lead.look(id);
    expect(seen.changes.map(({ agentId }) => agentId)).toEqual(own);
    expect(seen.counts).toMatchObject({ confirmed: 2 });
    expect((await lead.list()).map((bulk) => bulk.id)).toContain(id);
  });

  it('goes on when the platform asks to wait', async () => {
    const ids = somebody(6);
    await putAll(ids, 'Available', 'available');
    const dryRun = await page.preview(ids, MEETING);
    await floor.control.switchOn('rate-limited', { remaining: 25, retryAfterSeconds: 5 });
    const { changes } = await done((await page.start(dryRun, MEETING)).id);
    expect(changes.map(({ state, problem }) => [state, problem])).toEqual(ids.map(() => ['confirmed', null]));
  });
});

describe('A bulk that cannot be', () => {
  const refusedWith = async (agents: readonly string[], wish: Wish) => {
    const answer = await page.ask({ agents: agents.map((agentId) => ({ ...NOTHING, agentId })) }, wish);
    return [answer.status, codeOf(answer)];
  };

  it('is refused whole, and changes nothing', async () => {
    const [one = '', two = ''] = somebody(2);
    expect(await refusedWith([one, two], { definitionId: PRESENCES.onQueue })).toEqual([409, 'change-impossible']);
    expect(await refusedWith([one], { definitionId: 'nonsense' })).toEqual([409, 'change-impossible']);
    expect(await refusedWith([one], { definitionId: PRESENCES.deactivated })).toEqual([409, 'change-impossible']);
    expect(await refusedWith([one, one], MEETING)).toEqual([400, 'invalid-request']);
    expect(await refusedWith([one, 'nobody'], MEETING)).toEqual([404, 'agent-not-found']);
    expect(await refusedWith([], MEETING)).toEqual([400, 'invalid-request']);
    const many = Array.from({ length: 501 }, (_, index) => String(index));
    expect(await refusedWith(many, MEETING)).toEqual([400, 'invalid-request']);
    const keyless = await sue.send('POST', '/api/presence-changes/bulk', {
      body: { ...MEETING, agents: [{ agentId: one, etag: '"e"' }] },
    });
    expect([keyless.status, codeOf(keyless)]).toEqual([400, 'invalid-request']);
    expect(await writes()).toBe(0);
  });

  it('is told in the dry run: On Queue for each of them, agents of other divisions not at all', async () => {
    const ids = somebody(2);
    const { agents } = await page.preview(ids, { definitionId: PRESENCES.onQueue });
    expect(agents.map(({ obstacles }) => obstacles.includes('on-queue-in-bulk'))).toEqual([true, true]);
    const own = floor.agents.own[0]?.id ?? expect.fail('nobody');
    const lead = new BulkPage(await Supervisor.at(floor, 'team-lead'));
    const seen = await lead.preview([...ids, own, 'nobody'], MEETING);
    expect(seen.agents.map(({ agentId }) => agentId)).toEqual([own]);
  });
});

const NOTHING = { etag: '"none"', current: null, verdict: null, effects: [], obstacles: [] };

const idIn = (text: string): string => String(bulkChange.parse(JSON.parse(text)).id);
