import { readFile } from 'node:fs/promises';
import { Floor } from '../support/floor.ts';
import { makeDataDir, removeDataDir } from '../support/data-dir.ts';
import { addressOf, startFloorwatch } from '../support/floorwatch.ts';
import { Line } from '../support/line.ts';
import { PROTOCOL } from '../support/protocol.ts';
import { until } from '../support/until.ts';
import { expect, test } from '../support/watched-test.ts';

/** Whether anybody accepts connections at an address. */
const isServed = async (address: string): Promise<boolean> => {
  const answer = await fetch(address).catch(() => null);
  await answer?.arrayBuffer();
  return answer !== null;
};

const isRunning = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

/** Processes that a process has started and that still run. */
const childrenOf = async (pid: number): Promise<number[]> => {
  const text = await readFile(`/proc/${String(pid)}/task/${String(pid)}/children`, 'utf8');
  return text.split(' ').filter(Boolean).map(Number);
};

for (const how of ['Ctrl-C in the terminal', 'kill -9'] as const)
  test(`a demo that ends by ${how} leaves no process and no port behind`, async () => {
    const floorwatch = startFloorwatch({ SIMULATOR_PORT: '0', SIMULATOR_AGENTS: '50', LOG_LEVEL: 'debug' });
    const address = await addressOf(floorwatch);
    await until('the board is complete', async () => (await fetch(`${address}/readyz`)).status === 200);
    const children = await childrenOf(floorwatch.pid);
    expect(children).toHaveLength(2); // the simulator and the database
    if (how === 'kill -9') await floorwatch.kill();
    else {
      floorwatch.interrupt();
      expect(await floorwatch.ended).toEqual({ code: 0, signal: null });
    }
    await until('both are gone', async () => !children.some(isRunning));
    expect(await isServed(address)).toBe(false);
  });

test('asked to end with browsers on it, Floorwatch sends them away for a restart and is gone within 3 s', async () => {
  const floor = await Floor.open({ agents: 50, speed: 1 });
  const line = await Line.to(floor.url);
  const browsers = await Promise.all(Array.from({ length: 20 }, () => openBrowser(floor.url)));
  await openBrowser(line.url);
  line.freeze(); // one of them will never hear that it is to go
  const askedAt = performance.now();
  floor.floorwatch.signal('SIGTERM');
  expect(await floor.floorwatch.endsByItself()).toEqual({ code: 0, signal: null });
  expect(performance.now() - askedAt).toBeLessThan(3000);
  for (const browser of browsers) {
    const last: unknown = expect.objectContaining({ type: 'refused', code: 'restarting' });
    expect(await browser.end).toEqual({ code: 1012, last });
  }
  expect(await isServed(floor.url)).toBe(false);
  await line.close();
  await floor.close();
});

test('a second Floorwatch on the same data directory ends at once and says what to do; after a kill -9 of the first, the next one starts', async () => {
  const dataDir = makeDataDir();
  const demo = { SIMULATOR_PORT: '0', SIMULATOR_AGENTS: '20', DATA_DIR: dataDir };
  const first = startFloorwatch(demo);
  const address = await addressOf(first);
  const second = startFloorwatch(demo);
  expect(await second.endsByItself()).toEqual({ code: 1, signal: null });
  expect(second.output).toContain(dataDir);
  expect(second.output).toContain('DATA_DIR');
  expect(second.output).toContain(String(first.pid));
  expect(second.output).not.toMatch(/\n\s+at /); // words for a person, not a stack
  expect(first.isRunning).toBe(true);
  expect((await fetch(`${address}/healthz`)).status).toBe(200);

  await first.kill();
  const next = startFloorwatch(demo);
  const nextAddress = await addressOf(next);
  await until('the board is complete', async () => (await fetch(`${nextAddress}/readyz`)).status === 200);
  expect(await next.stop()).toEqual({ code: 0, signal: null });
  removeDataDir(dataDir);
});

interface OpenBrowser {
  /** How the socket was closed, and the last thing that was said on it. */
  readonly end: Promise<{ readonly code: number; readonly last: unknown }>;
}

/** A live socket that has been greeted. */
const openBrowser = async (url: string): Promise<OpenBrowser> => {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/api/live?protocol=${String(PROTOCOL)}`);
  let last: unknown = null;
  const greeted = new Promise<void>((done) => {
    socket.addEventListener('message', ({ data }: MessageEvent<string>) => {
      last = JSON.parse(data);
      done();
    });
  });
  const end = new Promise<{ code: number; last: unknown }>((done) => {
    socket.addEventListener('close', ({ code }) => {
      done({ code, last });
    });
  });
  await greeted;
  return { end };
};
