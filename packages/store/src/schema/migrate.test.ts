import { FakeClock } from '@floorwatch/domain/testing';
import { expect, it } from 'vitest';
import { PostgresEngine } from '../engine/postgres-engine.ts';
import { withSession } from '../engine/session.ts';
import { DatabaseTooNew } from '../store-error.ts';
import { keepLog, onBothEngines, onPostgres, SET_UP_MS, type Place } from '../testing/engines.fake.ts';
import { migrate } from './migrate.ts';
import { MIGRATIONS } from './migrations.ts';

const engineOf = ({ databaseUrl }: Place): PostgresEngine =>
  new PostgresEngine({ databaseUrl: databaseUrl ?? '', log: keepLog(), applicationName: 'test' });

onBothEngines('Migrations', (bench) => {
  it(
    'are done once: the second start finds nothing to do',
    async () => {
      const place = await bench.place();
      await (await bench.open(place)).close();
      const log = keepLog();
      const store = await bench.open(place, { log });
      expect(log.lines).toEqual([]);
      expect(store.status().state).toBe('up');
    },
    SET_UP_MS,
  );
});

onPostgres('Migrations on a server', (bench) => {
  it('are done once by several processes that start at the same time', async () => {
    const engine = engineOf(await bench.place());
    const log = keepLog();
    await Promise.all(Array.from({ length: 6 }, () => migrate({ engine, clock: new FakeClock(), log })));
    expect(log.lines).toHaveLength(MIGRATIONS.length);
    await engine.close();
  });

  it('leave nothing behind when one of them fails', async () => {
    const engine = engineOf(await bench.place());
    const options = { engine, clock: new FakeClock(), log: keepLog() };
    const broken = { name: 'broken', statements: ['create table floorwatch.half (a integer)', 'create nonsense'] };
    await expect(migrate({ ...options, migrations: [...MIGRATIONS, broken] })).rejects.toThrow('syntax error');
    const found = await withSession(engine, (session) =>
      session.query(`select to_regnamespace('floorwatch') as name`, []),
    );
    expect(found.rows).toEqual([{ name: null }]);
    await engine.close();
  });

  it('refuse a database that a newer program has written, and say what to do', async () => {
    const place = await bench.place();
    const engine = engineOf(place);
    const options = { engine, clock: new FakeClock(), log: keepLog() };
    await migrate({ ...options, migrations: [...MIGRATIONS, { name: 'of tomorrow', statements: ['select 1'] }] });
    await engine.close();
    const opening = bench.open(place);
    await expect(opening).rejects.toThrow(DatabaseTooNew);
    await expect(opening).rejects.toThrow(
      /written by a newer Floorwatch .* start that release, or use another database/,
    );
  });
});
