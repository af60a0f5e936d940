import {
  exportAgentAvailability,
  exportAgentHistory,
  exportAgents,
  exportAgentTransitions,
  exportAvailability,
  getAgentAvailability,
  getAgentHistory,
} from '@floorwatch/contracts';
import { agentId } from '@floorwatch/domain';
import { afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { openHistoryFloor, pathOf, type HistoryFloor } from '../history/history-floor.fake.ts';
import { readCsv } from './read-csv.fake.ts';

const HOUR = 3_600_000;
const iso = (ms: number): string => new Date(ms).toISOString();

let floor: HistoryFloor;
afterEach(() => floor.close());

const fetchFile = async (path: string, query: Record<string, string>) => {
  const answer = await floor.floorwatch.app.inject({ method: 'GET', url: path, query });
  expect(answer.statusCode, answer.body.slice(0, 200)).toBe(200);
  return { headers: answer.headers, text: answer.body };
};

const someAgent = (): string => floor.ids[0] ?? expect.fail('no agents');
/** Some hours that are over: the file and the screen are asked one after the other. */
const pastHours = (hours: number) => ({ from: iso(floor.now() - (hours + 1) * HOUR), to: iso(floor.now() - HOUR) });

const jsonFile = z.object({
  head: z.record(z.string(), z.union([z.string(), z.number()])),
  rows: z.array(z.record(z.string(), z.unknown())),
  total: z.record(z.string(), z.unknown()).nullable(),
});

describe('an agent’s availability as a file', () => {
  it('has the intervals and the total of the screen, and says what it is about, for whom, in which zone', async () => {
    floor = await openHistoryFloor();
    const query = { ...pastHours(5), granularity: '1h', zone: 'Asia/Kathmandu' };
    const path = pathOf(exportAgentAvailability.path, someAgent());
    const screen = await floor.get(getAgentAvailability.reply, pathOf(getAgentAvailability.path, someAgent()), query);
    const { text, headers } = await fetchFile(path, query);
    const { head, rows, total } = readCsv(text);
    const name = floor.simulator.world.user(someAgent())?.name;
    expect(head).toMatchObject({
      Floorwatch: 'Availability of an agent',
      Organisation: 'Test',
      Agent: name,
      'Time zone': 'Asia/Kathmandu',
      Rows: String(screen.intervals.length),
    });
    expect(head['Range']).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+05:45 to .*\+05:45$/);
    expect(rows.map((row) => [row['windowStart'], Number(row['onCallSeconds'])])).toEqual(
      screen.intervals.map(({ windowStart, onCallSeconds }) => [windowStart, onCallSeconds]),
    );
    expect(Number(total['onCallSeconds'])).toBe(screen.total.onCallSeconds);
    expect(Number(total['elapsedSeconds'])).toBe(screen.total.elapsedSeconds);
    expect(headers['x-row-count']).toBe(String(screen.intervals.length));
    expect(headers['content-disposition']).toMatch(
      /^attachment; filename="floorwatch-availability-[A-Za-z0-9-]+\.csv"$/,
    );
  });

  it('says the same in JSON', async () => {
    floor = await openHistoryFloor();
    const query = { ...pastHours(3), granularity: '30m' };
    const path = pathOf(exportAgentAvailability.path, someAgent());
    const csv = readCsv((await fetchFile(path, query)).text);
    const json = jsonFile.parse(JSON.parse((await fetchFile(path, { ...query, format: 'json' })).text));
    expect(json.rows.map((row) => [String(row['windowStart']), String(row['availableSeconds'])])).toEqual(
      csv.rows.map((row) => [row['windowStart'], row['availableSeconds']]),
    );
    expect(String(json.total?.['notReadySeconds'])).toBe(csv.total['notReadySeconds']);
  });
});

describe('an agent’s history as a file', () => {
  it('has every segment of the lanes, without pages', async () => {
    floor = await openHistoryFloor();
    const query = { ...pastHours(30), kind: 'routing,organisation' };
    const { rows } = readCsv((await fetchFile(pathOf(exportAgentHistory.path, someAgent()), query)).text);
    const screen = await floor.get(getAgentHistory.reply, pathOf(getAgentHistory.path, someAgent()), {
      ...query,
      limit: '5000',
    });
    expect(rows.map((row) => [row['kind'], row['fromUtc'], row['toUtc']])).toEqual(
      screen.segments.map(({ kind, from, to }) => [kind, from, to]),
    );
  });

  it('cannot carry a formula: the agent’s own words are text', async () => {
    floor = await openHistoryFloor();
    const message = '=HYPERLINK("http://evil.example";"Back, soon")';
    await floor.control.push({ userId: someAgent(), presence: { systemPresence: 'Meal', message } });
    const isOnBoard = () => floor.floorwatch.board.rowOf(agentId(someAgent()))?.state.presence?.message;
    await expect.poll(isOnBoard).toBe(message);
    const query = { ...pastHours(1), to: iso(floor.now() + HOUR), kind: 'organisation' };
    const { text } = await fetchFile(pathOf(exportAgentHistory.path, someAgent()), query);
    expect(readCsv(text).rows.at(-1)?.['message']).toBe(`'${message}`);
    expect(text).not.toMatch(/(^|,)"?[=+@-]HYPER/m);
  });
});

describe('transitions as a file', () => {
  it('are the records that tools expect, and their durations add up to the range', async () => {
    floor = await openHistoryFloor();
    const query = pastHours(12);
    const { text } = await fetchFile(pathOf(exportAgentTransitions.path, someAgent()), { ...query, format: 'json' });
    const { rows } = jsonFile.parse(JSON.parse(text));
    expect(Object.keys(rows[0] ?? {}).slice(0, 7)).toEqual([
      'userId',
      'timestamp',
      'uiPresence',
      'routingAvailability',
      'wrapupCode',
      'queueAssignments',
      'stateDurationSeconds',
    ]);
    const seconds = rows.reduce((sum, row) => sum + Number(row['stateDurationSeconds']), 0);
    expect(Math.round(seconds * 1000)).toBe(Date.parse(query.to) - Date.parse(query.from));
    expect(rows.length).toBeGreaterThan(5);
  });
});

describe('the wall as a file', () => {
  const post = async (body: object) => {
    const answer = await floor.floorwatch.app.inject({ method: 'POST', url: exportAgents.path, body });
    return { status: answer.statusCode, text: answer.body };
  };

  it('has the agents in the order of the wall, and the filter in words', async () => {
    floor = await openHistoryFloor();
    const agents = floor.ids.toReversed().slice(0, 7);
    const { text } = await post({ agents: [...agents, 'gone'], filter: 'break, longest first', zone: 'Europe/Berlin' });
    const { head, rows } = readCsv(text);
    expect(head).toMatchObject({ Floorwatch: 'The wall', Filter: 'break, longest first', Rows: '7' });
    expect(rows.map((row) => row['userId'])).toEqual(agents);
  });

  it('has everybody by name where nobody is named, ten thousand as well', async () => {
    floor = await openHistoryFloor();
    const { rows } = readCsv((await post({})).text);
    const names = rows.map((row) => row['name'] ?? '');
    expect(names).toEqual(names.toSorted((a, b) => a.localeCompare(b, 'en', { numeric: true })));
    expect(rows).toHaveLength(floor.ids.length);
    const many = Array.from(
      { length: 20_000 },
      (_, index) => `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`,
    );
    expect((await post({ agents: many })).status).toBe(200);
  });
});

describe('a file of a team without a store', () => {
  it('is refused like the view', async () => {
    floor = await openHistoryFloor({ agents: 10 });
    expect(await floor.ask(exportAvailability.path, pastHours(1))).toMatchObject({
      status: 503,
      body: { code: 'store-unavailable' },
    });
  });
});
