import { createHash } from 'node:crypto';
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Secret, type ChannelStore, type KeptChannel } from '@floorwatch/genesys';
import { z } from 'zod';

const FILE_NAME = 'notification-channels.json';

/** Whoever knows a channel's id hears its events: the file is for the user alone who runs this. */
const OWNER_ONLY = 0o600;

const kept = z.object({
  /** Of which client and organisation the channels are. */
  owner: z.string(),
  /** The process that wrote the file. */
  pid: z.int(),
  channels: z.array(
    z.object({
      id: z.string(),
      connectUri: z.string(),
      expiresAt: z.number(),
      tokenEndsAt: z.number(),
      topicsHash: z.string(),
    }),
  ),
});

export interface ChannelFileOptions {
  readonly dataDir: string;
  readonly apiUrl: string;
  readonly clientId: string;
}

/**
 * Keeps the ids of notification channels in a small file from one run to the next. Until the store has a table for
 * them: then that implements the same interface.
 */
export class ChannelFile implements ChannelStore {
  readonly #path: string;
  readonly #dataDir: string;
  readonly #owner: string;
  /** Another process uses the channels of the file: two sockets on one channel throw each other out. */
  #isOthers = false;

  constructor({ dataDir, apiUrl, clientId }: ChannelFileOptions) {
    this.#dataDir = dataDir;
    this.#path = join(dataDir, FILE_NAME);
    this.#owner = createHash('sha256').update(`${apiUrl}\n${clientId}`).digest('hex');
  }

  /** @throws Error where the file is there but cannot be used; it says why and what to do */
  async load(): Promise<readonly KeptChannel[]> {
    const text = await readFile(this.#path, 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return null;
      throw new Error(`${this.#path} cannot be read (${error.code ?? 'unknown cause'})`);
    });
    if (text === null) return [];
    const { owner, pid, channels } = this.#parse(text);
    this.#isOthers = owner === this.#owner && pid !== process.pid && isRunning(pid);
    if (this.#isOthers)
      throw new Error(
        `process ${String(pid)} uses the channels in ${this.#path}: give each Floorwatch a DATA_DIR of its own`,
      );
    if (owner !== this.#owner) return [];
    return channels.map((one) => ({ ...one, id: new Secret(one.id), connectUri: new Secret(one.connectUri) }));
  }

  /** @throws Error where nothing can be written */
  async save(channels: readonly KeptChannel[]): Promise<void> {
    if (this.#isOthers) return;
    const content: z.infer<typeof kept> = {
      owner: this.#owner,
      pid: process.pid,
      channels: channels.map((one) => ({
        ...one,
        id: one.id.reveal(),
        connectUri: one.connectUri.reveal(),
      })),
    };
    try {
      await this.#replace(JSON.stringify(content));
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown cause';
      throw new Error(
        `${this.#path} cannot be written (${code}): make DATA_DIR writable, or set it to a folder that is`,
      );
    }
  }

  #parse(text: string): z.infer<typeof kept> {
    try {
      return kept.parse(JSON.parse(text));
    } catch {
      throw new Error(`${this.#path} is damaged; it is written anew`);
    }
  }

  /** A crash in the midst of it leaves the old file. */
  async #replace(text: string): Promise<void> {
    await mkdir(this.#dataDir, { recursive: true, mode: 0o700 });
    const draft = `${this.#path}.${String(process.pid)}`;
    await rm(draft, { force: true }); // one that is there already would keep its mode
    const file = await open(draft, 'wx', OWNER_ONLY);
    try {
      await file.writeFile(text);
    } finally {
      await file.close();
    }
    await rename(draft, this.#path);
  }
}

/** Whether there is such a process; one of another user counts. */
const isRunning = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
};
