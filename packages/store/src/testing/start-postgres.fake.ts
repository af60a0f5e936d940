import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmod, chown, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { Client } from 'pg';
import { searchPath } from './env.ts';
import { findPostgres, serverUser, type PostgresBinaries, type ServerUser } from './postgres-binaries.fake.ts';

const run = promisify(execFile);

const KEEPER = fileURLToPath(new URL('./postgres-keeper.fake.ts', import.meta.url));

/** Of the server's only user; what it guards lives as long as the tests. */
const PASSWORD = 'no-secret';

const START_MS = 20_000;
const STOP_MS = 10_000;

/** For tests on loopback alone: it needs no speed of its disk to be safe, and no encoding but this. */
const SETTINGS = { fsync: 'off', full_page_writes: 'off', max_connections: '60', shared_buffers: '64MB' };

export interface RunningPostgres {
  /** Major version. */
  readonly version: number;
  /** Makes an empty database of its own. @returns its address */
  createDatabase(): Promise<string>;
  /** Runs a statement with all rights. @param databaseUrl an address that `createDatabase` gave */
  run(databaseUrl: string, statement: string): Promise<void>;
  /** Ends the server at once, as a crash or a shutdown does; its files stay. */
  stop(): Promise<void>;
  /** Starts it again on the same port, with the same files. */
  start(): Promise<void>;
  /** Ends the server and removes its files. */
  remove(): Promise<void>;
}

const freePort = async (): Promise<number> => {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
};

class Server implements RunningPostgres {
  readonly #binaries: PostgresBinaries;
  readonly #user: ServerUser | null;
  readonly #folder: string;
  readonly #port: number;
  readonly #keeper: ChildProcess;
  #process: ChildProcess | null = null;
  #databases = 0;
  #output = '';
  version = 0;

  constructor(parts: { binaries: PostgresBinaries; user: ServerUser | null; folder: string; port: number }) {
    this.#binaries = parts.binaries;
    this.#user = parts.user;
    this.#folder = parts.folder;
    this.#port = parts.port;
    // Whatever ends the tests, also by force, ends the server and takes its files.
    this.#keeper = spawn(process.execPath, [KEEPER, this.#folder], {
      stdio: ['pipe', 'ignore', 'ignore'],
      detached: true,
    });
    this.#keeper.unref();
  }

  async init(): Promise<void> {
    const passwordFile = join(this.#folder, 'password');
    await writeFile(passwordFile, PASSWORD);
    if (this.#user !== null) await chown(passwordFile, this.#user.uid, this.#user.gid);
    const settings = {
      pgdata: this.#data,
      username: 'floorwatch',
      pwfile: passwordFile,
      auth: 'scram-sha-256',
      encoding: 'UTF8',
      locale: 'C',
    };
    const options = Object.entries(settings).map(([name, value]) => `--${name}=${value}`);
    await run(this.#binaries.initdb, [...options, '--no-sync'], { ...this.#user, cwd: this.#folder });
  }

  async start(): Promise<void> {
    const settings = { ...SETTINGS, port: String(this.#port), unix_socket_directories: this.#folder };
    const server = spawn(
      this.#binaries.postgres,
      [
        '-D',
        this.#data,
        '-c',
        'listen_addresses=127.0.0.1',
        ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
      ],
      { ...this.#user, cwd: this.#folder, stdio: ['ignore', 'ignore', 'pipe'] },
    );
    this.#process = server;
    server.stderr.on('data', (chunk: Buffer) => {
      this.#output = (this.#output + chunk.toString()).slice(-4000);
    });
    await this.#untilReady(server);
  }

  async createDatabase(): Promise<string> {
    this.#databases += 1;
    const name = `test_${String(this.#databases)}`;
    await this.#ask(`create database ${name}`);
    return this.#url(name);
  }

  async stop(): Promise<void> {
    const server = this.#process;
    this.#process = null;
    if (server === null || server.exitCode !== null || server.signalCode !== null) return;
    const ended = once(server, 'exit', { signal: AbortSignal.timeout(STOP_MS) });
    server.kill('SIGINT'); // PostgreSQL's fast shutdown: connections are cut
    await ended.catch(() => server.kill('SIGKILL'));
  }

  async remove(): Promise<void> {
    await this.stop();
    this.#keeper.ref();
    const gone = once(this.#keeper, 'exit');
    this.#keeper.stdin?.end();
    await gone;
  }

  get #data(): string {
    return join(this.#folder, 'data');
  }

  #url(database: string): string {
    return `postgres://floorwatch:${PASSWORD}@127.0.0.1:${String(this.#port)}/${database}`;
  }

  async run(databaseUrl: string, statement: string): Promise<void> {
    await this.#ask(statement, databaseUrl);
  }

  async #ask(text: string, connectionString = this.#url('postgres')): Promise<Record<string, unknown>[]> {
    const client = new Client({ connectionString });
    client.on('error', () => undefined);
    await client.connect();
    try {
      return (await client.query<Record<string, unknown>>(text)).rows;
    } finally {
      await client.end();
    }
  }

  /** Each refused try is a round trip to the server, which is the wait. */
  async #untilReady(server: ChildProcess): Promise<void> {
    const deadline = performance.now() + START_MS;
    for (;;) {
      if (server.exitCode !== null || performance.now() > deadline)
        throw new Error(`PostgreSQL does not start: ${this.#output}`);
      const rows = await this.#ask(`select current_setting('server_version_num')::integer / 10000 as version`).catch(
        () => null,
      );
      if (rows === null) continue;
      this.version = Number(rows[0]?.['version']);
      return;
    }
  }
}

/**
 * Starts a real PostgreSQL server on loopback with a free port and a folder of its own under the temporary folder. As root it runs
 * as an account that is there already. Call `remove` at the end; the end of the process does it too.
 * @param path where to look for the system's server, as PATH has it; empty for that from npm
 * @throws Error where no server can be had
 */
export const startPostgres = async (path = searchPath()): Promise<RunningPostgres> => {
  const user = await serverUser();
  const folder = await mkdtemp(join(tmpdir(), 'floorwatch-postgres-'));
  try {
    await chmod(folder, 0o700);
    if (user !== null) await chown(folder, user.uid, user.gid);
    const binaries = await findPostgres({ user, scratch: folder, path });
    const server = new Server({ binaries, user, folder, port: await freePort() });
    try {
      await server.init();
      await server.start();
      return server;
    } catch (error) {
      await server.remove();
      throw error;
    }
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
};
