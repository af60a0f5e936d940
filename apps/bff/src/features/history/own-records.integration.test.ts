import { getAgentAvailability, getAgentHistory, type AgentHistory, type HistorySegment } from '@floorwatch/contracts';
import { agentId, NO_MS, type FactValue, type Transition } from '@floorwatch/domain';
import { FakeRecordingStore } from '@floorwatch/domain/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openHistoryFloor, pathOf, type HistoryFloor } from './history-floor.fake.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const iso = (ms: number): string => new Date(ms).toISOString();

describe('own records of an agent beside the platform’s history', () => {
  let store: FakeRecordingStore;
  let floor: HistoryFloor;
  /** Somebody who took contacts all along, so that there is something to tell apart. */
  let id: string;
  /** Recording began here. */
  let began: number;
  let gap: { readonly from: number; readonly to: number };
  /** Up to here it is asked for. */
  let end: number;

  const timesOf = (anchor: number) => ({
    began: anchor - 6 * HOUR,
    gap: { from: anchor - 4 * HOUR, to: anchor - 2 * HOUR },
    end: anchor - HOUR,
  });

  const isBusy = (one: string, anchor: number): boolean => {
    const times = timesOf(anchor);
    const stretches = [{ from: times.began - 2 * HOUR, to: times.began }, times.gap, { from: times.end, to: anchor }];
    return stretches.every(({ from, to }) => truth(from, to, one).length > 10);
  };

  const truth = (from: number, to: number, of = id): number[] => {
    const { world } = floor.simulator;
    const profile = world.user(of) ?? expect.fail('an agent');
    const segments = world.history.routingSegments(profile, { from, to });
    return segments.map(({ startsAt }) => Math.floor(startsAt)).filter((at) => at >= from && at < to);
  };

  const record = (at: number, fact: FactValue): Promise<number> => {
    const transition: Transition = { agentId: agentId(id), fact, at, exact: true, ingestedAt: at, source: 'event' };
    return store.addTransitions([transition]);
  };

  beforeEach(async () => {
    store = new FakeRecordingStore();
    floor = await openHistoryFloor({ agents: 120, store });
    // Whatever the time of day is while this runs: the latest hours in which somebody was busy from beginning to end.
    const anchors = Array.from({ length: 7 * 24 }, (_, hours) => floor.now() - hours * HOUR);
    const anchor = anchors.find((at) => floor.ids.some((one) => isBusy(one, at))) ?? expect.fail('busy hours');
    id = floor.ids.find((one) => isBusy(one, anchor)) ?? expect.fail('a busy agent');
    ({ began, gap, end } = timesOf(anchor));
    // What was recorded differs from what the platform tells on purpose.
    await record(began, { kind: 'presence', presence: 'training', definitionId: null, message: 'first aid' });
    await record(began, { kind: 'routing', routing: 'communicating' });
    await record(gap.to, { kind: 'routing', routing: 'notResponding' });
  });
  afterEach(() => floor.close());

  const routing = async (): Promise<{ answer: AgentHistory; lane: Extract<HistorySegment, { kind: 'routing' }>[] }> => {
    const query = { from: iso(began - 2 * HOUR), to: iso(end), kind: 'routing', limit: '5000' };
    const answer = await floor.get(getAgentHistory.reply, pathOf(getAgentHistory.path, id), query);
    return { answer, lane: answer.segments.filter((segment) => segment.kind === 'routing') };
  };

  it('win where they are, and the platform tells what was before the first of them', async () => {
    const { lane } = await routing();
    const before = lane.filter(({ from }) => Date.parse(from) < began);
    expect(before.every(({ source }) => source === 'analytics')).toBe(true);
    expect(before.map(({ from }) => Date.parse(from)).slice(1)).toEqual(truth(began - 2 * HOUR + 1, began));
    expect(lane.find(({ from }) => Date.parse(from) === began)).toMatchObject({
      to: iso(gap.to),
      routing: 'communicating',
      source: 'event',
      startsExactly: true,
    });
  });

  it('have gaps that the platform’s history fills, to the end', async () => {
    await store.addGaps([{ agentId: agentId(id), ...gap, reason: 'not-recording' }]);
    const { answer, lane } = await routing();
    const inGap = lane.filter(({ from }) => Date.parse(from) > gap.from && Date.parse(from) < gap.to);
    expect(inGap.map(({ from }) => Date.parse(from))).toEqual(truth(gap.from + 1, gap.to));
    expect(inGap.every(({ source }) => source === 'analytics')).toBe(true);
    expect(answer.gaps).toEqual([{ from: iso(gap.from), to: iso(gap.to), reason: 'not-recording', state: 'filled' }]);
    expect(lane.find(({ from }) => Date.parse(from) === gap.to)).toMatchObject({
      routing: 'notResponding',
      source: 'event',
    });
  });

  it('have gaps that stay gaps where the platform’s history may not be read: unknown, and it says why', async () => {
    await floor.control.withdrawPermissions(['analytics:userDetail:view']);
    await store.addGaps([{ agentId: agentId(id), ...gap, reason: 'events-lost' }]);
    const { answer, lane } = await routing();
    expect(answer.gaps).toMatchObject([{ state: 'open', reason: 'events-lost' }]);
    expect(answer.analyticsProblem).toMatch(/analytics:userDetail:view/);
    expect(lane.map(({ from, routing: value, source }) => [Date.parse(from), value, source])).toEqual([
      [began - 2 * HOUR, null, null],
      [began, 'communicating', 'event'],
      [gap.from, null, null],
      [gap.to, 'notResponding', 'event'],
    ]);
    const query = { from: iso(began), to: iso(end) };
    const figures = await floor.get(getAgentAvailability.reply, pathOf(getAgentAvailability.path, id), query);
    expect(figures.gapSeconds).toBe((gap.to - gap.from) / 1000);
  });

  it('reach further back than the platform’s history, and no further than they are kept', async () => {
    const query = (days: number) => ({ from: iso(floor.now() - days * DAY), to: iso(floor.now() - (days - 1) * DAY) });
    const path = pathOf(getAgentHistory.path, id);
    expect((await floor.ask(path, query(40))).status).toBe(422);
    await store.putWindows([
      {
        agentId: agentId(id),
        from: floor.now() - (floor.now() % (5 * MINUTE)) - 50 * DAY,
        ms: NO_MS,
        transitions: 0,
        isVolatile: false,
      },
    ]);
    expect((await floor.ask(path, query(40))).status).toBe(200);
    expect((await floor.ask(path, query(60))).status).toBe(422);
  });
});
