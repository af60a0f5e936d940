import {
  exportAvailability,
  getAgentAvailability,
  getAgentComparison,
  listAvailability,
  type AgentAvailability,
  type AvailabilityList,
} from '@floorwatch/contracts';
import { agentId, dayOf, medianOf, WINDOW_MS, windowsOf, WINDOW_LOOK_BACK_MS, type AgentId } from '@floorwatch/domain';
import { FakeRecordingStore } from '@floorwatch/domain/testing';
import { StoreUnavailable } from '@floorwatch/store';
import { createGenesysCloud, Secret } from '@floorwatch/genesys';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../system-clock.ts';
import { readCsv } from '../export/read-csv.fake.ts';
import { openHistoryFloor, pathOf, type HistoryFloor } from '../history/history-floor.fake.ts';

const HOUR = 3_600_000;
const AGENTS = 30;
const iso = (ms: number): string => new Date(ms).toISOString();
const quiet = (): void => undefined;

/** Writes down the last hours of everybody, the windows up to some minutes ago, as recording would have done it. */
const fill = async (store: FakeRecordingStore, floor: HistoryFloor, hours: number): Promise<number> => {
  const { simulator } = floor;
  const cloud = createGenesysCloud({
    loginUrl: simulator.url,
    apiUrl: simulator.url,
    clientId: simulator.clientId,
    clientSecret: new Secret(simulator.clientSecret),
    clock: systemClock,
    log: { debug: quiet, info: quiet, warn: quiet, error: quiet },
  });
  const ids = floor.ids.map(agentId);
  const to = Math.floor((floor.now() - 7 * 60_000) / WINDOW_MS) * WINDOW_MS;
  const from = to - hours * HOUR;
  const details = await cloud.listUserDetails(
    ids,
    { from: from - WINDOW_LOOK_BACK_MS, to: floor.now() },
    { priority: 'history' },
  );
  for (const { agentId: id, transitions } of details) {
    await store.addTransitions(transitions);
    await store.putWindows(windowsOf(id, { transitions, gaps: [] }, { from, to }));
  }
  await store.writeProgress({ windowsUpTo: to, aliveAt: to });
  return from;
};

describe('the figures of many', () => {
  let store: FakeRecordingStore;
  let floor: HistoryFloor;
  /** Since when windows are written. */
  let since: number;

  beforeEach(async () => {
    store = new FakeRecordingStore();
    floor = await openHistoryFloor({ agents: AGENTS, store });
    since = await fill(store, floor, 6);
  });
  afterEach(() => floor.close());

  const list = (query: Record<string, string>): Promise<AvailabilityList> =>
    floor.get(listAvailability.reply, listAvailability.path, query);

  it('are those of each agent alone, to the millisecond, with windows and without, on odd minutes too', async () => {
    const range = { from: iso(since + 61_234), to: iso(floor.now() - 1234) };
    const { lines, total, agents } = await list(range);
    expect(agents).toBe(AGENTS);
    let onCall = 0;
    for (const line of lines) {
      const alone = await floor.get(getAgentAvailability.reply, pathOf(getAgentAvailability.path, line.agentId), range);
      expect(line.total).toEqual(alone.total);
      onCall += Math.round(line.total.onCallSeconds * 1000);
    }
    expect(Math.round(total.onCallSeconds * 1000)).toBe(onCall);
    expect(Math.round(total.elapsedSeconds * 1000)).toBe(AGENTS * (Date.parse(range.to) - Date.parse(range.from)));
  });

  it('are the same from windows as from everything that happened', async () => {
    const query = {
      from: iso(since + 61_234),
      to: iso(floor.now() - 1234),
      granularity: '15m',
      zone: 'Asia/Kathmandu',
    };
    const read = (id: string) => floor.get(getAgentAvailability.reply, pathOf(getAgentAvailability.path, id), query);
    const some = floor.ids.slice(0, 8);
    const fromWindows = await Promise.all(some.map(read));
    store.outage = new StoreUnavailable('gone'); // then the platform's history is all there is, and it is what was recorded here
    const fromSegments = await Promise.all(some.map(read));
    const figuresOf = ({ intervals, total, statuses }: AgentAvailability) => ({ intervals, total, statuses });
    expect(fromWindows.map(figuresOf)).toEqual(fromSegments.map(figuresOf));
    expect(fromWindows.every(({ total }) => total.unknownSeconds === 0)).toBe(true);
  });

  it('of a time that nobody recorded are unknown, and still add up', async () => {
    const from = since - 24 * HOUR;
    const { lines } = await list({ from: iso(from), to: iso(since), granularity: '1h' });
    for (const { total, intervals } of lines) {
      expect(total).toMatchObject({ unknownSeconds: 24 * 3600, elapsedSeconds: 24 * 3600, readyShare: null });
      expect(intervals).toHaveLength(24 + (since % HOUR === 0 ? 0 : 1));
    }
  });

  it('come in the order that was asked for, those without a figure last, each once over all pages', async () => {
    for (const order of ['asc', 'desc'] as const) {
      const query = { from: iso(since), to: iso(floor.now() + HOUR), sort: 'occupancy', order, limit: '7' };
      const pages: AvailabilityList[] = [await list(query)];
      for (let page = pages[0]; page?.cursor; page = pages.at(-1)) {
        pages.push(await list({ ...query, cursor: page.cursor }));
        await floor.control.push({ userId: floor.ids[0] ?? '', presence: { systemPresence: 'Busy' } });
      }
      const lines = pages.flatMap((page) => page.lines);
      expect(new Set(lines.map((line) => line.agentId)).size).toBe(AGENTS);
      expect(lines).toHaveLength(AGENTS);
      expect(new Set(pages.map(({ to }) => to)).size).toBe(1);
      const figures = lines.map(({ total }) => total.occupancy);
      const known = figures.filter((figure) => figure !== null);
      expect(figures.slice(0, known.length)).toEqual(known.toSorted((a, b) => (order === 'asc' ? a - b : b - a)));
      expect(pages[0]?.median.occupancy).toBeCloseTo(medianOf(known) ?? NaN, 6);
    }
  });

  it('are about whoever is in the scope now', async () => {
    const rows = [...floor.floorwatch.board.rows()];
    const { divisionId, team } = rows.find(({ profile }) => profile.team !== null)?.profile ?? expect.fail('a team');
    const range = { from: iso(since), to: iso(since + HOUR) };
    const inTeam = rows.filter(({ profile }) => profile.team === team);
    const names = async (scope: Record<string, string>) =>
      (await list({ ...range, ...scope })).lines.map(({ agentId: id }) => id);
    expect((await names({ team: team ?? '' })).toSorted()).toEqual(inTeam.map(({ profile }) => profile.id).toSorted());
    const narrowed = inTeam.filter(({ profile }) => profile.divisionId === divisionId).map(({ profile }) => profile.id);
    expect((await names({ team: team ?? '', division: divisionId ?? '' })).toSorted()).toEqual(narrowed.toSorted());
    expect(await names({ agents: `${floor.ids[3] ?? ''},nobody` })).toEqual([floor.ids[3]]);
    expect(await list({ ...range, team: 'No such team' })).toMatchObject({ agents: 0, lines: [], cursor: null });
  });

  it('as a file have the rows and the total of the view', async () => {
    const query = { from: iso(since), to: iso(since + 2 * HOUR), sort: 'onCallSeconds', order: 'desc' };
    const screen = await list(query);
    const whole = await floor.floorwatch.app.inject({ url: exportAvailability.path, query });
    const { head, rows, total } = readCsv(whole.body);
    expect(head['Filter']).toBe('everybody');
    expect(rows.map((row) => [row['userId'], Number(row['onCallSeconds'])])).toEqual(
      screen.lines.map((line) => [line.agentId, line.total.onCallSeconds]),
    );
    expect(Number(total['onCallSeconds'])).toBe(screen.total.onCallSeconds);
    const cut = await floor.floorwatch.app.inject({
      url: exportAvailability.path,
      query: { ...query, granularity: '30m' },
    });
    const intervals = readCsv(cut.body);
    expect(Number(intervals.head['Rows'])).toBe(intervals.rows.length);
    const seconds = intervals.rows.reduce((sum, row) => sum + Number(row['onCallSeconds']), 0);
    expect(Math.round(seconds * 1000)).toBe(Math.round(screen.total.onCallSeconds * 1000));
  });

  it('are the team that an agent’s day is put beside', async () => {
    const row =
      [...floor.floorwatch.board.rows()].find(({ profile }) => profile.team !== null) ?? expect.fail('a team');
    const { id, team } = row.profile;
    const day = dayOf(floor.now(), 'UTC');
    const answer = await floor.get(getAgentComparison.reply, pathOf(getAgentComparison.path, id), { day });
    const { lines } = await list({ from: answer.day.from, to: answer.day.to, team: team ?? '' });
    const others = lines.filter((line) => line.agentId !== id && line.total.unknownSeconds < line.total.elapsedSeconds);
    expect(answer.team).toMatchObject({ name: team, agents: others.length });
    expect(answer.team.readyShare).toBeCloseTo(
      medianOf(others.map(({ total }) => total.readyShare).filter((share) => share !== null)) ?? NaN,
      9,
    );
  });

  it('cannot be told while the store is away: the answer says so, and one agent’s are told all the same', async () => {
    store.outage = new StoreUnavailable('gone');
    const query = { from: iso(since), to: iso(since + HOUR) };
    expect(await floor.ask(listAvailability.path, query)).toMatchObject({
      status: 503,
      body: { code: 'store-unavailable' },
    });
    const id: AgentId = agentId(floor.ids[0] ?? '');
    const alone = await floor.get(getAgentAvailability.reply, pathOf(getAgentAvailability.path, id), query);
    expect(alone.total).toMatchObject({ elapsedSeconds: 3600, unknownSeconds: 0 });
  });
});
