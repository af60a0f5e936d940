import { readdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { agentId } from '@floorwatch/domain';
import { FakeClock } from '@floorwatch/domain/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aTransition, DAY_ONE } from '../recording/recording.fake.ts';
import { StoreMisconfigured, StoreUnavailable } from '../store-error.ts';
import { openStore, type Store } from '../store.ts';
import { embeddedDirectory, keepLog, removeFolders, SET_UP_MS, temporaryFolder } from '../testing/engines.fake.ts';
import { startPostgres, type RunningPostgres } from '../testing/start-postgres.fake.ts';
import { PgliteEngine } from './pglite-engine.ts';
import { PGLITE_STATEMENT_MS } from './pglite-process.ts';
import { PostgresEngine } from './postgres-engine.ts';
import { withSession } from './session.ts';

afterAll(removeFolders);

/** Moves the clock on until the store is up again; each move lets real input and output happen. */
const untilUp = async (store: Store, clock: FakeClock): Promise<void> => {
  await expect
    .poll(
      async () => {
        await clock.advance(30_000);
        return store.status().state;
      },
      { timeout: 15_000, interval: 50 },
    )
    .toBe('up');
};

describe('A PostgreSQL server that is not there', () => {
  let server: RunningPostgres;

  beforeAll(async () => {
    server = await startPostgres();
  }, SET_UP_MS);

  afterAll(async () => {
    await server.remove();
  }, SET_UP_MS);

  it(
    'makes every call fail with StoreUnavailable, and all is well when it is back',
    async () => {
      const clock = new FakeClock();
      const log = keepLog();
      const databaseUrl = await server.createDatabase();
      const store = await openStore({ databaseUrl, dataDir: null, clock, log });
      const { recording } = store;
      await recording.addTransitions([aTransition({ at: DAY_ONE })]);
      const since = store.status().since;
      await clock.advance(1000);

      await server.stop();
      await expect(recording.addTransitions([aTransition({ at: DAY_ONE + 1 })])).rejects.toThrow(StoreUnavailable);
      await expect(recording.readProgress()).rejects.toThrow(StoreUnavailable);
      expect(store.status()).toMatchObject({ state: 'down', since: since + 1000 });
      expect(store.status().lastError).toMatch(/^PostgreSQL at 127\.0\.0\.1:\d+, database \w+ cannot be used now: /);

      await server.start();
      await untilUp(store, clock);
      expect(await recording.addTransitions([aTransition({ at: DAY_ONE + 1 })])).toBe(1);
      expect(log.lines.filter((line) => line.includes('store-down'))).toHaveLength(1);
      expect(log.lines.filter((line) => line.includes('store-back'))).toHaveLength(1);
      expect(log.lines.join('\n')).not.toContain('no-secret');
      await store.close();
    },
    SET_UP_MS,
  );

  it(
    'may go away while a statement runs or a transaction stands open: that fails, and the process lives',
    async () => {
      const databaseUrl = await server.createDatabase();
      const engine = new PostgresEngine({ databaseUrl, log: keepLog(), applicationName: 'cut off' });
      const [busy, idle] = [await engine.acquire(), await engine.acquire()];
      await idle.query('begin', []);
      const running = busy.query('select pg_sleep(60)', []);
      const [outcome] = await Promise.allSettled([running, server.stop()]);
      // Vitest fails a run in which anything is thrown that nobody catches.
      expect(outcome).toMatchObject({ status: 'rejected', reason: expect.any(StoreUnavailable) as unknown });
      await expect(idle.query('select 1', [])).rejects.toThrow(StoreUnavailable);
      busy.release();
      idle.release();
      await engine.close();
      await server.start();
    },
    SET_UP_MS,
  );

  it(
    'may come back as another one, restored from a copy: what was remembered of it is asked again',
    async () => {
      const clock = new FakeClock();
      const databaseUrl = await server.createDatabase();
      const store = await openStore({ databaseUrl, dataDir: null, clock, log: keepLog() });
      await store.recording.addTransitions([aTransition({ at: DAY_ONE })]);
      await server.stop();
      await expect(store.recording.readProgress()).rejects.toThrow(StoreUnavailable);
      await server.start();
      const engine = new PostgresEngine({ databaseUrl, log: keepLog(), applicationName: 'restore' });
      await withSession(engine, (session) =>
        session.exec('truncate floorwatch.agent, floorwatch.transition, floorwatch.current_fact restart identity'),
      );
      await engine.close();
      await untilUp(store, clock);

      const told = [aTransition({ at: DAY_ONE, agentId: agentId('agent-other') }), aTransition({ at: DAY_ONE + 1 })];
      await store.recording.addTransitions(told);
      expect(await store.recording.readLatestTransitions()).toEqual(expect.arrayContaining(told));
      await store.close();
    },
    SET_UP_MS,
  );

  it(
    'does not stop the start: the store is down until it comes, and then sets itself up',
    async () => {
      const clock = new FakeClock();
      const databaseUrl = await server.createDatabase();
      await server.stop();
      const store = await openStore({ databaseUrl, dataDir: null, clock, log: keepLog() });
      expect(store.status().state).toBe('down');
      await expect(store.recording.readOldest()).rejects.toThrow(StoreUnavailable);
      const worked: object[] = [];
      const queue = store.jobs.queue({ name: 'early' });
      await queue.work((data) => Promise.resolve(void worked.push(data)), { pollingSeconds: 0.5 });
      await expect(queue.send({})).rejects.toThrow(StoreUnavailable);

      await server.start();
      await untilUp(store, clock);
      expect(await store.recording.readOldest()).toBeNull();
      await queue.send({ n: 1 });
      await expect.poll(() => worked, { timeout: 20_000 }).toEqual([{ n: 1 }]);
      await store.close();
    },
    SET_UP_MS,
  );

  it('that goes away in the midst of a write loses and doubles nothing once the write is made again', async () => {
    const databaseUrl = await server.createDatabase();
    const store = await openStore({ databaseUrl, dataDir: null, clock: new FakeClock(), log: keepLog() });
    const told = Array.from({ length: 3000 }, (_, index) => aTransition({ at: DAY_ONE + index }));
    await store.recording.addTransitions(told.slice(0, 1));
    const [writing] = await Promise.allSettled([store.recording.addTransitions(told), server.stop()]);
    if (writing.status === 'rejected') expect(writing.reason).toBeInstanceOf(StoreUnavailable);
    await server.start();
    await store.recording.addTransitions(told);
    const agent = told[0]?.agentId ?? expect.fail();
    const read = await store.recording.readTransitions({ agentIds: [agent], from: 0, to: DAY_ONE * 2 });
    expect(read.get(agent)).toEqual(told);
    await store.close();
  });

  it.each([
    ['not an address', /^DATABASE_URL cannot be read: it must look like postgres:/],
    ['mysql://floorwatch:no-secret@127.0.0.1/floorwatch', /^DATABASE_URL is not of a PostgreSQL server/],
    ['postgres://floorwatch:no-secret@127.0.0.1', /^DATABASE_URL names no database/],
  ])('and never could be (%s) is a clear message', async (databaseUrl, message) => {
    const opening = openStore({ databaseUrl, dataDir: null, clock: new FakeClock(), log: keepLog() });
    await expect(opening).rejects.toThrow(StoreMisconfigured);
    await expect(opening).rejects.toThrow(message);
    await expect(opening).rejects.not.toThrow('no-secret');
  });

  it.each([
    [
      'a wrong password',
      (url: string) => url.replace('no-secret', 'also-no-secret'),
      /refuses the user or the password/,
    ],
    ['an unknown user', (url: string) => url.replace('floorwatch:', 'stranger:'), /refuses the user or the password/],
    ['no such database', (url: string) => `${url}_gone`, /there is no database of that name/],
  ])('as the settings say (%s) is a clear message without the password', async (_, change, message) => {
    const databaseUrl = change(await server.createDatabase());
    const opening = openStore({ databaseUrl, dataDir: null, clock: new FakeClock(), log: keepLog() });
    await expect(opening).rejects.toThrow(StoreMisconfigured);
    await expect(opening).rejects.toThrow(message);
    await expect(opening).rejects.not.toThrow('no-secret');
  });
});

describe('The embedded database', () => {
  const register = (): Promise<void> => Promise.resolve();

  it(
    'comes back when its process has died, with all that it had acknowledged',
    async () => {
      const clock = new FakeClock();
      const directory = join(await embeddedDirectory(), 'database');
      const engine = await PgliteEngine.open({ directory, clock, log: keepLog(), register });
      const ask = (text: string) => withSession(engine, (session) => session.query(text, []));
      await ask('create table kept (a integer)');
      await ask('insert into kept values (1)');

      // Nothing but its end can stop a statement that goes on for ever.
      const endless = ask('select count(*) from generate_series(1, 1000000000000)');
      const waiting = ask('insert into kept values (2)');
      const outcomes = Promise.allSettled([endless, waiting]);
      await clock.advance(PGLITE_STATEMENT_MS);
      for (const outcome of await outcomes) {
        const reason: unknown = outcome.status === 'rejected' ? outcome.reason : null;
        expect(reason).toBeInstanceOf(StoreUnavailable);
        expect(String(reason)).toMatch(/a statement took longer than|starting again/);
      }

      await expect
        .poll(
          async () => {
            await clock.advance(1000);
            return ask('select count(*) as kept from kept').then(
              ({ rows }) => rows,
              () => null,
            );
          },
          { timeout: 15_000, interval: 50 },
        )
        .toEqual([{ kept: 1 }]);
      await engine.close();
    },
    SET_UP_MS,
  );

  it(
    'may take as long as it takes to be opened: only statements have a limit',
    async () => {
      const clock = new FakeClock();
      const directory = join(await embeddedDirectory(), 'database');
      let isOpen = false;
      const opening = PgliteEngine.open({ directory, clock, log: keepLog(), register }).finally(() => {
        isOpen = true;
      });
      for (; !isOpen; await nextTurn()) await clock.advance(PGLITE_STATEMENT_MS);
      const engine = await opening;
      expect(engine.place).toContain(directory);
      await engine.close();
    },
    SET_UP_MS,
  );

  it(
    'is opened though its process is killed meanwhile, and not for ever where that happens each time',
    async () => {
      const directory = join(await embeddedDirectory(), 'database');
      const open = (lives: number) => {
        let killed = 0;
        return PgliteEngine.open({
          directory,
          clock: new FakeClock(),
          log: keepLog(),
          register: async ({ pid }) => {
            if (killed === lives) return;
            killed += 1;
            process.kill(pid, 'SIGKILL');
          },
        });
      };
      const engine = await open(2);
      const { rows } = await withSession(engine, (session) => session.query('select 1 as one', []));
      expect(rows).toEqual([{ one: 1 }]);
      await engine.close();
      await expect(open(3)).rejects.toThrow(/cannot be opened \(.* its process was ended by SIGKILL\)/);
    },
    SET_UP_MS,
  );

  it(
    'is started again when it breaks from within, and never takes an unfinished statement for done',
    async () => {
      const clock = new FakeClock();
      const engine = await PgliteEngine.open({
        directory: join(await embeddedDirectory(), 'database'),
        clock,
        log: keepLog(),
        register,
      });
      const ask = (text: string) => withSession(engine, (session) => session.exec(text));
      await ask(
        'create function down(n integer) returns integer language plpgsql as $$ begin return down(n + 1); end $$',
      );
      await expect(ask('select down(1)')).rejects.toThrow(StoreUnavailable);
      await expect
        .poll(
          async () => {
            await clock.advance(1000);
            return ask('select 1 as one').then(
              ({ rows }) => rows,
              () => null,
            );
          },
          { timeout: 15_000, interval: 50 },
        )
        .toEqual([{ one: 1 }]);
      await engine.close();
    },
    SET_UP_MS,
  );

  it(
    'keeps one user’s transaction apart from what others ask meanwhile',
    async () => {
      const engine = await PgliteEngine.open({
        directory: join(await embeddedDirectory(), 'database'),
        clock: new FakeClock(),
        log: keepLog(),
        register,
      });
      await withSession(engine, (session) =>
        session.exec('create table t (a integer primary key); insert into t values (1)'),
      );
      const session = await engine.acquire();
      await session.query('begin', []);
      await session.query('insert into t values (2)', []);
      const other = withSession(engine, (one) => one.query('select count(*) as rows from t', []));
      await session.query('select 1', []); // long enough for the other to be asked
      await session.query('rollback', []);
      session.release();
      expect((await other).rows).toEqual([{ rows: 1 }]);
      await expect(withSession(engine, (one) => one.query('insert into t values (1)', []))).rejects.toMatchObject({
        code: '23505',
        constraint: 't_pkey',
        detail: 'Key (a)=(1) already exists.',
      });
      await engine.close();
    },
    SET_UP_MS,
  );

  it(
    'starts afresh where it is asked to, also when it is damaged; what else was in the data directory goes as well',
    async () => {
      const dataDir = await embeddedDirectory();
      const open = () =>
        openStore({ databaseUrl: null, dataDir, clock: new FakeClock(), log: keepLog(), startsAfresh: true });
      const before = await open();
      await before.recording.addTransitions([aTransition({ at: DAY_ONE })]);
      await before.jobs.queue({ name: 'left' }).send({});
      await before.close();
      await writeFile(join(dataDir, 'spill'), 'left');

      const after = await open();
      expect(await after.recording.readLatestTransitions()).toEqual([]);
      expect(await after.jobs.queue({ name: 'left' }).pending()).toBe(0);
      expect(await readdir(dataDir)).toEqual(['database', 'floorwatch.lock']);
      await after.close();

      await writeFile(join(dataDir, 'database', 'PG_VERSION'), 'none');
      const mended = await open();
      expect(await mended.recording.addTransitions([aTransition({ at: DAY_ONE })])).toBe(1);
      await mended.close();
    },
    SET_UP_MS,
  );

  it('says what to do where its folder cannot be used', async () => {
    const dataDir = join(await temporaryFolder(), 'a-file', 'data');
    await writeFile(dirname(dataDir), 'not a folder');
    const opening = openStore({ databaseUrl: null, dataDir, clock: new FakeClock(), log: keepLog() });
    await expect(opening).rejects.toThrow(StoreMisconfigured);
    await expect(opening).rejects.toThrow(/cannot be used \(ENOTDIR\): make it writable, or set DATA_DIR/);
  });

  it(
    'answers nothing more once it is closed',
    async () => {
      const dataDir = await embeddedDirectory();
      const store = await openStore({ databaseUrl: null, dataDir, clock: new FakeClock(), log: keepLog() });
      await store.close();
      await store.close();
      await expect(store.recording.readProgress()).rejects.toThrow(StoreUnavailable);
    },
    SET_UP_MS,
  );
});
