import { readFile } from 'node:fs/promises';

/** What a process has used until now, read from outside, so that what is measured runs unchanged. Linux only. */
export interface ProcessUsage {
  /** Processor time of all its threads, ms. */
  readonly cpuMs: number;
  /** Memory in use now, bytes (resident set). */
  readonly memoryBytes: number;
}

/** Linux counts processor time in hundredths of a second (`USER_HZ`, fixed for programs). */
const TICK_MS = 10;

/** What the embedded database's process runs. */
const DATABASE = 'pglite-main.ts';

/** @throws Error when the process is gone, or the system has no /proc */
export const readUsage = async (pid: number): Promise<ProcessUsage> => {
  const [stat, status] = await Promise.all([
    readFile(`/proc/${String(pid)}/stat`, 'utf8'),
    readFile(`/proc/${String(pid)}/status`, 'utf8'),
  ]);
  return { cpuMs: cpuMsFrom(stat), memoryBytes: memoryBytesFrom(status) };
};

/** Fields 14 and 15 of proc(5). */
export const cpuMsFrom = (stat: string): number => {
  const fields = fieldsAfterName(stat);
  return (Number(fields[11]) + Number(fields[12])) * TICK_MS;
};

/** Fields 16 and 17 of proc(5): what children used that have ended, and theirs. */
export const endedCpuMsFrom = (stat: string): number => {
  const fields = fieldsAfterName(stat);
  return (Number(fields[13]) + Number(fields[14])) * TICK_MS;
};

/** Field 4 of proc(5): the process that started this one. */
export const parentOf = (stat: string): number => Number(fieldsAfterName(stat)[1]);

/** From the third field on: the name before may itself hold spaces and brackets. */
const fieldsAfterName = (stat: string): string[] => stat.slice(stat.lastIndexOf(')') + 2).split(' ');

export const memoryBytesFrom = (status: string): number => Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]) * 1024;

/**
 * Memory of a Floorwatch, bytes: of its process and, where it has an embedded database, of that one's too.
 * @throws Error when the process is gone, or the system has no /proc
 */
export const readFloorwatchMemory = async (pid: number): Promise<number> => {
  const { memoryBytes } = await readUsage(pid);
  const children = await readFile(`/proc/${String(pid)}/task/${String(pid)}/children`, 'utf8');
  let sum = memoryBytes;
  for (const child of children.split(' ').filter((part) => part !== '')) {
    const command = await readFile(`/proc/${child}/cmdline`, 'utf8').catch(() => '');
    if (command.includes(DATABASE)) sum += (await readUsage(Number(child))).memoryBytes;
  }
  return sum;
};

/** Measures a span: call once at its start, and the result at its end. */
export const startCpuMeter = async (pid: number): Promise<() => Promise<number>> => {
  const before = await readUsage(pid);
  const startedAt = performance.now();
  return async () => {
    const after = await readUsage(pid);
    return (after.cpuMs - before.cpuMs) / (performance.now() - startedAt);
  };
};
