import { listAgents, serverToClient, PROTOCOL_VERSION, type Delta } from '@floorwatch/contracts';
import { afterEach, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { WatchedFloor } from './watched-floor.fake.ts';

let floor: WatchedFloor;
const expectTruth = (): Promise<void> => floor.expectTruth();
const sockets: WebSocket[] = [];
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.terminate();
  await floor.close();
});

/** A browser's socket, and the deltas it gets. */
const listen = async (): Promise<Delta[]> => {
  const url = await floor.app.listen({ host: '127.0.0.1', port: 0 });
  const { epoch, version } = listAgents.reply.parse(await (await fetch(`${url}${listAgents.path}`)).json());
  const socket = new WebSocket(`${url.replace('http', 'ws')}/api/live?protocol=${String(PROTOCOL_VERSION)}`);
  sockets.push(socket);
  const deltas: Delta[] = [];
  socket.on('message', (data) => {
    const frame = serverToClient.parse(JSON.parse(Buffer.isBuffer(data) ? data.toString('utf8') : ''));
    if (frame.type === 'hello') socket.send(JSON.stringify({ type: 'subscribe', epoch, version }));
    if (frame.type === 'delta') deltas.push(frame);
  });
  return deltas;
};

test('clock-skew: ages are counted on the platform’s clock, however far it is ahead of ours', async () => {
  floor = await WatchedFloor.open({ times: 1 });
  await floor.control.setSpeed(1);
  const deltas = await listen();
  await floor.control.switchOn('clock-skew', { aheadMs: 600_000 });
  const userId = await floor.someone();
  await floor.push(userId, { presence: { systemPresence: 'Meal', message: 'after the leap' } });
  await floor.eventually(() => expect(floor.messageOf(userId)).toBe('after the leap'));
  const since = floor.rowOf(userId).state.presence?.since.at ?? 0;
  expect(since).toBeGreaterThan(floor.clock.now() + 590_000);
  await floor.eventually(() => expect(deltas.some(({ platformNow }) => platformNow >= since)).toBe(true));
  const elapsed = (deltas.at(-1)?.platformNow ?? 0) - since;
  expect(elapsed).toBeLessThan(5000);
});

test('shift-change-of-1000: everybody who comes or goes in one instant is on the wall, in a handful of frames', async () => {
  floor = await WatchedFloor.open({ agents: 1000, times: 1 });
  const deltas = await listen();
  const { version } = floor.board;
  expect(await floor.control.switchOn('shift-change-of-1000')).toMatchObject({ struck: 1000 });
  await expectTruth();
  await floor.eventually(() => expect(deltas.at(-1)?.to).toBe(floor.board.version));
  expect(new Set(deltas.flatMap(({ rows }) => rows.map(([ref]) => ref))).size).toBe(1000);
  const rows = deltas.reduce((sum, delta) => sum + delta.rows.length, 0);
  expect(rows).toBeLessThan(floor.board.version - version); // presence and routing status of one agent share a row
  await floor.push(await floor.someone(), { presence: { systemPresence: 'Training', message: 'the next day' } });
  await floor.eventually(() => expect(deltas.at(-1)?.rows).toHaveLength(1)); // what was told is not told again
  expect(deltas.map(({ from }) => from)).toEqual([version, ...deltas.slice(0, -1).map(({ to }) => to)]);
});

test('phantom-availability: who has left the queue is not ready, whatever the routing status says', async () => {
  floor = await WatchedFloor.open({ agents: 100 });
  await floor.control.switchOn('phantom-availability', { agents: 3 });
  await floor.eventually(() => {
    const phantoms = [...floor.board.rows()].filter(({ discrepancy }) => discrepancy === 'off-queue-but-idle');
    expect(phantoms.map(({ activity, state }) => [activity, state.routing?.state])).toEqual([
      ['break', 'idle'],
      ['break', 'idle'],
      ['break', 'idle'],
    ]);
  });
});

test('stuck-interacting: who is held as interacting with nothing in hand is flagged, with the reason', async () => {
  floor = await WatchedFloor.open({ agents: 100 });
  await floor.control.setSpeed(1);
  await floor.control.switchOn('stuck-interacting', { agents: 100 });
  const userId = await floor.someone(({ routingStatus }) => routingStatus.status === 'INTERACTING');
  await floor.push(userId, { presence: { systemPresence: 'Break' }, routingStatus: 'OFF_QUEUE' });
  await floor.eventually(() =>
    expect(floor.rowOf(userId).flags).toMatchObject([
      {
        kind: 'stuck',
        reason: expect.stringMatching(/no contact.*, and agent status shows no open session$/) as string,
      },
    ]),
  );
  await floor.control.switchOff('stuck-interacting');
  await floor.control.switchOn('socket-cut');
  await floor.eventually(() => expect(floor.rowOf(userId)).toMatchObject({ flags: [], activity: 'break' }));
});

test('flapping-agent: every change is followed, and the agent is flagged as volatile', async () => {
  floor = await WatchedFloor.open();
  await floor.control.switchOn('flapping-agent', { everyMs: 2000 });
  await floor.eventually(() => {
    const flapping = [...floor.board.rows()].filter(({ flags }) => flags.some(({ kind }) => kind === 'volatile'));
    expect(flapping).toHaveLength(1);
  });
  await floor.control.switchOff('flapping-agent');
  await expectTruth();
});
