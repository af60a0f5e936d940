import { setTimeout as sleep } from 'node:timers/promises';
import { hello } from '@floorwatch/contracts';
import { WebSocket } from 'ws';
import type { Floorwatch } from '../processes/floorwatch.ts';

/** Long enough to even out the floor's bursts, ms. */
const SAMPLE_MS = 4000;

/**
 * Sets the floor to about so many changes of agents a second, as the board counts them: one transition of the
 * simulator (a contact answered, say) changes presence, routing status and contacts at moments of their own.
 */
export const setPace = async (floorwatch: Floorwatch, changesPerSecond: number): Promise<void> => {
  await floorwatch.simulator.setRate(changesPerSecond);
  const measured = await measurePace(floorwatch);
  await floorwatch.simulator.setRate(changesPerSecond * (changesPerSecond / measured));
};

const measurePace = async (floorwatch: Floorwatch): Promise<number> => {
  const before = await readVersion(floorwatch);
  const startedAt = performance.now();
  await sleep(SAMPLE_MS);
  const after = await readVersion(floorwatch);
  return ((after - before) / (performance.now() - startedAt)) * 1000;
};

/** The board's version, from the greeting of a new socket. */
const readVersion = ({ socketUrl }: Floorwatch): Promise<number> =>
  new Promise((resolve, reject) => {
    const socket = new WebSocket(socketUrl);
    socket.once('error', reject);
    socket.once('message', (data) => {
      socket.terminate();
      if (Buffer.isBuffer(data)) resolve(hello.parse(JSON.parse(data.toString('utf8'))).version);
    });
  });
