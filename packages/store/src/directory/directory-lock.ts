import { randomUUID } from 'node:crypto';
import { link, mkdir, open, readdir, readFile, rename, rm, stat, utimes } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from '@floorwatch/domain';
import { DataDirectoryInUse, StoreMisconfigured } from '../store-error.ts';
import { identityOf, isAlive, type ProcessIdentity } from './process-identity.ts';

const FILE_NAME = 'floorwatch.lock';

/** How often the owner shows that it lives: for processes elsewhere, which cannot ask for its number. */
const SIGN_OF_LIFE_MS = 5000;
/** Without a sign of life for this long an owner elsewhere counts as dead. */
const SILENCE_MS = 30_000;

const MAX_TRIES = 5;

/** What is killed is gone in no time, unless the system is in trouble. */
const END_MS = 5000;
const LOOK_MS = 10;

interface LockOptions {
  readonly directory: string;
  readonly clock: Clock;
}

interface Owner extends ProcessIdentity {
  /** Of this taking of the lock. */
  readonly id: string;
  /** The process of the owner's database, which may outlive it for a moment; null where there is none. */
  readonly database: ProcessIdentity | null;
}

const parseProcess = (value: unknown): ProcessIdentity | null => {
  if (typeof value !== 'object' || value === null) return null;
  const { pid, startedAt, place } = value as Record<string, unknown>;
  if (typeof pid !== 'number' || typeof place !== 'string') return null;
  return { pid, place, startedAt: typeof startedAt === 'string' ? startedAt : null };
};

const parse = (text: string): Owner | null => {
  try {
    const owner: unknown = JSON.parse(text);
    const identity = parseProcess(owner);
    const { id, database } = owner as Record<string, unknown>;
    if (identity === null || typeof id !== 'string') return null;
    return { id, ...identity, database: parseProcess(database) };
  } catch {
    return null;
  }
};

const codeOf = (error: unknown): string => (error instanceof Error && 'code' in error ? String(error.code) : '');

/**
 * Only one process may work in a data directory, with one database: two would silently lose each other's data. The lock
 * is a file that says who has it; one whose owner is dead is taken over, once its database is dead too.
 */
export class DirectoryLock {
  readonly #path: string;
  #owner: Owner;
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
    const lock = new DirectoryLock(join(directory, FILE_NAME), {
      id: randomUUID(),
      ...(await identityOf(process.pid)),
      database: null,
    });
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

  /**
   * Names the process of the database, before it opens a file.
   * @throws DataDirectoryInUse where somebody has taken the lock over: this process has shown no sign of life for too long
   */
  async registerDatabase(database: ProcessIdentity): Promise<void> {
    if (!(await this.#isOurs())) throw inUse(dirname(this.#path), 'another process has taken it over meanwhile');
    this.#owner = { ...this.#owner, database };
    const draft = await this.#writeDraft();
    await rename(draft, this.#path);
  }

  /** Only the own lock is removed, not that of whoever took it over. */
  async release(): Promise<void> {
    this.#stopSigns();
    if (await this.#isOurs()) await rm(this.#path, { force: true });
  }

  async #isOurs(): Promise<boolean> {
    const text = await readFile(this.#path, 'utf8').catch(() => '');
    return parse(text)?.id === this.#owner.id;
  }

  /** Written aside first: nobody ever sees half a lock. */
  async #writeDraft(): Promise<string> {
    const draft = `${this.#path}.${this.#owner.id}`;
    const file = await open(draft, 'wx', 0o600);
    try {
      await file.writeFile(JSON.stringify(this.#owner));
    } finally {
      await file.close();
    }
    return draft;
  }

  /** False where there is one already. */
  async #create(): Promise<boolean> {
    const draft = await this.#writeDraft();
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
      if (owner.database !== null) await endOrphan(owner.database, directory);
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

/** A database whose owner was killed in the midst of a statement works on until its end: nobody waits for what it does. */
const endOrphan = async (database: ProcessIdentity, directory: string): Promise<void> => {
  for (let waited = 0; await isAlive(database); waited += LOOK_MS) {
    // Where the system does not tell when a process started, its number alone may be that of anybody.
    if (database.startedAt === null || waited >= END_MS)
      throw inUse(directory, `process ${String(database.pid)}, the database of one that is gone, still works in it`);
    process.kill(database.pid, 'SIGKILL');
    await sleep(LOOK_MS);
  }
};

const inUse = (directory: string, why: string): DataDirectoryInUse =>
  new DataDirectoryInUse(
    `The data directory ${directory} is in use: ${why}. Stop that one, give this one a directory of its own by DATA_DIR, ` +
      'or let both use a PostgreSQL server by DATABASE_URL',
  );
