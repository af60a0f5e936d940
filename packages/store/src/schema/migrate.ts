import type { Clock } from '@floorwatch/domain';
import { withSession, type Engine, type Session } from '../engine/session.ts';
import { DatabaseTooNew } from '../store-error.ts';
import type { StoreLog } from '../store-log.ts';
import { ADVISORY_LOCKS } from './advisory-locks.ts';
import type { Migration } from './migration.ts';
import { MIGRATIONS } from './migrations.ts';

interface MigrateOptions {
  readonly engine: Engine;
  readonly clock: Clock;
  readonly log: StoreLog;
  /** Those of this program where left out. */
  readonly migrations?: readonly Migration[];
}

const versionOf = async (session: Session): Promise<number> => {
  const { rows } = await session.query('select max(version) as version from floorwatch.schema_version', []);
  return Number(rows[0]?.['version'] ?? 0);
};

/** The schema and the list of what has been done to it. */
const LEDGER = [
  'create schema if not exists floorwatch', // somebody may have made it for us
  `create table floorwatch.schema_version (
    version integer primary key,
    name text not null,
    applied_at bigint not null
  )`,
];

/** Only where it is missing: asking for a schema that is there needs the right to make one. */
const makeLedger = async (session: Session): Promise<void> => {
  const { rows } = await session.query(`select to_regclass('floorwatch.schema_version') is null as is_missing`, []);
  if (rows[0]?.['is_missing'] === true) for (const statement of LEDGER) await session.query(statement, []);
};

const apply = async (
  session: Session,
  { engine, clock, log, migrations = MIGRATIONS }: MigrateOptions,
): Promise<void> => {
  await session.query('select pg_advisory_xact_lock($1)', [ADVISORY_LOCKS.migration]);
  await makeLedger(session);
  const version = await versionOf(session);
  if (version > migrations.length)
    throw new DatabaseTooNew(
      `${engine.place} was written by a newer Floorwatch (version ${String(version)}, this one knows ${String(migrations.length)}): ` +
        'start that release, or use another database',
    );
  for (const [index, { name, statements }] of migrations.entries()) {
    if (index < version) continue;
    for (const statement of statements) await session.query(statement, []);
    await session.query('insert into floorwatch.schema_version values ($1, $2, $3)', [index + 1, name, clock.now()]);
    log.info({ event: 'migrated', version: index + 1, name }, 'the database has the next version');
  }
};

/**
 * Brings the database to the version of this program, in one transaction. Whoever starts at the same time waits, and
 * finds it done.
 * @throws DatabaseTooNew where a newer program has been here
 */
export const migrate = (options: MigrateOptions): Promise<void> =>
  withSession(options.engine, async (session) => {
    await session.query('begin', []);
    try {
      await apply(session, options);
      await session.query('commit', []);
    } catch (error) {
      await session.query('rollback', []).catch(() => undefined); // the first error says what was wrong
      throw error;
    }
  });
