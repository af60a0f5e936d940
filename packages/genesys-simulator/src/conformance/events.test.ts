import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SimulatorControl } from '../client.ts';
import { MAX_TOPICS } from '../notifications/channels.ts';
import { TOPIC_TEMPLATES } from '../notifications/topic-template.ts';
import { Listener, PlatformCaller, type Frame } from '../platform-caller.fake.ts';
import { startSimulator, type RunningSimulator } from '../simulator.ts';
import { SkippingClock } from '../time/skipping-clock.fake.ts';
import { HAS_PLATFORM_SCHEMAS, readTopics } from './platform-schemas.fake.ts';

const MINUTE = 60_000;
const EVENTS_PER_SECOND = 60;

/** Comes to every channel and is part of no topic (API §8.5). */
const CHANNEL_METADATA = 'channel.metadata';
/** Come to every channel without a subscription. */
const SYSTEM_TOPICS = ['v2.system.socket_closing', 'v2.system.token_revoked.{id}'];

describe.skipIf(!HAS_PLATFORM_SCHEMAS)('every event of a busy minute', () => {
  let simulator: RunningSimulator;
  let frames: Frame[];
  const realClock = new SkippingClock();

  const subscribe = async (caller: PlatformCaller, topics: readonly string[]): Promise<Listener> => {
    const { id, connectUri } = await caller.createChannel();
    const { status, body } = await caller.subscribe(id, topics);
    expect(status, JSON.stringify(body)).toBe(200);
    return Listener.open(connectUri);
  };

  /** As many channels as it takes. */
  const subscribeToAll = async (caller: PlatformCaller, topics: readonly string[]): Promise<Listener[]> => {
    const listeners: Listener[] = [];
    for (let from = 0; from < topics.length; from += MAX_TOPICS)
      listeners.push(await subscribe(caller, topics.slice(from, from + MAX_TOPICS)));
    return listeners;
  };

  /** Everything a service may follow, about everybody there is. */
  const everything = (): string[] => {
    const { organisation, workforce } = simulator.world;
    const ids = {
      user: organisation.agents.map(({ id }) => id),
      queue: organisation.queues.map(({ id }) => id),
      managementUnit: workforce.units.map(({ id }) => id),
      team: organisation.teams.map(({ id }) => id),
    };
    return TOPIC_TEMPLATES.filter(({ requiresCurrentUser }) => !requiresCurrentUser).flatMap(({ id, entity }) =>
      ids[entity].map((one) => id.replace('{id}', one)),
    );
  };

  beforeAll(async () => {
    simulator = await startSimulator({ agents: 60, speed: 1, realClock, requestsPerMinute: 100_000 });
    const control = new SimulatorControl(simulator.url);
    const service = await PlatformCaller.signIn(simulator);
    const boss = await PlatformCaller.signInAs(simulator, 'supervisor');
    const [persona] = simulator.world.personas;
    const bossId = persona?.subject.userId ?? '';
    const listeners = [
      ...(await subscribeToAll(service, everything())),
      await subscribe(boss, [`v2.users.${bossId}.workforcemanagement.agentschedules.managementunit.search.complete`]),
    ];

    await control.setRate(EVENTS_PER_SECOND);
    for (let second = 0; second < 60; second += 1) await realClock.advance(MINUTE / 60);
    await PlatformCaller.signInAs(simulator, 'viewer');
    const [first] = simulator.world.organisation.agents;
    const userId = first?.id ?? '';
    const { activeQueues, outOfOffice } = simulator.engine.stateOf(userId);
    await control.push({ userId, activeQueueIds: activeQueues.ids.slice(1), outOfOffice: !outOfOffice.active });
    await planSomething(simulator, control);
    await searchSchedules(simulator, boss);
    await control.switchOn('clock-skew', { aheadMs: 30 * MINUTE }); // the half hour is over
    await realClock.advance(5000);
    await control.switchOn('socket-closing-notice');
    for (const listener of listeners) await listener.settle();
    const ends = listeners.map((listener) => listener.closed());
    await control.switchOn('token-revoked');
    await Promise.all(ends);
    frames = listeners.flatMap((listener) => listener.frames);
  });

  afterAll(() => simulator.close());

  it('has the body that the platform describes for its topic', () => {
    const check = readTopics();
    const seen = new Map<string, number>();
    const undescribed = new Set<string>();
    const complaints = new Set<string>();
    for (const { topicName = '', eventBody, ...rest } of frames) {
      if (topicName === CHANNEL_METADATA) continue;
      if (rest['version'] !== '2') complaints.add(`${topicName}: version ${String(rest['version'])}`);
      // The presence audit is one kind of a topic that the platform describes in general.
      const checked = check(topicName, eventBody);
      if (checked === null) complaints.add(`${topicName} is not a topic of the platform`);
      else {
        seen.set(checked.template, (seen.get(checked.template) ?? 0) + 1);
        if (!checked.isDescribed) undescribed.add(checked.template);
        for (const complaint of checked.complaints) complaints.add(`${checked.template}: ${complaint}`);
      }
    }
    expect([...complaints]).toEqual([]);
    const offered = TOPIC_TEMPLATES.map(({ id }) => id.replace('.UserPresence.', '.{id}.'));
    expect([...seen.keys()].toSorted()).toEqual([...offered, ...SYSTEM_TOPICS].toSorted());
    const events = [...seen.values()].reduce((sum, count) => sum + count, 0);
    expect(events).toBeGreaterThan(60 * EVENTS_PER_SECOND);
    const byName = `${undescribed.size} of them by name only: their bodies are not described`;
    process.stdout.write(`conformance: ${events} events of ${seen.size} topics checked, ${byName}\n`);
  });
});

/** Puts a meeting into the shift that somebody works in. */
const planSomething = async ({ world }: RunningSimulator, control: SimulatorControl): Promise<void> => {
  const now = world.virtualClock.now();
  for (const user of world.organisation.agents) {
    if (world.workforce.unitOf(user.id) === null) continue;
    const [shift] = world.schedule.shiftsBetween(user, { from: now, to: now + MINUTE });
    if (shift === undefined || shift.endsAt - now < 40 * MINUTE) continue;
    const startDate = new Date(Math.ceil(now / MINUTE) * MINUTE + MINUTE).toISOString();
    await control.editSchedule({ userId: user.id, startDate, lengthMinutes: 30, activityCodeId: '3' });
    return;
  }
  throw new Error('nobody is at work');
};

const searchSchedules = async ({ world }: RunningSimulator, caller: PlatformCaller): Promise<void> => {
  const now = world.virtualClock.now();
  const answer = await caller.send(
    'POST',
    `/api/v2/workforcemanagement/businessunits/mine/agentschedules/search?forceAsync=true`,
    { startDate: new Date(now).toISOString(), endDate: new Date(now + 24 * 60 * MINUTE).toISOString() },
  );
  expect(answer.body).toMatchObject({ status: 'Processing' });
};
