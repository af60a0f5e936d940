import type { Interval } from '@floorwatch/domain';
import { sql, type Kysely } from 'kysely';
import { DAY_MS, dayOf, lockPartitions, type DayPartitions } from '../schema/day-partitions.ts';
import type { Tables } from '../schema/tables.ts';
import { StreamLog } from '../stream/stream-log.ts';
import type { Retention } from './retention.ts';
import { putLatest } from './transition-table.ts';

/** Days that may have been written to since the upkeep of yesterday: with it today, and two made ahead. */
const NEWEST_DAYS = 4;

const STREAMS = ['transitions', 'windows'] as const;

interface RecordingUpkeepOptions {
  readonly db: Kysely<Tables>;
  readonly transitions: DayPartitions;
  readonly windows: DayPartitions;
  readonly retention: Retention;
  /** The engine has nobody who tidies up by himself. */
  readonly tidiesItself: boolean;
}

/** What keeps the recording's tables in shape; for a job to call once a day. */
export class RecordingUpkeep {
  readonly #options: RecordingUpkeepOptions;

  constructor(options: RecordingUpkeepOptions) {
    this.#options = options;
  }

  /** Makes the days of the interval, so that nobody who writes has to wait for it. */
  async prepareDays({ from, to }: Interval): Promise<void> {
    const first = dayOf(from);
    const days = Array.from({ length: Math.max(0, dayOf(to - 1) - first + 1) }, (_, index) => first + index);
    await this.#options.transitions.ensure(days);
    await this.#options.windows.ensure(days);
  }

  /**
   * Drops whole UTC days that end at `instant` or earlier. What held when the first day that is kept began is carried
   * over. From then on nothing earlier is kept. @returns how many days went
   */
  async dropBefore(instant: number): Promise<number> {
    const { db, transitions, windows, retention, tidiesItself } = this.#options;
    const firstKept = dayOf(instant);
    await retention.raise(firstKept * DAY_MS);
    // First, so that a reader who finds rows gone can know why.
    for (const stream of STREAMS) await new StreamLog(db, stream).dropBefore(firstKept * DAY_MS);
    const dropped = new Set<number>();
    for (const day of (await transitions.days()).filter((one) => one < firstKept)) {
      await this.#dropTransitions(day);
      dropped.add(day);
    }
    for (const day of (await windows.days()).filter((one) => one < firstKept)) {
      await this.#drop(windows, day);
      dropped.add(day);
    }
    await db
      .deleteFrom('floorwatch.recording_gap')
      .where('to_at', '<=', firstKept * DAY_MS)
      .execute();
    if (!tidiesItself) await this.#tidy();
    return dropped.size;
  }

  /**
   * What a server's autovacuum does. Finished days never change again, so they are done once, when they are new; each table
   * is a statement of its own, because nothing else can be asked meanwhile.
   */
  async #tidy(): Promise<void> {
    const { db, transitions, windows } = this.#options;
    const { rows } = await sql<{ name: string }>`
      select quote_ident(n.nspname) || '.' || quote_ident(c.relname) as name
      from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where n.nspname in ('floorwatch', 'floorwatch_jobs') and c.relkind = 'r' and not exists (
        select from pg_inherits i where i.inhrelid = c.oid
          and i.inhparent in ('floorwatch.transition'::regclass, 'floorwatch.availability_window'::regclass)
      )`.execute(db);
    for (const { name } of rows) await sql`vacuum (analyze) ${sql.raw(name)}`.execute(db);
    for (const partitions of [transitions, windows])
      for (const day of (await partitions.days()).slice(-NEWEST_DAYS))
        await sql`vacuum (analyze) ${partitions.part(day)}`.execute(db);
  }

  /** One day at a time, oldest first, each in a transaction of its own: nobody waits long for the lock. */
  async #dropTransitions(day: number): Promise<void> {
    const { db, transitions } = this.#options;
    await db.transaction().execute(async (transaction) => {
      await lockPartitions(transaction);
      if (!(await transitions.days(transaction)).includes(day)) return;
      await putLatest('carried_fact', sql`${transitions.part(day)}`).execute(transaction);
      await transitions.drop(transaction, day);
    });
  }

  async #drop(partitions: DayPartitions, day: number): Promise<void> {
    await this.#options.db.transaction().execute(async (transaction) => {
      await lockPartitions(transaction);
      if ((await partitions.days(transaction)).includes(day)) await partitions.drop(transaction, day);
    });
  }
}
