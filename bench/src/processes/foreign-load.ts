import { readdir, readFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { cpuMsFrom, endedCpuMsFrom, parentOf } from './process-usage.ts';

interface Reading {
  readonly at: number;
  /** Time all cores were at work, ms. */
  readonly busyMs: number;
  /** Processor time of this process and all its descendants, those that have ended included, ms. */
  readonly oursMs: number;
}

/**
 * Measures what other programs take from the machine over a span: call once at its start, and the result at its end.
 * @returns their part of all cores, 0 to 1
 */
export const startForeignLoadMeter = async (): Promise<() => Promise<number>> => {
  const before = await read();
  return async () => {
    const after = await read();
    const foreignMs = after.busyMs - before.busyMs - (after.oursMs - before.oursMs);
    return Math.max(0, foreignMs / ((after.at - before.at) * cpus().length));
  };
};

const read = async (): Promise<Reading> => ({
  at: performance.now(),
  busyMs: cpus().reduce((sum, { times }) => sum + times.user + times.nice + times.sys + times.irq, 0),
  oursMs: ourCpuMs(await readProcesses()),
});

/** The `stat` line of every process, by id. */
const readProcesses = async (): Promise<ReadonlyMap<number, string>> => {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const lines = await Promise.all(
    pids.map(async (pid) => [Number(pid), await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')] as const),
  );
  return new Map(lines.filter(([, line]) => line !== ''));
};

const ourCpuMs = (processes: ReadonlyMap<number, string>): number => {
  const isOurs = (pid: number): boolean => {
    if (pid === process.pid) return true;
    const line = processes.get(pid);
    return line !== undefined && pid > 1 && isOurs(parentOf(line));
  };
  return [...processes].reduce(
    (sum, [pid, line]) => (isOurs(pid) ? sum + cpuMsFrom(line) + endedCpuMsFrom(line) : sum),
    0,
  );
};
