import { listAudit } from '@floorwatch/contracts';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { BulkPage } from './bulk-page.fake.ts';
import { MortalFloor } from './mortal-floor.fake.ts';
import { PRESENCES, Supervisor } from './supervisor.fake.ts';

const AGENTS = 200;
const REQUESTS_PER_MINUTE = 300;
const TIMES = 10;
/** How often somebody changes an agent by hand, ms of real time. */
const SOMETIMES_MS = 1000;

const SET_UP_MS = 120_000;
const LONG_MS = 180_000;

const MEETING = { definitionId: PRESENCES.meeting, message: 'all hands' };

let floor: MortalFloor;
let sue: Supervisor;
let page: BulkPage;

beforeEach(async () => {
  floor = await MortalFloor.open({ agents: AGENTS + 1, times: TIMES, requestsPerMinute: REQUESTS_PER_MINUTE });
  sue = await Supervisor.at(floor);
  page = new BulkPage(sue);
}, SET_UP_MS);

afterEach(() => floor.close());

const everybody = async (): Promise<string[]> => (await floor.control.truth()).agents.map(({ userId }) => userId);

/** How often the audit tells of this outcome. */
const audited = async (correlationId: string, outcome: string): Promise<number | null> => {
  const { text } = await sue.send('GET', `${listAudit.path}?correlation=${correlationId}&outcome=${outcome}`);
  return listAudit.reply.parse(JSON.parse(text)).total;
};

const expectToHaveEnded = async (id: string): Promise<void> => {
  expect((await page.look(id)).state).not.toBe('running');
};

const progressOf = async (id: string): Promise<number> => {
  const { waiting } = (await page.look(id)).counts;
  return AGENTS - waiting;
};

it(
  'a bulk of 200 goes on after a kill -9 exactly where it was: everybody once, within the budget, each with a result',
  async () => {
    const [byHand = '', ...ids] = await everybody();
    const { lastSeq } = (await floor.control.state()).journal;
    const dryRun = await page.preview(ids, MEETING);
    expect(dryRun.agents).toHaveLength(AGENTS);
    const bulk = await page.start(dryRun, MEETING);
    for (const least of [40, 110]) {
      await floor.eventually(async () => expect(await progressOf(bulk.id)).toBeGreaterThanOrEqual(least));
      await floor.kill();
      await floor.start();
    }
    const handMade: number[] = [];
    await floor.eventually(async () => {
      handMade.push((await sue.change(byHand, { ...MEETING, message: `look ${String(handMade.length)}` })).status);
      await expectToHaveEnded(bulk.id);
    }, SOMETIMES_MS);
    // Whoever works by hand meanwhile finds room in the budget, always.
    expect(new Set(handMade)).toEqual(new Set([202]));
    const over = await page.look(bulk.id);
    expect(over.reason).toBeNull();
    expect(over.state).toBe('done');
    const results = new Map(
      over.changes.map(({ agentId, state, problem }) => [agentId, `${state} ${problem?.message ?? ''}`]),
    );
    expect([...new Set(results.values())]).toEqual(['confirmed ']);
    expect(results.size).toBe(AGENTS);

    const written = (await floor.journal(lastSeq))
      .filter(({ part, userId }) => part === 'presence' && userId !== byHand)
      .map(({ userId }) => userId);
    expect(written.toSorted()).toEqual(ids.toSorted());
    expect((await floor.control.state()).calls['patchUserPresencesPurecloud']).toBe(AGENTS + handMade.length);
    expect(floor.logged).not.toContain('"event":"rate-limited"');
    expect(new Set(over.changes.map(({ correlationId }) => correlationId)).size).toBe(1);
    const correlationId = over.changes[0]?.correlationId ?? '';
    await floor.eventually(async () => expect(await audited(correlationId, 'accepted')).toBe(AGENTS + 1)); // the bulk itself
    expect(await audited(correlationId, 'confirmed')).toBe(AGENTS);
  },
  LONG_MS,
);
