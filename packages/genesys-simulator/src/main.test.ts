import { fork, spawn, type ChildProcess } from 'node:child_process';
import { once, type EventEmitter } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { z } from 'zod';

const MAIN = new URL('main.ts', import.meta.url).pathname;
const DEADLINE_MS = 15_000;

const listening = z.object({
  event: z.literal('listening'),
  url: z.url(),
  clientId: z.string(),
  clientSecret: z.string(),
  organisation: z.string(),
});

const children: ChildProcess[] = [];

afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});

const start = (env: Readonly<Record<string, string>>): ChildProcess => {
  const child = spawn(process.execPath, [MAIN], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  children.push(child);
  return child;
};

/** What the next event of a kind carries. */
const next = (emitter: EventEmitter | NodeJS.ReadableStream, event: string): Promise<unknown[]> =>
  once(emitter, event, { signal: AbortSignal.timeout(DEADLINE_MS) });

const endOf = async (child: ChildProcess): Promise<unknown> => {
  return (await next(child, 'exit')).at(0);
};

const firstOutput = async (stream: NodeJS.ReadableStream | null): Promise<string> => {
  if (stream === null) throw new Error('no such stream');
  return String((await next(stream, 'data')).at(0));
};

it('says in one line of JSON where it listens, and ends on SIGTERM', async () => {
  const child = start({ SIMULATOR_PORT: '0', SIMULATOR_AGENTS: '10' });
  const { url } = listening.parse(JSON.parse(await firstOutput(child.stdout)));
  expect((await fetch(`${url}/control/state`)).status).toBe(200);
  const ended = endOf(child);
  child.kill('SIGTERM');
  expect(await ended).toBe(0);
});

it('tells its parent the same, and does not outlive it', async () => {
  const child = fork(MAIN, [], {
    env: { SIMULATOR_PORT: '0', SIMULATOR_AGENTS: '10' },
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    execPath: process.execPath,
  });
  children.push(child);
  const { url } = listening.parse((await next(child, 'message')).at(0));
  const ended = endOf(child);
  child.disconnect();
  expect(await ended).toBe(0);
  await expect(fetch(`${url}/control/state`)).rejects.toThrow('fetch failed');
});

it('names the variable when the port is in use', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const child = start({ SIMULATOR_PORT: String(port), SIMULATOR_AGENTS: '10' });
  const [complaint, code] = await Promise.all([firstOutput(child.stderr), endOf(child)]);
  server.close();
  expect(code).toBe(1);
  expect(complaint).toContain(`port ${port} is in use`);
  expect(complaint).toContain('SIMULATOR_PORT');
});

it('lists every setting it cannot use', async () => {
  const child = start({ SIMULATOR_AGENTS: 'many', SIMULATOR_SPEED: '3601', SIMULATOR_PORT: '1.5' });
  const [complaint, code] = await Promise.all([firstOutput(child.stderr), endOf(child)]);
  expect(code).toBe(1);
  for (const name of ['SIMULATOR_AGENTS', 'SIMULATOR_SPEED', 'SIMULATOR_PORT']) expect(complaint).toContain(name);
});
