import { spawn, type ChildProcess } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { watch } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { ROOT } from './run-command.ts';

/**
 * `pnpm dev`: the BFF, started again when its sources change (without credentials it starts the simulator itself), and
 * Vite's server for the web application. Ctrl-C stops everything.
 */

interface Part {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly folder: string;
}

const BFF: Part = {
  name: 'bff',
  command: process.execPath,
  args: ['--env-file-if-exists=.env', 'apps/bff/src/main.ts'],
  folder: ROOT,
};

const WEB: Part = {
  name: 'web',
  command: join(ROOT, 'apps/web/node_modules/.bin/vite'),
  args: [],
  folder: join(ROOT, 'apps/web'),
};

/** What the BFF runs from. Node's own watcher also watches every installed file, and does not survive its SIGTERM. */
const SOURCES = ['apps/bff/src', 'packages/domain/src', 'packages/contracts/src', 'packages/genesys/src'];

/** An editor saves a file in several steps, and a person several files, ms. */
const SETTLE_MS = 200;

const prefixLines = (name: string, from: Readable, to: NodeJS.WritableStream): void => {
  createInterface({ input: from }).on('line', (line) => {
    to.write(`${name} │ ${line}\n`);
  });
};

/** Starts a part apart from the terminal's process group: a Ctrl-C reaches it once, from here. */
const startPart = ({ name, command, args, folder }: Part): ChildProcess => {
  const child = spawn(command, args, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  prefixLines(name, child.stdout, process.stdout);
  prefixLines(name, child.stderr, process.stderr);
  return child;
};

/** Resolves when a part has ended, or could not even be started. */
const endOf = async (child: ChildProcess): Promise<void> => {
  try {
    await once(child, 'exit');
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
};

/** Wakes whoever waits: the sources have changed, or everything is to stop. */
const wake = new EventEmitter<{ up: [] }>();
const stopping = new AbortController();

const watchSources = (): void => {
  let timer: NodeJS.Timeout | undefined;
  for (const folder of SOURCES)
    watch(join(ROOT, folder), { recursive: true, signal: stopping.signal }, () => {
      clearTimeout(timer);
      timer = setTimeout(() => wake.emit('up'), SETTLE_MS);
    });
};

const runBff = async (): Promise<void> => {
  while (!stopping.signal.aborted) {
    const woken = once(wake, 'up');
    const child = startPart(BFF);
    const ended = endOf(child);
    await Promise.race([woken, ended]);
    if (child.exitCode !== null) console.log('bff │ ended; it starts again when a source changes');
    await woken;
    child.kill('SIGTERM');
    await ended;
  }
};

const runWeb = async (): Promise<void> => {
  const child = startPart(WEB);
  stopping.signal.addEventListener('abort', () => child.kill('SIGTERM'));
  await endOf(child);
  stop();
};

const stop = (): void => {
  stopping.abort();
  wake.emit('up');
};

process.on('SIGINT', stop).on('SIGTERM', stop);
watchSources();
await Promise.all([runBff(), runWeb()]);
