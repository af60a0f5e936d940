import { appendFile, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { agentId } from '@floorwatch/domain';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SpillEntry } from './spill-entry.ts';
import { SpillFile } from './spill-file.ts';

let folder: string;
let path: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'floorwatch-spill-'));
  path = join(folder, 'spill.jsonl');
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

const change = (at: number): SpillEntry => ({
  transition: {
    agentId: agentId('ann'),
    fact: { kind: 'presence', presence: 'break', definitionId: null, message: 'zurück um halb — ☕' },
    at,
    exact: true,
    ingestedAt: at,
    source: 'event',
  },
});

const opened = async (): Promise<SpillFile> => {
  const file = new SpillFile(path);
  await file.open();
  return file;
};

const allOf = async (batches: AsyncIterable<readonly SpillEntry[]>): Promise<(readonly SpillEntry[])[]> => {
  const all: (readonly SpillEntry[])[] = [];
  for await (const batch of batches) all.push(batch);
  return all;
};

const contents = async (file: SpillFile): Promise<SpillEntry[]> => (await allOf(file.batches(100))).flat();

describe('SpillFile', () => {
  it('gives back what was appended, in order and in batches, to a later run too', async () => {
    const entries = Array.from({ length: 2500 }, (_, index) => change(index));
    const file = await opened();
    await file.append(entries.slice(0, 1000));
    await file.append(entries.slice(1000));
    for (const one of [file, await opened()]) {
      expect(one.status()).toMatchObject({ entries: 2500, damaged: 0 });
      const batches = await allOf(one.batches(500));
      expect(batches.map(({ length }) => length)).toEqual([500, 500, 500, 500, 500]);
      expect(batches.flat()).toEqual(entries);
    }
  });

  it('cuts off the line that a crash has torn, wherever', async () => {
    await (await opened()).append([change(1), change(2)]);
    const whole = await readFile(path);
    const line = `${JSON.stringify(change(3))}\n`;
    for (const length of [1, 20, line.length - 1]) {
      await writeFile(path, whole);
      await appendFile(path, line.slice(0, length));
      const file = await opened();
      expect(file.status()).toMatchObject({ entries: 2, damaged: 1 });
      await file.append([change(4)]);
      expect(await contents(file)).toEqual([change(1), change(2), change(4)]);
    }
  });

  it('passes over a damaged line and says so', async () => {
    await (await opened()).append([change(1)]);
    await appendFile(path, '{"transition":{}}\n');
    const file = await opened();
    await file.append([change(2)]);
    expect(await contents(file)).toEqual([change(1), change(2)]);
    expect(file.status().damaged).toBeGreaterThan(0);
  });

  it('knows what an earlier run has left from what this one adds', async () => {
    await (await opened()).append([change(1), { aliveAt: 7 }]);
    const file = await opened();
    await file.append([change(2), { aliveAt: 9 }]);
    expect(file.inheritedAliveAt).toBe(7);
    expect((await allOf(file.inheritedBatches(10))).flat()).toEqual([change(1), { aliveAt: 7 }]);
  });

  it('is gone when it was cleared, and begins anew', async () => {
    const file = await opened();
    await file.append([change(1)]);
    await file.clear();
    expect(file.isEmpty).toBe(true);
    await file.append([change(2)]);
    expect(await contents(file)).toEqual([change(2)]);
  });

  it('is for the user alone who runs this', async () => {
    await (await opened()).append([change(1)]);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
  });
});
