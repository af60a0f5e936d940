import { FakeClock } from '@floorwatch/domain/testing';
import { organizationPresenceDefinition, userPresence } from '@floorwatch/genesys/wire';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { SimulatorControl } from '../client.ts';
import { errorOf, PlatformCaller } from '../platform-caller.fake.ts';
import { startSimulator, type RunningSimulator } from '../simulator.ts';

const ON_QUEUE = 'e08eaf1b-ee47-4fa9-a231-1200e284798f';
const BREAK = '227b37e2-f1d0-4dd0-8f50-badd7cf6d158';
const STRANGER = '9f8b1f62-0000-4000-8000-000000000000';

const realClock = new FakeClock();
let simulator: RunningSimulator;
let caller: PlatformCaller;
let control: SimulatorControl;
let ids: readonly string[];

beforeAll(async () => {
  simulator = await startSimulator({ agents: 60, speed: 0, realClock, requestsPerMinute: 10_000 });
  caller = await PlatformCaller.signIn(simulator);
  control = new SimulatorControl(simulator.url);
  ids = (await control.truth()).agents.map(({ userId }) => userId);
});

afterAll(() => simulator.close());

const agent = (index: number): string => ids[index] ?? '';
const presencePath = (userId: string): string => `/api/v2/users/${userId}/presences/purecloud`;

describe('presence definitions', () => {
  const listing = z.object({ total: z.int(), entities: z.array(organizationPresenceDefinition) });

  it('are the ten primary ones with the ids every organisation has, and secondary ones with labels', async () => {
    const { entities, total } = listing.parse((await caller.get('/api/v2/presence/definitions?localeCode=ALL')).body);
    expect(total).toBe(entities.length);
    expect(entities.filter(({ type }) => type === 'System')).toHaveLength(10);
    expect(entities.find(({ id }) => id === ON_QUEUE)?.systemPresence).toBe('OnQueue');
    const huddle = entities.find(({ name }) => name === 'Team huddle');
    expect(huddle).toMatchObject({
      type: 'User',
      systemPresence: 'Meeting',
      languageLabels: { es: 'Reunión de equipo' },
    });
    expect(entities.filter(({ divisionId }) => divisionId !== '*')).toHaveLength(1);
  });

  it('that are deactivated appear only when asked for', async () => {
    const active = listing.parse((await caller.get('/api/v2/presence/definitions')).body).entities;
    const deactivated = listing.parse(
      (await caller.get('/api/v2/presence/definitions?deactivated=true')).body,
    ).entities;
    expect(active.some((one) => one.deactivated === true)).toBe(false);
    expect(deactivated.map(({ name }) => name)).toEqual(['Fax duty']);
  });

  it('are spelled another way by the deprecated listing, and a third way by the system presences', async () => {
    const old = z
      .object({ entities: z.array(z.object({ id: z.string(), systemPresence: z.string(), primary: z.boolean() })) })
      .parse((await caller.get('/api/v2/presencedefinitions?pageSize=100')).body);
    expect(old.entities).toContainEqual({ id: ON_QUEUE, systemPresence: 'On Queue', primary: true });
    const systems = z.array(z.object({ id: z.string() })).parse((await caller.get('/api/v2/systempresences')).body);
    expect(systems.map(({ id }) => id)).toContain('ON_QUEUE');
  });
});

describe('reading presences', () => {
  it('gives one user, and up to 50 at once', async () => {
    const one = userPresence.parse((await caller.get(presencePath(agent(0)))).body);
    const many = await caller.get(`/api/v2/users/presences/purecloud/bulk?id=${ids.slice(0, 50).join('&id=')}`);
    const all = z.array(userPresence.extend({ userId: z.string() })).parse(many.body);
    expect(all.map(({ userId }) => userId)).toEqual(ids.slice(0, 50));
    expect(all[0]).toMatchObject({ presenceDefinition: one.presenceDefinition, modifiedDate: one.modifiedDate });
  });

  it('refuses 51 ids and unknown users', async () => {
    const many = await caller.get(`/api/v2/users/presences/purecloud/bulk?id=${ids.slice(0, 51).join(',')}`);
    expect(errorOf(many)).toMatchObject({ status: 400, code: 'max.user.presences' });
    expect(errorOf(await caller.get(presencePath(STRANGER)))).toMatchObject({
      status: 404,
      code: 'presenceservice.usernotfound',
    });
  });
});

describe('changing a presence', () => {
  it('takes effect at once, with a later stamp than before', async () => {
    const before = userPresence.parse((await caller.get(presencePath(agent(1)))).body);
    const answer = await caller.send('PATCH', presencePath(agent(1)), {
      presenceDefinition: { id: BREAK },
      message: 'back 10:30',
    });
    const after = userPresence.parse(answer.body);
    expect(after).toMatchObject({ presenceDefinition: { id: BREAK, systemPresence: 'Break' }, message: 'back 10:30' });
    expect(Date.parse(after.modifiedDate ?? '')).toBeGreaterThan(Date.parse(before.modifiedDate ?? ''));
  });

  it('is a conflict while the one before is settling, and possible again afterwards', async () => {
    const patch = () => caller.send('PATCH', presencePath(agent(2)), { presenceDefinition: { id: BREAK } });
    expect((await patch()).status).toBe(200);
    expect(errorOf(await patch())).toMatchObject({ status: 409, code: 'presenceservice.conflict' });
    await realClock.advance(1000);
    expect((await patch()).status).toBe(200);
  });

  it('to On Queue changes nothing for somebody who is not logged in', async () => {
    await control.push({ userId: agent(3), presence: { systemPresence: 'Offline' } });
    const answer = await caller.send('PATCH', presencePath(agent(3)), { presenceDefinition: { id: ON_QUEUE } });
    expect(userPresence.parse(answer.body).presenceDefinition.systemPresence).toBe('Offline');
  });

  it('to a presence that does not exist or is deactivated is refused, naming the field', async () => {
    for (const id of [STRANGER, '0b1f6f0e-2f53-4f4e-9a55-3a1f8c9c0a0a']) {
      const error = errorOf(await caller.send('PATCH', presencePath(agent(4)), { presenceDefinition: { id } }));
      expect(error).toMatchObject({ status: 400, code: 'bad.request' });
      expect(error.message).toContain('presenceDefinition.id');
    }
  });
});

describe('routing status', () => {
  const path = (userId: string): string => `/api/v2/users/${userId}/routingstatus`;

  it('of a user that does not exist is OFF_QUEUE, as on the platform', async () => {
    expect((await caller.get(path(STRANGER))).body).toMatchObject({ status: 'OFF_QUEUE' });
  });

  it('can be moved from NOT_RESPONDING to IDLE and no other way', async () => {
    await control.push({ userId: agent(5), presence: { systemPresence: 'On Queue' }, routingStatus: 'NOT_RESPONDING' });
    const bad = await caller.send('PUT', path(agent(5)), { status: 'INTERACTING' });
    expect(errorOf(bad)).toMatchObject({ status: 400, code: 'general.bad.request' });
    expect((await caller.send('PUT', path(agent(5)), { status: 'IDLE' })).body).toMatchObject({ status: 'IDLE' });
    const back = await caller.send('PUT', path(agent(5)), { status: 'OFF_QUEUE' });
    expect(errorOf(back)).toMatchObject({ status: 400, code: 'general.bad.request' });
  });
});
