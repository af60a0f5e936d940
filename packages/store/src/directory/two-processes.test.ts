import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { agentId } from '@floorwatch/domain';
import { FakeClock } from '@floorwatch/domain/testing';
import { afterAll, describe, expect, it } from 'vitest';
import { DAY_ONE } from '../recording/recording.fake.ts';
import { DataDirectoryInUse } from '../store-error.ts';
import { openStore } from '../store.ts';
import { embeddedDirectory, keepLog, removeFolders, SET_UP_MS } from '../testing/engines.fake.ts';

const WRITER = fileURLToPath(new URL('../testing/writer-process.fake.ts', import.meta.url));

const children: ChildProcess[] = [];

afterAll(async () => {
  for (const child of children) child.kill('SIGKILL');
  await removeFolders();
});

const startWriter = (dataDir: string, first: number) => {
  const child = spawn(process.execPath, [WRITER, dataDir, String(first)], { stdio: ['ignore', 'pipe', 'pipe'] });
  children.push(child);
  return { child, lines: createInterface({ input: child.stdout })[Symbol.asyncIterator]() };
};

const readAll = async (dataDir: string): Promise<Set<number>> => {
  const store = await openStore({ databaseUrl: null, dataDir, clock: new FakeClock(), log: keepLog() });
  const agentIds = Array.from({ length: 7 }, (_, index) => agentId(`agent-${String(index)}`));
  const read = await store.recording.readTransitions({ agentIds, from: 0, to: DAY_ONE * 2 });
  const latest = await store.recording.readLatestTransitions();
  await store.close();
  const all = [...read.values()].flat();
  for (const one of latest)
    expect(one.at).toBe(Math.max(...all.filter(({ agentId: id }) => id === one.agentId).map(({ at }) => at)));
  return new Set(all.map(({ at }) => at));
};

describe('Two processes and one data directory', () => {
  it(
    'nothing acknowledged is lost when the writer is killed, time and again, and the next takes over at once',
    async () => {
      const dataDir = await embeddedDirectory();
      let acknowledged = DAY_ONE;
      for (let round = 1; round <= 3; round += 1) {
        const { child, lines } = startWriter(dataDir, acknowledged);
        expect(await lines.next()).toMatchObject({ value: 'open' });
        for (let batch = 0; batch < round * 7; batch += 1) acknowledged = Number((await lines.next()).value);
        child.kill('SIGKILL');
        for (let line = await lines.next(); line.done !== true; line = await lines.next())
          acknowledged = Number(line.value);
      }
      const kept = await readAll(dataDir);
      const missing = Array.from({ length: acknowledged - DAY_ONE }, (_, index) => DAY_ONE + index).filter(
        (at) => !kept.has(at),
      );
      expect(missing).toEqual([]);
    },
    SET_UP_MS,
  );

  it(
    'the second one stops with a message that says what to do, and the first goes on',
    async () => {
      const dataDir = await embeddedDirectory();
      const first = startWriter(dataDir, DAY_ONE);
      await first.lines.next();

      const second = startWriter(dataDir, DAY_ONE);
      const [message, ended] = await Promise.all([text(second.child.stderr), once(second.child, 'exit')]);
      expect(ended).toEqual([1, null]);
      expect(message).toBe(
        `The data directory ${dataDir} is in use: process ${String(first.child.pid)} works in it. Stop that one, give this one a ` +
          'directory of its own by DATA_DIR, or let both use a PostgreSQL server by DATABASE_URL',
      );

      const opening = openStore({ databaseUrl: null, dataDir, clock: new FakeClock(), log: keepLog() });
      await expect(opening).rejects.toThrow(DataDirectoryInUse);
      expect((await first.lines.next()).done).toBe(false);
      first.child.kill('SIGKILL');
    },
    SET_UP_MS,
  );
});
