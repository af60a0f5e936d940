import { idempotencyKey, type Transition } from '@floorwatch/domain';
import { FakeClock } from '@floorwatch/domain/testing';
import { expect, it } from 'vitest';
import { Database } from '../engine/database.ts';
import { PostgresEngine } from '../engine/postgres-engine.ts';
import { AgentRefs } from '../recording/agent-refs.ts';
import { aTransition, anAgent, DAY_ONE } from '../recording/recording.fake.ts';
import { Retention } from '../recording/retention.ts';
import { TransitionTable } from '../recording/transition-table.ts';
import { DayPartitions, dayOf } from '../schema/day-partitions.ts';
import { keepLog, onPostgres, SET_UP_MS } from '../testing/engines.fake.ts';

onPostgres('The order of the stream', (bench) => {
  it(
    'is that of commits: whoever has written and not committed holds the others back, and no reader passes it',
    async () => {
      const place = await bench.place();
      const store = await bench.open(place);
      const log = keepLog();
      const engine = new PostgresEngine({ databaseUrl: place.databaseUrl ?? '', log, applicationName: 'test' });
      const database = new Database({ engine, clock: new FakeClock(), log });
      await database.prepare();
      const partitions = new DayPartitions(database.db, 'transition');
      await partitions.ensure([dayOf(DAY_ONE)]);
      const parts = { agents: new AgentRefs(database.db), retention: new Retention(database.db), partitions };
      const keysRead = async (): Promise<string[]> =>
        (await store.stream.readTransitions({ after: null, limit: 10 })).entries.map(idempotencyKey);
      const slow = aTransition({ at: DAY_ONE, agentId: anAgent('slow') });
      const quick = aTransition({ at: DAY_ONE, agentId: anAgent('quick') });

      const written = Promise.withResolvers<void>();
      const mayCommit = Promise.withResolvers<void>();
      const slowly = database.db.transaction().execute(async (transaction) => {
        await new TransitionTable({ db: transaction, ...parts }).add([slow]);
        written.resolve();
        await mayCommit.promise;
      });
      await written.promise;
      const quickly = store.recording.addTransitions([quick]);
      // It waits for the slow one; should it not, it is over soon.
      await expect
        .poll(async () => {
          const [row] = await waitingForLocks(database);
          return Number(row?.['waiting']) > 0 || (await keysRead()).length > 0;
        })
        .toBe(true);
      expect(await keysRead()).toEqual([]);
      mayCommit.resolve();
      await slowly;
      await quickly;
      expect(await keysRead()).toEqual(([slow, quick] satisfies Transition[]).map(idempotencyKey));
      await database.close();
    },
    SET_UP_MS,
  );
});

const waitingForLocks = async ({ engine }: Database): Promise<readonly Record<string, unknown>[]> => {
  const session = await engine.acquire();
  try {
    return (await session.query('select count(*) as waiting from pg_locks where not granted', [])).rows;
  } finally {
    session.release();
  }
};
