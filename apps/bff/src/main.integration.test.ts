import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, it } from 'vitest';

const MAIN = new URL('main.ts', import.meta.url);
const BROKEN_SWEEP = new URL('broken-sweep.fake.ts', import.meta.url);
const BROKEN_RECORDING = new URL('broken-recording.fake.ts', import.meta.url);
const DEADLINE_MS = 15_000;

let dataDir = '';
let child: ChildProcess | null = null;

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'floorwatch-main-'));
});

afterEach(() => {
  child?.kill('SIGKILL');
  rmSync(dataDir, { recursive: true, force: true });
});

/** Runs Floorwatch on its demo organisation until it ends by itself. */
const runToTheEnd = async (preloaded: URL) => {
  const env = { PORT: '0', SIMULATOR_PORT: '0', SIMULATOR_AGENTS: '10', DATA_DIR: dataDir };
  const floorwatch = spawn(process.execPath, ['--import', preloaded.href, MAIN.pathname], { env, cwd: dataDir });
  child = floorwatch;
  const exit: Promise<unknown[]> = once(floorwatch, 'exit', { signal: AbortSignal.timeout(DEADLINE_MS) });
  const [[exitCode], log, complaint] = await Promise.all([exit, text(floorwatch.stdout), text(floorwatch.stderr)]);
  return { exitCode, log, complaint };
};

it('ends with exit code 1 when the board is no longer fed, so that whoever supervises it starts it again', async () => {
  const { exitCode, log, complaint } = await runToTheEnd(BROKEN_SWEEP);
  expect(log).toContain('"event":"feed-ended"');
  expect(log).toContain('"event":"draining"');
  expect(complaint).toBe('the board is no longer fed: TypeError: the sweep is broken\n');
  expect(exitCode).toBe(1);
});

it('ends with exit code 1 when nothing is recorded any more: a new start goes on where it was lost', async () => {
  const { exitCode, log, complaint } = await runToTheEnd(BROKEN_RECORDING);
  expect(log).toContain('"event":"recording-ended"');
  expect(complaint).toBe('nothing is recorded any more: TypeError: recording is broken\n');
  expect(exitCode).toBe(1);
});

it('asked to end in the moment in which it listens, it ends, without a complaint', async () => {
  const nobody = { GENESYS_CLOUD_REGION: 'http://127.0.0.1:9', GENESYS_CLOUD_CLIENT_ID: 'id' };
  const env = { PORT: '0', DATA_DIR: dataDir, ...nobody, GENESYS_CLOUD_CLIENT_SECRET: 'secret' };
  const floorwatch = spawn(process.execPath, [MAIN.pathname], { env, cwd: dataDir });
  child = floorwatch;
  const exit: Promise<unknown[]> = once(floorwatch, 'exit', { signal: AbortSignal.timeout(DEADLINE_MS) });
  let log = '';
  floorwatch.stdout.on('data', (chunk: Buffer) => {
    const said = chunk.toString();
    log += said;
    if (said.includes('Floorwatch watches')) floorwatch.kill('SIGTERM');
  });
  const [[exitCode], complaint] = await Promise.all([exit, text(floorwatch.stderr)]);
  expect({ exitCode, complaint }).toEqual({ exitCode: 0, complaint: '' });
  expect(log).not.toContain('"level":50');
});
