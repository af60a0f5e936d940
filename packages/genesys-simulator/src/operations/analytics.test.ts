import { FakeClock } from '@floorwatch/domain/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { SimulatorControl } from '../client.ts';
import { errorOf, PlatformCaller } from '../platform-caller.fake.ts';
import { startSimulator, type RunningSimulator } from '../simulator.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

const realClock = new FakeClock(Date.parse('2026-08-15T08:00:00.000Z'));
let simulator: RunningSimulator;
let caller: PlatformCaller;
let control: SimulatorControl;
let userId: string;

beforeAll(async () => {
  simulator = await startSimulator({ agents: 80, speed: 1, realClock, requestsPerMinute: 100_000 });
  caller = await PlatformCaller.signIn(simulator);
  control = new SimulatorControl(simulator.url);
  userId = simulator.world.organisation.agents.find(({ isOffPhones }) => !isOffPhones)?.id ?? '';
});

afterAll(() => simulator.close());

const now = (): number => simulator.world.virtualClock.now();
const span = (from: number, to: number): string => `${new Date(from).toISOString()}/${new Date(to).toISOString()}`;
const ofUsers = (...ids: readonly string[]) => ({
  type: 'or',
  predicates: ids.map((value) => ({ type: 'dimension', dimension: 'userId', operator: 'matches', value })),
});

const record = z.object({ startTime: z.string(), endTime: z.string().optional() });
const details = z.object({
  totalHits: z.number(),
  userDetails: z.array(
    z.object({
      userId: z.string(),
      primaryPresence: z.array(record.extend({ systemPresence: z.string() })),
      routingStatus: z.array(record.extend({ routingStatus: z.string() })),
    }),
  ),
});

const DETAILS = '/api/v2/analytics/users/details/query';
const query = async (body: object) => details.parse((await caller.send('POST', DETAILS, body)).body);

describe('user details', () => {
  it('go back 31 days for everybody from the first second, and only the last status is open', async () => {
    const interval = span(now() + 1 - 31 * DAY, now() + 1);
    const [detail] = (await query({ interval, userFilters: [ofUsers(userId)] })).userDetails;
    expect(detail?.primaryPresence.length).toBeGreaterThan(31 * 5);
    expect(detail?.routingStatus.length).toBeGreaterThan(31 * 50);
    for (const records of [detail?.primaryPresence ?? [], detail?.routingStatus ?? []])
      expect(records.filter(({ endTime }) => endTime === undefined)).toEqual([records.at(-1)]);
  });

  it('tell what has just happened, with the stamps of the live presence', async () => {
    await control.push({ userId, presence: { systemPresence: 'Training' } });
    const interval = span(now() - HOUR, now() + HOUR);
    const [detail] = (await query({ interval, userFilters: [ofUsers(userId)] })).userDetails;
    const live = simulator.engine.stateOf(userId).presence;
    const [previous, last] = detail?.primaryPresence.slice(-2) ?? [];
    expect(last).toMatchObject({ systemPresence: 'TRAINING', startTime: new Date(live.modifiedAt).toISOString() });
    expect(previous?.endTime).toBe(last?.startTime);
  });

  it('take 7 days without a filter and 31 with one', async () => {
    const ask = (days: number, userFilters: readonly object[]) =>
      caller.send('POST', DETAILS, { interval: span(now() - days * DAY, now()), userFilters });
    expect((await ask(7, [])).status).toBe(200);
    expect(errorOf(await ask(8, []))).toMatchObject({ status: 400, code: 'bad.request' });
    expect((await ask(31, [ofUsers(userId)])).status).toBe(200);
    expect(errorOf(await ask(32, [ofUsers(userId)]))).toMatchObject({ status: 400 });
    const dates = await caller.send('POST', DETAILS, { interval: 'yesterday' });
    expect(errorOf(dates)).toMatchObject({ status: 400, code: 'invalid.date' });
  });

  it('come in pages that may be short, each user once, until one is empty', async () => {
    const interval = span(now() - 2 * DAY, now());
    const seen: string[] = [];
    let pages = 0;
    let totalHits = 0;
    for (let pageNumber = 1; ; pageNumber += 1) {
      const page = await query({ interval, paging: { pageSize: 25, pageNumber } });
      if (page.userDetails.length === 0) break;
      seen.push(...page.userDetails.map((detail) => detail.userId));
      totalHits = page.totalHits;
      pages += 1;
    }
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen).toHaveLength(80);
    expect(pages, 'more pages than 80 users fill').toBeGreaterThan(4);
    expect(totalHits, 'an estimate').toBeGreaterThan(80);
  });

  it('are narrowed by presence and routing status', async () => {
    const predicates = [{ type: 'dimension', dimension: 'systemPresence', operator: 'matches', value: 'MEAL' }];
    const found = await query({
      interval: span(now() - 3 * DAY, now()),
      userFilters: [ofUsers(userId)],
      presenceFilters: [{ type: 'or', predicates }],
    });
    const presences = found.userDetails.flatMap(({ primaryPresence }) => primaryPresence);
    expect(new Set(presences.map(({ systemPresence }) => systemPresence))).toEqual(new Set(['MEAL']));
  });
});

describe('user aggregates', () => {
  const aggregates = z.object({
    results: z.array(
      z.object({
        data: z.array(
          z.object({
            interval: z.string(),
            metrics: z.array(z.object({ metric: z.string(), stats: z.object({ sum: z.number() }) })),
          }),
        ),
      }),
    ),
  });

  it('add up to the whole of every interval', async () => {
    const answer = await caller.send('POST', '/api/v2/analytics/users/aggregates/query', {
      interval: span(now() - DAY, now()),
      granularity: 'PT30M',
      groupBy: ['userId'],
      filter: ofUsers(userId),
      metrics: ['tSystemPresence', 'tAgentRoutingStatus'],
    });
    const data = aggregates.parse(answer.body).results[0]?.data ?? [];
    expect(data).toHaveLength(48);
    for (const { metrics } of data)
      for (const metric of ['tSystemPresence', 'tAgentRoutingStatus']) {
        const sums = metrics.filter((one) => one.metric === metric).map(({ stats }) => stats.sum);
        expect(sums.reduce((sum, ms) => sum + ms, 0)).toBe(30 * 60_000);
      }
  });

  it('are for at most 100 users', async () => {
    const ids = Array.from({ length: 101 }, (_, index) => `user-${index}`);
    const answer = await caller.send('POST', '/api/v2/analytics/users/aggregates/query', {
      interval: span(now() - DAY, now()),
      filter: ofUsers(...ids),
      metrics: ['tSystemPresence'],
    });
    expect(errorOf(answer)).toMatchObject({ status: 400, code: 'bad.request' });
  });
});

describe('agent status', () => {
  const status = z.object({
    entities: z.array(
      z.object({
        userId: z.string(),
        routingStatus: z.string(),
        routingStatusDate: z.string(),
        sessions: z.array(z.object({ conversationId: z.string(), segmentType: z.string(), segmentStart: z.string() })),
      }),
    ),
  });

  const ask = async (body: object) =>
    status.parse((await caller.send('POST', '/api/v2/analytics/agents/status/query', body)).body).entities;

  it('finds those who are longest in a routing status, with what they have in hand', async () => {
    const predicates = [{ dimension: 'routingStatus', value: 'INTERACTING' }];
    const found = await ask({ userFilter: { type: 'and', predicates }, userOrderBy: 'routingStatusDate' });
    expect(found.length).toBeGreaterThan(5);
    const dates = found.map(({ routingStatusDate }) => routingStatusDate);
    expect(dates).toEqual(dates.toSorted());
    for (const { sessions } of found) expect(sessions.length).toBeGreaterThan(0);
    const [longest] = found;
    const session = longest?.sessions[0];
    const conversation = await caller.get(`/api/v2/analytics/conversations/${session?.conversationId}/details`);
    expect(conversation.body).toMatchObject({
      conversationId: session?.conversationId,
      participants: [{ purpose: 'customer' }, { purpose: 'agent', userId: longest?.userId }],
    });
    expect(conversation.body).not.toHaveProperty('conversationEnd');
  });

  it('shows at most 50, and counts all', async () => {
    expect(await ask({})).toHaveLength(50);
    const answer = await caller.send('POST', '/api/v2/analytics/agents/status/counts?groupBy=routingStatus', {});
    const counts = z.object({ routingStatusCounts: z.array(z.object({ count: z.number() })) }).parse(answer.body);
    expect(counts.routingStatusCounts.reduce((sum, { count }) => sum + count, 0)).toBe(80);
    expect(answer.body).not.toHaveProperty('presenceCounts');
  });

  it('has no session for somebody whose status was only claimed to be at work', async () => {
    const idle = simulator.world.organisation.agents.find(
      ({ id }) => simulator.engine.stateOf(id).routingStatus.status === 'OFF_QUEUE',
    );
    const answer = await caller.get(`/api/v2/analytics/agents/${idle?.id}/status`);
    expect(answer.body).toMatchObject({ sessionCount: 0, sessions: [] });
  });
});
