import { availableParallelism, cpus, totalmem } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';

/** What the figures depend on besides the code. */
export interface MachineFacts {
  readonly cores: number;
  readonly processor: string;
  readonly memoryGb: number;
  readonly node: string;
  readonly date: string;
  /** Part of all cores that nobody used just before the run: other work on the machine distorts the figures. */
  readonly idleShare: number;
}

const IDLE_SAMPLE_MS = 3000;

export const readMachine = async (): Promise<MachineFacts> => ({
  cores: availableParallelism(),
  processor: cpus()[0]?.model ?? 'unknown',
  memoryGb: Math.round(totalmem() / 2 ** 30),
  node: process.version,
  date: new Date().toISOString().slice(0, 10),
  idleShare: await measureIdleShare(),
});

const measureIdleShare = async (): Promise<number> => {
  const before = coreTimes();
  await sleep(IDLE_SAMPLE_MS);
  const after = coreTimes();
  return (after.idle - before.idle) / (after.all - before.all);
};

const coreTimes = (): { idle: number; all: number } => {
  const times = cpus().map((core) => core.times);
  return {
    idle: times.reduce((sum, { idle }) => sum + idle, 0),
    all: times.reduce((sum, { user, nice, sys, idle, irq }) => sum + user + nice + sys + idle + irq, 0),
  };
};

export const describeMachine = ({ cores, processor, memoryGb, node, date, idleShare }: MachineFacts): string =>
  `${date} · ${String(cores)} cores (${processor}), ${String(memoryGb)} GB · Node ${node} · ` +
  `${String(Math.round(idleShare * 100))} % of the cores idle before the run`;
