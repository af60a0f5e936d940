import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { SimulatorControl } from '../client.ts';
import { Listener, PlatformCaller } from '../platform-caller.fake.ts';
import { startSimulator, type RunningSimulator } from '../simulator.ts';
import { SkippingClock } from '../time/skipping-clock.fake.ts';

const MINUTE = 60_000;

let realClock: SkippingClock;
let simulator: RunningSimulator;
let listener: Listener;
let agentIds: string[];

beforeEach(async () => {
  realClock = new SkippingClock();
  simulator = await startSimulator({ agents: 60, speed: 1, realClock, requestsPerMinute: 100_000 });
  agentIds = simulator.world.organisation.agents.map(({ id }) => id);
  const caller = await PlatformCaller.signIn(simulator);
  const { id, connectUri } = await caller.createChannel();
  const topics = agentIds.map((userId) => `v2.users.${userId}?conversations&conversations.calls`);
  await caller.subscribe(id, [...topics, ...agentIds.map((userId) => `v2.analytics.users.${userId}.aggregates`)]);
  listener = await Listener.open(connectUri);
});

afterEach(() => simulator.close());

const leg = z.object({ state: z.string(), held: z.boolean(), disconnectType: z.string().optional() });
const times = z.object({
  startTime: z.iso.datetime(),
  connectedTime: z.iso.datetime().optional(),
  endTime: z.iso.datetime().optional(),
  startAcwTime: z.iso.datetime().optional(),
  endAcwTime: z.iso.datetime().optional(),
});
const ref = z.object({ id: z.string() });

const callBody = z.object({
  id: z.string(),
  participants: z.tuple([
    z.object({ purpose: z.literal('customer'), ...leg.shape }),
    z.object({ purpose: z.literal('agent'), user: ref, queue: ref, ...leg.shape, ...times.shape }),
  ]),
});

const anyBody = z.object({
  id: z.string(),
  participants: z.tuple([
    z.object({ purpose: z.literal('customer') }),
    z.object({ userId: z.string(), calls: z.array(leg).optional(), ...times.shape }),
  ]),
});

/** What the topics of this ending said, by conversation, in order. */
const told = <Body extends { readonly id: string }>(ending: string, schema: z.ZodType<Body>): Map<string, Body[]> => {
  const bodies = listener.frames
    .filter(({ topicName }) => topicName?.endsWith(ending))
    .map(({ eventBody }) => schema.parse(eventBody));
  return Map.groupBy(bodies, ({ id }) => id);
};

/** A word for where an agent's leg stands. */
const stageOf = ({ state, startAcwTime, endAcwTime }: z.infer<typeof callBody>['participants'][1]): string => {
  if (startAcwTime === undefined) return state;
  return endAcwTime === undefined ? 'after-call work' : 'done';
};

/** Some ten minutes of work, in one. */
const liveThroughABusyMinute = async (): Promise<void> => {
  await new SimulatorControl(simulator.url).setRate(60);
  for (let second = 0; second < 60; second += 1) await realClock.advance(MINUTE / 60);
  await listener.settle();
};

describe('conversations of an agent', () => {
  it('ring, are answered, and end after their after-call work, each step dated as it happened', async () => {
    await liveThroughABusyMinute();
    const lives = [...told('.conversations.calls', callBody).values()].map((bodies) => {
      const agents = bodies.map(({ participants: [, agent] }) => agent);
      return { stages: agents.map(stageOf).join(', '), last: agents.at(-1) };
    });
    const full = lives.filter(({ stages }) => stages === 'alerting, connected, after-call work, done');
    expect(full.length).toBeGreaterThan(10);
    for (const { last } of full) {
      const dates = [last?.startTime, last?.connectedTime, last?.endTime, last?.endAcwTime].map((at = '') =>
        Date.parse(at),
      );
      expect(dates).toEqual(dates.toSorted((a, b) => a - b));
      expect(last?.startAcwTime).toBe(last?.endTime);
      expect(agentIds).toContain(last?.user.id);
    }
    const unanswered = lives.filter(({ stages }) => stages === 'alerting, disconnected');
    expect(unanswered.length).toBeGreaterThan(0);
    for (const { last } of unanswered) {
      expect(last).toMatchObject({ disconnectType: 'transfer.noanswer' });
      expect(last).not.toHaveProperty('connectedTime');
    }
  });

  it('are told over all media as well, step by step the same', async () => {
    await liveThroughABusyMinute();
    const calls = told('.conversations.calls', callBody);
    const all = told('.conversations', anyBody);
    expect(all.size).toBeGreaterThan(calls.size);
    for (const [id, bodies] of calls)
      expect(
        all.get(id)?.map(({ participants: [, { calls: legs, endAcwTime }] }) => [legs?.[0]?.state, endAcwTime]),
      ).toEqual(bodies.map(({ participants: [, { state, endAcwTime }] }) => [state, endAcwTime]));
  });

  it('that are in the hands of somebody are those the organisation knows of', async () => {
    await liveThroughABusyMinute();
    const open = [...told('.conversations', anyBody).values()].flatMap((bodies) => {
      const [, agent] = bodies.at(-1)?.participants ?? [];
      const isOver =
        agent?.endTime !== undefined && (agent.startAcwTime === undefined || agent.endAcwTime !== undefined);
      return isOver ? [] : [bodies[0]?.id];
    });
    const held = new Set(agentIds.flatMap((id) => simulator.engine.contactsOf(id).map((contact) => contact.id)));
    expect(open.length).toBeGreaterThan(0);
    for (const id of open) expect(held).toContain(id);
  });
});

describe('aggregates of an agent', () => {
  const aggregates = z.object({
    group: z.object({ userId: z.string() }),
    data: z.tuple([
      z.object({
        interval: z.string(),
        metrics: z.array(z.object({ metric: z.string(), stats: z.object({ sum: z.number() }) })),
      }),
    ]),
  });

  it('are told when a half hour is over, and account for every minute of it', async () => {
    await realClock.advance(2000);
    expect(listener.frames.filter(({ topicName }) => topicName?.endsWith('.aggregates'))).toEqual([]);
    await realClock.skip(30 * MINUTE);
    await listener.settle();
    const bodies = listener.frames
      .filter(({ topicName }) => topicName?.endsWith('.aggregates'))
      .map(({ eventBody }) => aggregates.parse(eventBody));
    expect(bodies.map(({ group }) => group.userId).toSorted()).toEqual(agentIds.toSorted());
    for (const { data } of bodies) {
      const [{ interval, metrics }] = data;
      const [from = 0, to = 0] = interval.split('/').map(Date.parse);
      expect([from % (30 * MINUTE), to - from]).toEqual([0, 30 * MINUTE]);
      for (const name of ['tSystemPresence', 'tAgentRoutingStatus']) {
        const sum = metrics.filter(({ metric }) => metric === name).reduce((total, { stats }) => total + stats.sum, 0);
        expect(sum).toBe(30 * MINUTE);
      }
    }
  });
});
