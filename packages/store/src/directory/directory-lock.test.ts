import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { FakeClock, realClock } from '@floorwatch/domain/testing';
import { afterAll, describe, expect, it } from 'vitest';
import { DataDirectoryInUse } from '../store-error.ts';
import { removeFolders, temporaryFolder } from '../testing/engines.fake.ts';
import { DirectoryLock } from './directory-lock.ts';
import { identityOf, type ProcessIdentity } from './process-identity.ts';

afterAll(removeFolders);

const FILE = 'floorwatch.lock';

/** A pid that the system never gives. */
const NOBODY = 2 ** 30;

const leaveLock = async (
  directory: string,
  owner: Partial<ProcessIdentity> & { readonly database?: ProcessIdentity },
): Promise<void> => {
  await writeFile(join(directory, FILE), JSON.stringify({ id: 'left', ...(await identityOf(process.pid)), ...owner }));
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

  it('is taken over once the database that its dead owner has left at work has been ended', async () => {
    const directory = await temporaryFolder();
    const left = spawn(process.execPath, ['--eval', 'setInterval(() => undefined, 1000)'], { stdio: 'ignore' });
    const ended = once(left, 'exit');
    const database = await identityOf(left.pid ?? NOBODY);
    await leaveLock(directory, { pid: NOBODY, database });
    const lock = await DirectoryLock.take({ directory, clock: new FakeClock(realClock.now()) });
    expect(await ended).toEqual([null, 'SIGKILL']);
    await lock.release();
  });

  it('spares a process that was given the number of such a database', async () => {
    const directory = await temporaryFolder();
    const other = spawn(process.execPath, ['--eval', 'setInterval(() => undefined, 1000)'], { stdio: 'ignore' });
    const database = { ...(await identityOf(other.pid ?? NOBODY)), startedAt: 'long ago' };
    await leaveLock(directory, { pid: NOBODY, database });
    await (await DirectoryLock.take({ directory, clock: new FakeClock(realClock.now()) })).release();
    const ended = once(other, 'exit');
    other.kill('SIGTERM');
    expect(await ended).toEqual([null, 'SIGTERM']);
  });

  it('is not taken over where nobody can tell whether such a process is the database', async () => {
    const directory = await temporaryFolder();
    await leaveLock(directory, { pid: NOBODY, database: { ...(await identityOf(process.pid)), startedAt: null } });
    await expect(DirectoryLock.take({ directory, clock: new FakeClock(realClock.now()) })).rejects.toThrow(
      `process ${String(process.pid)}, the database of one that is gone, still works in it`,
    );
  });

  it('names the database, as long as nobody else has it', async () => {
    const directory = await temporaryFolder();
    const lock = await DirectoryLock.take({ directory, clock: new FakeClock() });
    const database = { ...(await identityOf(process.pid)), pid: 12_345 };
    await lock.registerDatabase(database);
    expect(JSON.parse(await readFile(join(directory, FILE), 'utf8'))).toMatchObject({ pid: process.pid, database });
    expect(await readdir(directory)).toEqual([FILE]);
    await leaveLock(directory, {});
    await expect(lock.registerDatabase(database)).rejects.toThrow(DataDirectoryInUse);
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
