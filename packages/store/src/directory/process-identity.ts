import { execFile } from 'node:child_process';
import { readFile, readlink } from 'node:fs/promises';
import { hostname } from 'node:os';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A process, told apart from a later one with the same number. */
export interface ProcessIdentity {
  readonly pid: number;
  /** When it started, in whatever unit the system has; null where the system does not tell. */
  readonly startedAt: string | null;
  /** The computer, its boot and its table of processes: only within the same can it be asked whether a process runs. */
  readonly place: string;
}

const read = (path: string): Promise<string> =>
  readFile(path, 'utf8').then(
    (text) => text.trim(),
    () => '',
  );

/** Containers have a table of processes each, in which every main process has the number 1. */
const placeOf = async (): Promise<string> => {
  const boot = await read('/proc/sys/kernel/random/boot_id');
  const table = await readlink('/proc/self/ns/pid').catch(() => '');
  return [hostname(), boot, table].filter((part) => part !== '').join(' ');
};

/** From field 3 of `/proc/<pid>/stat` on: the second may hold spaces and brackets, so count from behind it. */
const fieldsOnLinux = (stat: string): string[] => stat.slice(stat.lastIndexOf(')') + 2).split(' ');

const startOnLinux = (stat: string): string | null => fieldsOnLinux(stat)[19] ?? null;

/** Dead, but not asked for its end yet by the one that started it: it does nothing any more. */
const isZombie = async (pid: number): Promise<boolean> =>
  fieldsOnLinux(await read(`/proc/${String(pid)}/stat`))[0] === 'Z';

const startOf = async (pid: number): Promise<string | null> => {
  const stat = await read(`/proc/${String(pid)}/stat`);
  if (stat !== '') return startOnLinux(stat);
  return run('ps', ['-o', 'lstart=', '-p', String(pid)]).then(
    ({ stdout }) => stdout.trim() || null,
    () => null,
  );
};

/** Of a process on this computer. */
export const identityOf = async (pid: number): Promise<ProcessIdentity> => ({
  pid,
  startedAt: await startOf(pid),
  place: await placeOf(),
});

const isRunning = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // One of another user runs too.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
};

/** Whether the process still runs, and not another one that was given its number. Only within the same `place`. */
export const isAlive = async ({ pid, startedAt }: ProcessIdentity): Promise<boolean> => {
  if (!isRunning(pid) || (await isZombie(pid))) return false;
  const start = await startOf(pid);
  return startedAt === null || start === null || start === startedAt;
};
