import type { AgentId, AgentRow } from '@floorwatch/domain';
import type { AgentTruth } from '@floorwatch/genesys-simulator/client';
import { afterEach, expect, test } from 'vitest';
import { openFloor, type Floor } from './floor.ts';

/** A deadline, not a wait: cut sockets come back after up to 4 s. */
const eventually = <Value>(read: () => Value | Promise<Value>) => expect.poll(read, { timeout: 15_000 });

let floor: Floor;
afterEach(() => floor.close());

const allLive = async (channels = 1): Promise<void> => {
  await eventually(async () => (await floor.control.state()).channels.filter((one) => one.isConnected).length).toBe(
    channels,
  );
  await eventually(() => floor.states.at(-1)?.state).toBe('live');
};

const rowOf = (id: AgentId | undefined): AgentRow =>
  (id === undefined ? null : floor.board.rowOf(id)) ?? expect.fail('no such agent');

/** What the board and the simulator's truth say of an agent, in the same plain words. */
const boardWords = ({ state }: AgentRow) => ({
  presence: state.presence && `${state.presence.system} ${state.presence.since.at}`.toUpperCase(),
  routing: state.routing && `${state.routing.state} ${state.routing.since.at}`.toUpperCase(),
  active: state.contacts?.active,
  acw: state.contacts?.afterCallWork,
});
const truthWords = ({ presence, routingStatus, conversationSummary }: AgentTruth) => {
  const work = Object.values(conversationSummary).map(({ contactCenter }) => contactCenter);
  const system = presence.systemPresence.replace(' ', '');
  return {
    presence: `${system} ${Date.parse(presence.modifiedDate)}`.toUpperCase(),
    routing: `${routingStatus.status.replace('_', '')} ${Date.parse(routingStatus.startTime)}`.toUpperCase(),
    active: work.reduce((sum, { active }) => sum + active, 0),
    acw: work.reduce((sum, { acw }) => sum + acw, 0),
  };
};

const expectBoardToBeTrue = async (): Promise<void> => {
  const { agents } = await floor.control.truth();
  const truth = Object.fromEntries(agents.map((agent) => [agent.userId, truthWords(agent)]));
  await eventually(() =>
    Object.fromEntries([...floor.board.rows()].map((row) => [row.profile.id, boardWords(row)])),
  ).toEqual(truth);
};

test('what happens to an agent is seen at once', async () => {
  floor = await openFloor();
  const events = await floor.follow();
  await allLive();
  const [{ profile }] = [...floor.board.rows()] as [AgentRow];
  await floor.control.push({ userId: profile.id, presence: { systemPresence: 'Meal', message: 'soup' } });
  await eventually(() => rowOf(profile.id).state.presence).toMatchObject({ system: 'meal', message: 'soup' });
  await floor.control.push({
    userId: profile.id,
    conversationSummary: { call: { contactCenter: { active: 0, acw: 1 } } },
  });
  await eventually(() => rowOf(profile.id).state.contacts).toMatchObject({ active: 0, afterCallWork: 1 });
  await floor.control.push({ userId: profile.id, routingStatus: 'NOT_RESPONDING' });
  await eventually(() => rowOf(profile.id).activity).toBe('notResponding');
  expect(events.channels()).toMatchObject([{ state: 'live', agents: 60, rejectedTopics: [] }]);
  expect(floor.cloud.oddities()).toEqual({});
});

test('a busy floor whose sockets are cut again and again is shown as it truly is', async () => {
  floor = await openFloor({ agents: 150, speed: 1 });
  await floor.follow(50);
  await allLive(3);
  await floor.control.switchOn('events-duplicated', { share: 0.1 });
  await floor.control.switchOn('events-reordered', { share: 0.1, delayMs: 300 });
  await floor.control.setRate(400);
  for (const transitions of [400, 800, 1200, 1600]) {
    await eventually(async () => (await floor.control.state()).transitions).toBeGreaterThan(transitions);
    await floor.control.switchOn('socket-cut');
  }
  await floor.control.switchAllOff();
  await floor.control.freeze();
  await allLive(3);
  await expectBoardToBeTrue();
  expect(floor.gaps.length).toBeGreaterThan(3);
});

test('tokens that die take the channels with them; new ones come up and miss nothing', async () => {
  floor = await openFloor();
  await floor.follow();
  await allLive();
  await floor.control.switchOn('token-revoked');
  await eventually(() => floor.gaps.length).toBeGreaterThan(1);
  const [row] = [...floor.board.rows()];
  await floor.control.push({ userId: row?.profile.id ?? '', presence: { systemPresence: 'Training' } });
  await expectBoardToBeTrue();
});

test('a socket that will be closed is replaced before', async () => {
  floor = await openFloor();
  await floor.follow();
  await allLive();
  await floor.control.switchOn('socket-closing-notice');
  await eventually(() => floor.states.map(({ state }) => state)).toEqual(expect.arrayContaining(['draining']));
  await eventually(() => floor.states.at(-1)?.state).toBe('live');
  expect(floor.states.map(({ state }) => state)).not.toContain('lost');
  await floor.control.push({
    userId: rowOf([...floor.board.rows()][0]?.profile.id).profile.id,
    routingStatus: 'COMMUNICATING',
  });
  await expectBoardToBeTrue();
});

test('refused sockets are shown with the reason and the next try, and come back', async () => {
  floor = await openFloor();
  const events = await floor.follow();
  await allLive();
  await floor.control.switchOn('sockets-refused');
  await floor.control.switchOn('socket-cut');
  await eventually(() => events.channels()[0]?.reason).toMatch(/refused the socket with status 503/);
  expect(events.channels()[0]?.state).toBe('lost');
  expect(events.channels()[0]?.attempt).toBeGreaterThan(0);
  await floor.control.switchAllOff();
  await eventually(() => events.channels()[0]?.state).toBe('live');
});

test('frames that make no sense are counted and the events go on', async () => {
  floor = await openFloor();
  await floor.follow();
  await allLive();
  const [{ profile }] = [...floor.board.rows()] as [AgentRow];
  for (const text of ['{', 'null', JSON.stringify({ topicName: `v2.users.${profile.id}.horoscope`, eventBody: {} })])
    await floor.control.sendFrame({ text });
  await floor.control.push({ userId: profile.id, presence: { systemPresence: 'Meal' } });
  await eventually(() => rowOf(profile.id).state.presence?.system).toBe('meal');
  expect(floor.cloud.oddities()).toEqual({ 'frame: malformed': 2, 'topic: v2.users.{id}.horoscope': 1 });
});

test('after stop nothing is connected and nothing is told', async () => {
  floor = await openFloor({ speed: 1 });
  const events = await floor.follow();
  await allLive();
  await events.stop();
  const told = floor.states.length;
  await eventually(async () => (await floor.control.state()).channels.some((one) => one.isConnected)).toBe(false);
  expect(floor.states).toHaveLength(told);
});
