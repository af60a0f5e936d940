import { getFloorHealth, listAvailability } from '@floorwatch/contracts';
import { agentId, divisionId } from '@floorwatch/domain';
import { afterAll, afterEach, expect, it } from 'vitest';
import { closeTheStore, type Browser } from '../sessions/signed-in-floor.fake.ts';
import { systemClock } from '../system-clock.ts';
import { askEverything } from './ask-everything.fake.ts';
import { DividedFloor, LivePage } from './divided-floor.fake.ts';
import { leaksIn } from './leaks-in.fake.ts';

let floor: DividedFloor | null = null;

afterEach(async () => {
  await floor?.close();
  floor = null;
});

afterAll(closeTheStore);

const HOUR_MS = 3_600_000;

/** All that a browser was sent: answers with their heads, and frames. */
const bytesOf = (browser: Browser, page: LivePage): Buffer =>
  Buffer.concat([...browser.seen.map((text) => Buffer.from(text, 'utf8')), ...page.received]);

it('sends a team lead not one byte of an agent of another division, while everybody works and some move', async () => {
  floor = await DividedFloor.open({ agents: 60, speed: 10 });
  const { control, floorwatch } = floor;
  const { own, foreign } = floor.agents;
  const [lead, supervisor] = [await floor.signedIn('team-lead'), await floor.signedIn('supervisor')];
  const [page, wholePage] = [LivePage.open(floor, lead), LivePage.open(floor, supervisor)];
  const [mover, ...others] = foreign;
  const fromOutside = floorwatch.board.rowOf(agentId(mover?.id ?? ''))?.profile;
  if (fromOutside === undefined) expect.fail('nobody outside');

  for (let round = 0; round < 10; round += 1) {
    for (const { id, name } of [...own.slice(0, 5), ...others.slice(0, 10)])
      await control.push({
        userId: id,
        presence: { systemPresence: round % 2 === 0 ? 'Busy' : 'Available', message: `${name} ${String(round)}` },
      });
    // A foreign agent's title changes: its card is sent to those who may see it, and its ref is all that others hear of.
    floorwatch.board.putAgent({ ...fromOutside, title: `Round ${String(round)}` });
    expect(await askEverything(lead, own)).toEqual([]);
  }
  expect(await askEverything(supervisor, own)).toEqual([]);
  await floor.eventually(() => expect(page.of('delta').length).toBeGreaterThan(10));

  expect(
    leaksIn(bytesOf(supervisor, wholePage), { own: [], foreign: others }).length,
    'the search finds what is there',
  ).toBeGreaterThan(others.length);
  expect(leaksIn(bytesOf(lead, page), floor.agents)).toEqual([]);
  expect(page.of('delta').flatMap(({ rows }) => rows).length, 'its own division is told').toBeGreaterThan(20);
  const counted = new Set(page.frames.flatMap((frame) => ('upstream' in frame ? [frame.upstream.agentsTotal] : [])));
  expect([...counted]).toEqual([own.length]);
}, 60_000);

it('takes rows off the screen within a minute after the rights changed, and an agent who leaves the division at once', async () => {
  floor = await DividedFloor.open();
  const { own, foreign } = floor.agents;
  const lead = await floor.signedIn('team-lead');
  const page = LivePage.open(floor, lead);
  await floor.eventually(() => expect(page.frames.length).toBeGreaterThan(1));
  const [epoch] = page.of('hello').map((hello) => hello.epoch);

  const goes = floor.floorwatch.board.rowOf(agentId(own[1]?.id ?? ''));
  const elsewhere = foreign[0]?.divisionId ?? '';
  if (goes === null) expect.fail('nobody to move');
  await floor.eventually(() => {
    floor?.floorwatch.board.putAgent({ ...goes.profile, title: `before ${String(page.frames.length)}` });
    expect(page.of('delta').length, 'subscribed').toBeGreaterThan(0);
  });
  floor.floorwatch.board.putAgent({ ...goes.profile, divisionId: divisionId(elsewhere) });
  await floor.eventually(() => expect(page.of('delta').flatMap(({ removed }) => removed)).toContain(goes.ref));

  floor.moveTeamLeadTo(elsewhere);
  await floor.eventually(() => expect(page.of('hello')).toHaveLength(2));
  expect(page.of('hello')[1]?.epoch).not.toBe(epoch);
  const list = await lead.get('/api/agents');
  const left = own.filter(({ id }) => id !== goes.profile.id);
  expect(leaksIn(Buffer.from(list.text), { own: foreign, foreign: left })).toEqual([]);
  expect(list.text).toContain(foreign[0]?.id);
}, 60_000);

it('counts, adds up and compares only those who may be seen', async () => {
  floor = await DividedFloor.open();
  const { own } = floor.agents;
  const lead = await floor.signedIn('team-lead');
  const now = systemClock.now();
  const range = `from=${new Date(now - HOUR_MS).toISOString()}&to=${new Date(now).toISOString()}`;
  const team = listAvailability.reply.parse(JSON.parse((await lead.get(`/api/availability?${range}`)).text));
  expect(team.agents).toBe(own.length);
  expect(team.total.elapsedSeconds).toBe((own.length * HOUR_MS) / 1000);
  const { isCut, agents } = getFloorHealth.reply.parse(JSON.parse((await lead.get('/api/floor-health')).text));
  expect([isCut, agents.total]).toEqual([true, own.length]);
  expect(Object.values(agents.byActivity).reduce((sum, count) => sum + count, 0)).toBe(own.length);
});
