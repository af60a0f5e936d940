import { FakeClock } from '@floorwatch/domain/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { SimulatorControl } from '../client.ts';
import type { UserProfile } from '../org/user-profile.ts';
import { errorOf, Listener, PlatformCaller } from '../platform-caller.fake.ts';
import { startSimulator, type RunningSimulator } from '../simulator.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const WFM = '/api/v2/workforcemanagement';

const realClock = new FakeClock();
let simulator: RunningSimulator;
let caller: PlatformCaller;
let control: SimulatorControl;

beforeAll(async () => {
  simulator = await startSimulator({ agents: 700, speed: 1, realClock, requestsPerMinute: 100_000 });
  caller = await PlatformCaller.signIn(simulator);
  control = new SimulatorControl(simulator.url);
});

afterAll(() => simulator.close());

const now = (): number => simulator.world.virtualClock.now();
const iso = (instant: number): string => new Date(instant).toISOString();

/** Somebody who is planned to be on queue for a while yet. */
const someoneScheduled = (): UserProfile => {
  const { organisation, schedule, workforce } = simulator.world;
  const found = organisation.agents.find((user) => {
    const { current } = schedule.at(user, now());
    return (
      workforce.unitOf(user.id) !== null && current?.category === 'OnQueueWork' && current.endsAt > now() + 45 * MINUTE
    );
  });
  if (found === undefined) throw new Error('nobody is planned');
  return found;
};

const adherence = z.object({
  user: z.object({ id: z.string() }),
  adherenceState: z.string(),
  impact: z.string(),
  scheduledActivityCategory: z.string(),
  actualActivityCategory: z.string(),
  nextActivityReminders: z.array(z.object({ activityCategory: z.string(), startDate: z.string() })),
});

const adherenceOf = async ({ id }: UserProfile) =>
  z.tuple([adherence]).parse((await caller.get(`${WFM}/adherence?userId=${id}`)).body)[0];

describe('real-time adherence', () => {
  it('says what somebody should be doing, does, and that the one is not the other', async () => {
    const user = someoneScheduled();
    await control.push({ userId: user.id, presence: { systemPresence: 'On Queue' } });
    expect(await adherenceOf(user)).toMatchObject({
      scheduledActivityCategory: 'OnQueueWork',
      actualActivityCategory: 'OnQueueWork',
      adherenceState: 'InAdherence',
      impact: 'Neutral',
    });
    await control.push({ userId: user.id, presence: { systemPresence: 'Break' } });
    expect(await adherenceOf(user)).toMatchObject({
      actualActivityCategory: 'Break',
      adherenceState: 'OutOfAdherence',
      impact: 'Negative',
    });
  });

  it('is told for 1 to 100 agents, and leaves out those whom nobody plans', async () => {
    const { organisation, workforce } = simulator.world;
    const unplanned = organisation.agents.find(({ id }) => workforce.unitOf(id) === null);
    expect((await caller.get(`${WFM}/adherence?userId=${unplanned?.id}`)).body).toEqual([]);
    expect(errorOf(await caller.get(`${WFM}/agents/${unplanned?.id}/managementunit`))).toMatchObject({
      status: 404,
      code: 'wfm.entity.not.found',
    });
    expect(errorOf(await caller.get(`${WFM}/adherence`))).toMatchObject({ code: 'no.user.ids.specified' });
    expect(errorOf(await caller.get(`${WFM}/adherence?userId=five`))).toMatchObject({ code: 'invalid.id' });
    const ids = organisation.agents.slice(0, 101).map(({ id }) => `userId=${id}`);
    expect(errorOf(await caller.get(`${WFM}/adherence?${ids.join('&')}`))).toMatchObject({ code: 'max.user.ids' });
  });

  it('of a whole unit can be had as a file', async () => {
    const unitId = simulator.world.workforce.units[0]?.id ?? '';
    const path = `${WFM}/managementunits/${unitId}/adherence`;
    const listing = z.object({ entities: z.array(adherence), downloadUrl: z.string().optional() });
    const whole = listing.parse((await caller.get(path)).body);
    expect(whole.entities).toHaveLength(simulator.world.workforce.agentsOf(unitId)?.length ?? 0);
    const asked = listing.parse((await caller.get(`${path}?forceDownloadService=true`)).body);
    expect(asked.entities).toEqual([]);
    const file = await fetch(asked.downloadUrl ?? '');
    expect(listing.parse(await file.json()).entities).toEqual(whole.entities);
  });

  it('changes as an event when the plan goes on, even if the agent does nothing', async () => {
    const user = someoneScheduled();
    await control.push({ userId: user.id, presence: { systemPresence: 'On Queue' } });
    const { id, connectUri } = await caller.createChannel();
    const topicName = `v2.users.${user.id}.workforcemanagement.adherence`;
    await caller.subscribe(id, [topicName, `v2.users.${user.id}.workforcemanagement.schedules`]);
    const listener = await Listener.open(connectUri);
    const startsAt = Math.ceil(now() / MINUTE) * MINUTE + 2 * MINUTE;
    await control.editSchedule({ userId: user.id, startDate: iso(startsAt), lengthMinutes: 15, activityCodeId: '3' });
    const planned = await listener.hear((frame) => frame.topicName?.endsWith('.schedules') === true);
    expect(planned.eventBody).toMatchObject({ user: { id: user.id }, startDate: iso(startsAt) });
    await control.push({ userId: user.id, presence: { systemPresence: 'Busy' } });
    await realClock.advance(5000);
    await listener.settle();
    listener.frames.length = 0;
    await control.setSpeed(60);
    await realClock.advance(8000);
    const told = await listener.hear(
      ({ topicName: name, eventBody }) =>
        name === topicName && JSON.stringify(eventBody).includes('"scheduledActivityCategory":"Meeting"'),
    );
    const unit = simulator.world.workforce.unitOf(user.id);
    expect(told.eventBody).toMatchObject({ user: { id: user.id }, managementUnitId: unit?.id });
    await control.setSpeed(1);
    listener.socket.close();
  });
});

const search = z.object({
  status: z.string(),
  operationId: z.string().optional(),
  downloadUrl: z.string().optional(),
  result: z
    .object({
      agentSchedules: z.array(
        z.object({
          user: z.object({ id: z.string() }),
          shifts: z.array(
            z.object({
              startDate: z.string(),
              lengthMinutes: z.number(),
              activities: z.array(
                z.object({ startDate: z.string(), lengthMinutes: z.number(), activityCodeId: z.string() }),
              ),
            }),
          ),
        }),
      ),
    })
    .optional(),
});

describe('published schedules', () => {
  const find = async (days: number, users: readonly UserProfile[] | null) => {
    const { businessUnit } = simulator.world.workforce;
    const answer = await caller.send('POST', `${WFM}/businessunits/${businessUnit.id}/agentschedules/search`, {
      startDate: iso(now()),
      endDate: iso(now() + days * DAY),
      ...(users !== null && { userIds: users.map(({ id }) => id) }),
    });
    return search.parse(answer.body);
  };

  it('fill every shift to the minute with activities of known codes', async () => {
    const { status, result } = await find(7, [someoneScheduled()]);
    expect(status).toBe('Complete');
    const shifts = result?.agentSchedules[0]?.shifts ?? [];
    expect(shifts.length).toBeGreaterThan(5);
    for (const { startDate, lengthMinutes, activities } of shifts) {
      let at = Date.parse(startDate);
      for (const activity of activities) {
        expect(Date.parse(activity.startDate)).toBe(at);
        expect(['0', '1', '2', '3', '4', '6']).toContain(activity.activityCodeId);
        at += activity.lengthMinutes * MINUTE;
      }
      expect(at).toBe(Date.parse(startDate) + lengthMinutes * MINUTE);
    }
  });

  it('come at once, as a file, or later, as they get larger', async () => {
    const { agents } = simulator.world.organisation;
    expect((await find(1, agents.slice(0, 20))).result?.agentSchedules.length).toBeGreaterThan(10);
    const large = await find(1, null);
    expect([large.status, large.result]).toEqual(['Complete', undefined]);
    expect((await fetch(large.downloadUrl ?? '')).status).toBe(200);
    const later = await find(7, null);
    expect([later.status, later.result, later.downloadUrl]).toEqual(['Processing', undefined, undefined]);
    expect(later.operationId).toBeTypeOf('string');
  });

  it('are what agents really keep to, by and large', () => {
    const { organisation, schedule, engine, workforce } = simulator.world;
    const planned = organisation.agents.filter(({ id }) => workforce.unitOf(id) !== null);
    const onQueue = planned.filter((user) => schedule.at(user, now()).current?.category === 'OnQueueWork');
    const doing = onQueue.filter(({ id }) => engine.stateOf(id).presence.systemPresence === 'On Queue');
    expect(onQueue.length).toBeGreaterThan(200);
    expect(doing.length / onQueue.length).toBeGreaterThan(0.8);
  });
});
