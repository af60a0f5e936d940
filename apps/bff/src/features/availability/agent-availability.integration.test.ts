import { getAgentAvailability, getAgentComparison, type AgentAvailability } from '@floorwatch/contracts';
import { addDays, dayOf, METRIC_STATE, readActivity, startOfDay, type MetricState } from '@floorwatch/domain';
import { afterEach, describe, expect, it } from 'vitest';
import { openHistoryFloor, pathOf, type HistoryFloor } from '../history/history-floor.fake.ts';

const HOUR = 3_600_000;
const iso = (ms: number): string => new Date(ms).toISOString();

let floor: HistoryFloor;
afterEach(() => floor.close());

const ROUTING = {
  OFF_QUEUE: 'offQueue',
  IDLE: 'idle',
  INTERACTING: 'interacting',
  NOT_RESPONDING: 'notResponding',
  COMMUNICATING: 'communicating',
} as const;
const PRESENCE = {
  Available: 'available',
  Away: 'away',
  Break: 'break',
  Busy: 'busy',
  Idle: 'idle',
  Meal: 'meal',
  Meeting: 'meeting',
  Offline: 'offline',
  'On Queue': 'onQueue',
  Training: 'training',
} as const;

/** Milliseconds per metric state, straight from the simulator's history: the platform's history knows no after-call work. */
const truthOf = ({ simulator: { world } }: HistoryFloor, id: string, range: { from: number; to: number }) => {
  const profile = world.user(id) ?? expect.fail('an agent');
  const presences = world.history.presenceSegments(profile, range);
  const statuses = world.history.routingSegments(profile, range);
  const sum: Record<MetricState, number> = { available: 0, onCall: 0, wrapUp: 0, notReady: 0, offline: 0, unknown: 0 };
  for (const presence of presences)
    for (const status of statuses) {
      const from = Math.max(Math.floor(presence.startsAt), Math.floor(status.startsAt), range.from);
      const to = Math.min(Math.floor(presence.endsAt ?? Infinity), Math.floor(status.endsAt ?? Infinity), range.to);
      const { activity } = readActivity(PRESENCE[presence.value.systemPresence], ROUTING[status.value], false);
      if (from < to) sum[METRIC_STATE[activity]] += to - from;
    }
  return sum;
};

const statesOf = (figures: AgentAvailability['total']) => ({
  available: figures.availableSeconds,
  onCall: figures.onCallSeconds,
  wrapUp: figures.wrapUpSeconds,
  notReady: figures.notReadySeconds,
  offline: figures.offlineSeconds,
  unknown: figures.unknownSeconds,
});

const inSeconds = (ms: Record<MetricState, number>) =>
  Object.fromEntries(Object.entries(ms).map(([state, value]) => [state, value / 1000]));

const sumOf = (values: readonly number[]): number => Math.round(values.reduce((a, b) => a + b, 0) * 1000);

const availabilityOf = (id: string, query: Record<string, string>): Promise<AgentAvailability> =>
  floor.get(getAgentAvailability.reply, pathOf(getAgentAvailability.path, id), query);

describe('one agent’s time', () => {
  it('is the simulator’s own, to the millisecond, day by day in a zone on the other side of the world', async () => {
    floor = await openHistoryFloor();
    const zone = 'Pacific/Auckland';
    const to = startOfDay(dayOf(floor.now(), zone), zone);
    const from = startOfDay(addDays(dayOf(to, zone), -5), zone);
    for (const id of floor.ids.slice(0, 8)) {
      const answer = await availabilityOf(id, { from: iso(from), to: iso(to), granularity: '1d', zone });
      expect(answer.intervals).toHaveLength(5);
      for (const interval of answer.intervals) {
        const range = { from: Date.parse(interval.windowStart), to: Date.parse(interval.windowEnd) };
        expect(statesOf(interval)).toEqual(inSeconds(truthOf(floor, id, range)));
      }
      expect(statesOf(answer.total)).toEqual(inSeconds(truthOf(floor, id, { from, to })));
      expect(answer.total.elapsedSeconds).toBe((to - from) / 1000);
      expect(sumOf(answer.statuses.map(({ seconds }) => seconds))).toBe(to - from);
    }
  });

  it('of a day of 25 hours is that of 25 hours, and its two hours of the same name are two', async () => {
    floor = await openHistoryFloor();
    const zone = 'Europe/Berlin';
    const range = { from: startOfDay('2026-10-25', zone), to: startOfDay('2026-10-26', zone) };
    expect(range.to - range.from).toBe(25 * HOUR);
    const query = { from: iso(range.from), to: iso(range.to), zone };
    for (const id of floor.ids.slice(0, 8)) {
      const day = await availabilityOf(id, { ...query, granularity: '1d' });
      expect(day.intervals).toHaveLength(1);
      expect(statesOf(day.total)).toEqual(inSeconds(truthOf(floor, id, range)));
      const hours = await availabilityOf(id, { ...query, granularity: '1h' });
      expect(hours.intervals).toHaveLength(25);
      expect(hours.total).toEqual(day.total);
      for (const { windowStart, ...interval } of hours.intervals.slice(1, 4)) {
        const hour = { from: Date.parse(windowStart), to: Date.parse(interval.windowEnd) };
        expect(statesOf(interval)).toEqual(inSeconds(truthOf(floor, id, hour)));
      }
    }
  });

  it('adds up to each interval, and to what has gone by of the one that is running', async () => {
    floor = await openHistoryFloor();
    const id = floor.ids[0] ?? '';
    const zone = 'Asia/Kathmandu';
    const from = startOfDay(dayOf(floor.now(), zone), zone);
    const to = startOfDay(addDays(dayOf(floor.now(), zone), 1), zone);
    const answer = await availabilityOf(id, { from: iso(from), to: iso(to), granularity: '1h', zone });
    for (const interval of answer.intervals.slice(0, -1)) expect(sumOf(Object.values(statesOf(interval)))).toBe(HOUR);
    const last = answer.intervals.at(-1) ?? expect.fail('intervals');
    expect(Date.parse(last.windowEnd) - Date.parse(last.windowStart)).toBe(HOUR);
    expect(sumOf([last.elapsedSeconds])).toBe(Date.parse(answer.to) - Date.parse(last.windowStart));
    expect(sumOf([answer.total.elapsedSeconds])).toBe(Date.parse(answer.to) - from);
    expect(sumOf(answer.intervals.map((interval) => interval.onCallSeconds))).toBe(sumOf([answer.total.onCallSeconds]));
    expect(answer.gapSeconds).toBe(answer.total.unknownSeconds);
  });

  it('grows while it goes on', async () => {
    floor = await openHistoryFloor();
    const id = floor.ids[0] ?? '';
    const query = { from: iso(floor.now() - HOUR), to: iso(floor.now() + HOUR) };
    const before = await availabilityOf(id, query);
    await expect
      .poll(async () => (await availabilityOf(id, query)).total.elapsedSeconds)
      .toBeGreaterThan(before.total.elapsedSeconds);
  });

  it('tells time per status with the organisation’s names, longest first, and how often each was entered', async () => {
    floor = await openHistoryFloor();
    const from = floor.now() - 24 * HOUR;
    for (const id of floor.ids.slice(0, 5)) {
      const range = { from, to: floor.now() };
      const answer = await availabilityOf(id, { from: iso(from), to: iso(range.to) });
      const { world } = floor.simulator;
      const truth = world.history.presenceSegments(world.user(id) ?? expect.fail('an agent'), range);
      for (const { definitionId, times, label } of answer.statuses) {
        const entered = truth.filter(({ startsAt, value }) => startsAt > from && value.definitionId === definitionId);
        expect(times).toBe(entered.length);
        expect(label).toBe(world.definition(definitionId ?? '')?.languageLabels.en_US);
      }
      const lengths = answer.statuses.map(({ seconds }) => seconds);
      expect(lengths).toEqual(lengths.toSorted((a, b) => b - a));
    }
  });

  it('of a bad zone or granularity is refused by name', async () => {
    floor = await openHistoryFloor({ agents: 10 });
    const path = pathOf(getAgentAvailability.path, floor.ids[0] ?? '');
    const query = { from: iso(floor.now() - HOUR), to: iso(floor.now()) };
    expect(await floor.ask(path, { ...query, zone: 'Mars/Olympus' })).toMatchObject({
      status: 400,
      body: { code: 'invalid-request', message: expect.stringMatching(/zone .*IANA name/) as string },
    });
    expect(await floor.ask(path, { ...query, granularity: '7m' })).toMatchObject({
      status: 400,
      body: { message: expect.stringMatching(/granularity/) as string },
    });
  });
});

describe('a day beside days like it', () => {
  it('is cut at the same time of day on the last four same weekdays', async () => {
    floor = await openHistoryFloor();
    const zone = 'Europe/Berlin';
    const day = dayOf(floor.now(), zone);
    const id = floor.ids[0] ?? '';
    const answer = await floor.get(getAgentComparison.reply, pathOf(getAgentComparison.path, id), { day, zone });
    const timeOfDay = Date.parse(answer.day.to) - startOfDay(day, zone);
    expect(answer.sameWeekdays.map(({ from }) => dayOf(Date.parse(from), zone))).toEqual(
      [7, 14, 21, 28].map((days) => addDays(day, -days)),
    );
    for (const { from, to, figures } of answer.sameWeekdays) {
      const range = { from: Date.parse(from), to: Date.parse(to) };
      const shift = range.to - range.from - timeOfDay;
      expect([0, HOUR, -HOUR]).toContain(shift);
      expect(statesOf(figures ?? expect.fail('figures'))).toEqual(inSeconds(truthOf(floor, id, range)));
    }
    expect(answer.team).toMatchObject({
      name: floor.simulator.world.user(id)?.team?.name ?? null,
      agents: 0,
      readyShare: null,
    });
  });

  it('that is over is whole, and one that has not begun is refused', async () => {
    floor = await openHistoryFloor();
    const path = pathOf(getAgentComparison.path, floor.ids[0] ?? '');
    const today = dayOf(floor.now(), 'UTC');
    const answer = await floor.get(getAgentComparison.reply, path, { day: addDays(today, -1) });
    expect(
      [answer.day, ...answer.sameWeekdays.slice(0, 3)].map(({ from, to }) => Date.parse(to) - Date.parse(from)),
    ).toEqual(Array<number>(4).fill(24 * HOUR));
    expect(await floor.ask(path, { day: addDays(today, 2) })).toMatchObject({
      status: 400,
      body: { message: expect.stringMatching(/has not begun/) as string },
    });
  });
});
