import { randomUUID } from 'node:crypto';
import { link, mkdir, open, readdir, readFile, rename, rm, stat, utimes } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Clock } from '@floorwatch/domain';
import { DataDirectoryInUse, StoreMisconfigured } from '../store-error.ts';
import { isAlive, thisProcess, type ProcessIdentity } from './process-identity.ts';

const FILE_NAME = 'floorwatch.lock';

/** How often the owner shows that it lives: for processes elsewhere, which cannot ask for its number. */
const SIGN_OF_LIFE_MS = 5000;
/** Without a sign of life for this long an owner elsewhere counts as dead. */
const SILENCE_MS = 30_000;

const MAX_TRIES = 5;

interface LockOptions {
  readonly directory: string;
  readonly clock: Clock;
}

interface Owner extends ProcessIdentity {
  /** Of this taking of the lock. */
  readonly id: string;
}

const parse = (text: string): Owner | null => {
  try {
    const owner: unknown = JSON.parse(text);
    if (typeof owner !== 'object' || owner === null) return null;
    const { id, pid, startedAt, place } = owner as Record<string, unknown>;
    if (typeof id !== 'string' || typeof pid !== 'number' || typeof place !== 'string') return null;
    return { id, pid, place, startedAt: typeof startedAt === 'string' ? startedAt : null };
  } catch {
    return null;
  }
};

const codeOf = (error: unknown): string => (error instanceof Error && 'code' in error ? String(error.code) : '');

/**
 * Only one process may work in a data directory: two would silently lose each other's data. The lock is a file that says
 * who has it; one whose owner is dead is taken over.
 */
export class DirectoryLock {
  readonly #path: string;
  readonly #owner: Owner;
  #stopSigns: () => void = () => undefined;

  private constructor(path: string, owner: Owner) {
    this.#path = path;
    this.#owner = owner;
  }

  /**
   * @throws DataDirectoryInUse while another process, or another part of this one, has it
   * @throws StoreMisconfigured where the directory cannot be written to
   */
  static async take({ directory, clock }: LockOptions): Promise<DirectoryLock> {
    const lock = new DirectoryLock(join(directory, FILE_NAME), { id: randomUUID(), ...(await thisProcess()) });
    try {
      await mkdir(directory, { recursive: true, mode: 0o700 });
      for (let tries = 0; !(await lock.#create()); tries += 1) {
        if (tries >= MAX_TRIES) throw inUse(directory, 'several processes want it at the same time');
        await lock.#removeDead(directory, clock);
      }
    } catch (error) {
      if (error instanceof StoreMisconfigured) throw error;
      throw new StoreMisconfigured(
        `${directory} cannot be used (${codeOf(error) || String(error)}): make it writable, or set DATA_DIR to a folder that is`,
        { cause: error },
      );
    }
    lock.#stopSigns = clock.every(SIGN_OF_LIFE_MS, () => void lock.#giveSign(clock));
    return lock;
  }

  /** Removes everything in the directory but what is named, and locks: it is ours alone. */
  async clearDirectory({ but }: { readonly but: string }): Promise<void> {
    const directory = dirname(this.#path);
    for (const name of await readdir(directory))
      if (name !== but && !name.startsWith(FILE_NAME))
        await rm(join(directory, name), { recursive: true, force: true });
  }

  /** Only the own lock is removed, not that of whoever took it over. */
  async release(): Promise<void> {
    this.#stopSigns();
    const text = await readFile(this.#path, 'utf8').catch(() => '');
    if (parse(text)?.id === this.#owner.id) await rm(this.#path, { force: true });
  }

  /** False where there is one already. Written aside first: nobody ever sees half a lock. */
  async #create(): Promise<boolean> {
    const draft = `${this.#path}.${this.#owner.id}`;
    const file = await open(draft, 'wx', 0o600);
    try {
      await file.writeFile(JSON.stringify(this.#owner));
    } finally {
      await file.close();
    }
    try {
      await link(draft, this.#path);
      return true;
    } catch (error) {
      if (codeOf(error) === 'EEXIST') return false;
      throw error;
    } finally {
      await rm(draft, { force: true });
    }
  }

  async #removeDead(directory: string, clock: Clock): Promise<void> {
    const text = await readFile(this.#path, 'utf8').catch(() => null);
    if (text === null) return; // it is gone meanwhile
    const owner = parse(text);
    if (owner !== null) await this.#refuseIfAlive({ owner, directory, clock });
    // One of several that find the same dead owner moves it away; whoever moved a living one puts it back.
    const aside = `${this.#path}.${randomUUID()}`;
    await rename(this.#path, aside).catch(() => undefined);
    const moved = await readFile(aside, 'utf8').catch(() => null);
    if (moved !== null && moved !== text) await link(aside, this.#path).catch(() => undefined);
    await rm(aside, { force: true });
  }

  async #refuseIfAlive({ owner, directory, clock }: LockOptions & { owner: Owner }): Promise<void> {
    if (owner.place === this.#owner.place) {
      if (await isAlive(owner)) throw inUse(directory, `process ${String(owner.pid)} works in it`);
      return;
    }
    const lastSign = await stat(this.#path).then(
      ({ mtimeMs }) => mtimeMs,
      () => 0,
    );
    if (clock.now() - lastSign < SILENCE_MS)
      throw inUse(
        directory,
        `process ${String(owner.pid)} on ${owner.place.split(' ')[0] ?? 'another computer'} worked in it a moment ago`,
      );
  }

  async #giveSign(clock: Clock): Promise<void> {
    const now = clock.now() / 1000;
    await utimes(this.#path, now, now).catch(() => undefined); // the next sign may succeed
  }
}

const inUse = (directory: string, why: string): DataDirectoryInUse =>
  new DataDirectoryInUse(
    `The data directory ${directory} is in use: ${why}. Stop that one, give this one a directory of its own by DATA_DIR, ` +
      'or let both use a PostgreSQL server by DATABASE_URL',
  );
