import { afterEach, beforeEach, expect, it } from 'vitest';
import { HoldPage } from './hold-page.fake.ts';
import { MortalFloor } from './mortal-floor.fake.ts';
import { PRESENCES, Supervisor } from './supervisor.fake.ts';

const TIMES = 10;
const LONG_MS = 180_000;

const MEETING = { definitionId: PRESENCES.meeting, message: 'all hands' };

let floor: MortalFloor;
let sue: Supervisor;

beforeEach(async () => {
  floor = await MortalFloor.open({ agents: 20, times: TIMES, requestsPerMinute: 3000 });
  sue = await Supervisor.at(floor);
}, LONG_MS);

afterEach(() => floor.close());

const presenceOf = async (id: string): Promise<string | undefined> =>
  (await floor.control.truth()).agents.find(({ userId }) => userId === id)?.presence.systemPresence;

const put = (userId: string, systemPresence: string) => floor.control.push({ userId, presence: { systemPresence } });

const work = (routingStatus: 'INTERACTING' | 'IDLE', active: number) => ({
  routingStatus,
  conversationSummary: { call: { contactCenter: { active, acw: 0 } } },
});

it(
  'holds and changes that wait for the end of a contact go on after a kill -9, with what has happened meanwhile',
  async () => {
    const [drifting = '', choosing = '', calling = '', breaking = ''] = (await floor.control.truth()).agents.map(
      ({ userId }) => userId,
    );
    const page = new HoldPage(sue);
    for (const id of [drifting, choosing]) {
      await put(id, 'Available');
      await page.start(id, { ...MEETING, minutes: 120 });
    }
    const waiting: string[] = [];
    for (const userId of [calling, breaking]) {
      await floor.control.push({ userId, presence: { systemPresence: 'On Queue' }, ...work('INTERACTING', 1) });
      await floor.eventually(async () => {
        const { isOnContact, current } = await sue.preview(userId, MEETING);
        expect([isOnContact, current?.system]).toEqual([true, 'onQueue']);
      });
      let id = '';
      await floor.eventually(async () => {
        const { change } = await sue.change(userId, { ...MEETING, when: 'after-contact' });
        id = change?.id ?? '';
        expect(change?.state).toBe('waiting');
      });
      waiting.push(id);
    }
    await floor.kill();
    await put(drifting, 'Away');
    await put(choosing, 'Break');
    await floor.control.push({ userId: calling, ...work('IDLE', 0) });
    await put(breaking, 'Break');
    await floor.start();

    const [afterCall = '', afterBreak = ''] = waiting;
    await sue.until(afterCall, 'confirmed');
    expect((await sue.until(afterBreak, 'refused')).problem?.message).toMatch(/has set another presence meanwhile/);
    await floor.eventually(async () => expect(await presenceOf(drifting)).toBe('Meeting'));
    await floor.eventually(async () => expect((await page.look(drifting)).reasserted).toBe(1));
    await floor.eventually(async () => expect((await page.look(choosing)).ended?.why).toBe('agent'));
    expect(await Promise.all([choosing, calling, breaking].map(presenceOf))).toEqual(['Break', 'Meeting', 'Break']);
  },
  LONG_MS,
);
