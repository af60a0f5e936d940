import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Secret, type KeptChannel } from '@floorwatch/genesys';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ChannelFile } from './channel-file.ts';

const OWNER = { apiUrl: 'https://api.mypurecloud.de', clientId: 'wallboard' };

const CHANNEL: KeptChannel = {
  id: new Secret('streaming-1'),
  connectUri: new Secret('wss://streaming.test/streaming-1'),
  expiresAt: 1000,
  tokenEndsAt: 2000,
  topicsHash: 'abc',
};

describe('ChannelFile', () => {
  let dataDir: string;
  let path: string;
  let file: ChannelFile;

  beforeEach(async () => {
    const parent = await mkdtemp(join(tmpdir(), 'floorwatch-channels-'));
    dataDir = join(parent, 'data');
    path = join(dataDir, 'notification-channels.json');
    file = new ChannelFile({ dataDir, ...OWNER });
  });

  afterEach(() => rm(join(dataDir, '..'), { recursive: true }));

  /** As if a process with this id had written the file. */
  const writtenBy = async (pid: number): Promise<void> => {
    await file.save([CHANNEL]);
    await writeFile(
      path,
      (await readFile(path, 'utf8')).replace(`"pid":${String(process.pid)}`, `"pid":${String(pid)}`),
    );
  };

  it('gives back what was saved last, and nothing before', async () => {
    expect(await file.load()).toEqual([]);
    await file.save([]);
    await file.save([CHANNEL]);
    const [loaded] = await new ChannelFile({ dataDir, ...OWNER }).load();
    expect(loaded?.connectUri.reveal()).toBe('wss://streaming.test/streaming-1');
    expect(loaded).toMatchObject({ expiresAt: 1000, tokenEndsAt: 2000, topicsHash: 'abc' });
  });

  it('lets nobody but its user read the file', async () => {
    await file.save([CHANNEL]);
    await file.save([CHANNEL]);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
  });

  it('has nothing for another client, and takes over the file', async () => {
    await file.save([CHANNEL]);
    const other = new ChannelFile({ dataDir, ...OWNER, clientId: 'another' });
    expect(await other.load()).toEqual([]);
    await other.save([CHANNEL]);
    expect(await file.load()).toEqual([]);
  });

  it('does not touch the channels of a process that is still running', async () => {
    await writtenBy(1);
    const before = await readFile(path, 'utf8');
    await expect(file.load()).rejects.toThrow(/process 1 uses the channels .* DATA_DIR of its own/);
    await file.save([]);
    expect(await readFile(path, 'utf8')).toBe(before);
  });

  it('takes over the channels of a process that is gone', async () => {
    await writtenBy(2 ** 30);
    expect(await file.load()).toHaveLength(1);
  });

  it('says that a file is damaged without a word of what is in it, and writes it anew', async () => {
    await file.save([]);
    await writeFile(path, '{"channels":[{"id":"streaming-secret"');
    const failure = await file.load().catch(String);
    expect(failure).toMatch(/notification-channels\.json is damaged/);
    expect(failure).not.toContain('streaming-secret');
    await file.save([CHANNEL]);
    expect(await file.load()).toHaveLength(1);
  });

  it('names the folder that cannot be written, and what to do', async () => {
    await writeFile(dataDir, 'a file where the folder should be');
    await expect(file.save([CHANNEL])).rejects.toThrow(/cannot be written .*DATA_DIR/);
  });
});
