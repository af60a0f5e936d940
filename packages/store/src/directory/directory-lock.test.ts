import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { FakeClock, realClock } from '@floorwatch/domain/testing';
import { afterAll, describe, expect, it } from 'vitest';
import { DataDirectoryInUse } from '../store-error.ts';
import { removeFolders, temporaryFolder } from '../testing/engines.fake.ts';
import { DirectoryLock } from './directory-lock.ts';
import { thisProcess, type ProcessIdentity } from './process-identity.ts';

afterAll(removeFolders);

const FILE = 'floorwatch.lock';

/** A pid that the system never gives. */
const NOBODY = 2 ** 30;

const leaveLock = async (directory: string, owner: Partial<ProcessIdentity>): Promise<void> => {
  await writeFile(join(directory, FILE), JSON.stringify({ id: 'left', ...(await thisProcess()), ...owner }));
};

describe('The lock of a data directory', () => {
  it('is had by one, and by the next once it is given back', async () => {
    const directory = await temporaryFolder();
    const clock = new FakeClock();
    const lock = await DirectoryLock.take({ directory, clock });
    await expect(DirectoryLock.take({ directory, clock })).rejects.toThrow(DataDirectoryInUse);
    await lock.release();
    expect(clock.pending).toBe(0);
    await (await DirectoryLock.take({ directory, clock })).release();
    expect(await readdir(directory)).toEqual([]);
  });

  it('makes the directory, for its owner alone', async () => {
    const directory = join(await temporaryFolder(), 'new', 'data');
    const lock = await DirectoryLock.take({ directory, clock: new FakeClock() });
    expect(await readdir(directory)).toEqual([FILE]);
    await lock.release();
  });

  it.each([
    ['a process that is gone', { pid: NOBODY }],
    ['a process whose number another one has now', { startedAt: 'long ago' }],
  ])('is taken over from %s', async (_, owner) => {
    const directory = await temporaryFolder();
    await leaveLock(directory, owner);
    const lock = await DirectoryLock.take({ directory, clock: new FakeClock(realClock.now()) });
    expect(await readFile(join(directory, FILE), 'utf8')).not.toContain('"left"');
    await lock.release();
  });

  it('is taken over when its file is damaged', async () => {
    const directory = await temporaryFolder();
    await writeFile(join(directory, FILE), '{"pid":');
    const lock = await DirectoryLock.take({ directory, clock: new FakeClock() });
    expect(await readFile(join(directory, FILE), 'utf8')).toContain(String(process.pid));
    await lock.release();
  });

  it('of another computer or container is respected while it gives signs of life', async () => {
    const directory = await temporaryFolder();
    await leaveLock(directory, { pid: NOBODY, place: 'elsewhere other-boot other-table' });
    const clock = new FakeClock(realClock.now());
    await expect(DirectoryLock.take({ directory, clock })).rejects.toThrow(
      `process ${String(NOBODY)} on elsewhere worked in it a moment ago`,
    );
    await clock.advance(60_000);
    await (await DirectoryLock.take({ directory, clock })).release();
  });

  it('gives signs of life to those who cannot ask for its process', async () => {
    const directory = await temporaryFolder();
    const clock = new FakeClock(realClock.now());
    const lock = await DirectoryLock.take({ directory, clock });
    await clock.advance(3_600_000);
    await leaveLock(directory, { pid: NOBODY, place: 'elsewhere' });
    await clock.advance(5000);
    await expect
      .poll(() => DirectoryLock.take({ directory, clock }).then(() => 'taken', String), { timeout: 5000 })
      .toMatch(/a moment ago/);
    await lock.release();
    expect(await readdir(directory)).toEqual([FILE]); // the lock of somebody else stays
  });

  it('is had by one of many that find it left behind at the same time', async () => {
    const directory = await temporaryFolder();
    await leaveLock(directory, { pid: NOBODY });
    const clock = new FakeClock(realClock.now());
    const tries = await Promise.allSettled(Array.from({ length: 12 }, () => DirectoryLock.take({ directory, clock })));
    const taken = tries.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
    expect(taken).toHaveLength(1);
    for (const one of tries) if (one.status === 'rejected') expect(one.reason).toBeInstanceOf(DataDirectoryInUse);
    await taken[0]?.release();
    expect(await readdir(directory)).toEqual([]);
  });
});
