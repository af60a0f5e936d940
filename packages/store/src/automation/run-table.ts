import type { AgentId, OutcomeState } from '@floorwatch/domain';
import { sql, type Kysely } from 'kysely';
import type { Database } from '../engine/database.ts';
import type { Tables } from '../schema/tables.ts';
import {
  backColumns,
  fromOutcomeRow,
  fromRunRow,
  toRunRow,
  type RunEnd,
  type StoredBack,
  type StoredOutcome,
  type StoredRun,
} from './run-row.ts';

/** Newest first: those before a run, at most `limit`. */
export interface RunPage {
  readonly before: Pick<StoredRun, 'startedAt' | 'id'> | null;
  readonly limit: number;
}

/** By agent id: those after one, at most `limit`, of these agents or of all. */
export interface OutcomePage {
  readonly after: string | null;
  readonly limit: number;
  readonly among: readonly AgentId[] | null;
}

/** How many agents of a run ended how, and how many are to be put back yet. */
export interface RunCounts {
  readonly states: Partial<Record<OutcomeState, number>>;
  readonly backDue: number;
}

type OutcomeKey = Pick<StoredOutcome, 'runId' | 'agentId'>;

/** The run log: what automations have done, and are doing. Every call throws `StoreUnavailable` alone. */
export class RunTable {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /**
   * Begins a run with these agents waiting, all or nothing.
   * @returns false where this automation has a run of this key already: somebody else has begun it
   */
  begin(run: StoredRun, agentIds: readonly AgentId[]): Promise<boolean> {
    return this.#database.use((db) =>
      db.transaction().execute(async (transaction) => {
        const { numInsertedOrUpdatedRows } = await transaction
          .insertInto('floorwatch.automation_run')
          .values(toRunRow(run))
          .onConflict((conflict) => conflict.columns(['automation_id', 'key']).doNothing())
          .executeTakeFirst();
        if (numInsertedOrUpdatedRows !== 1n) return false;
        await sql`
          insert into floorwatch.automation_outcome (run_id, agent_id, state, at, back_state)
          select ${run.id}, id, 'waiting', ${run.startedAt}::bigint, 'none' from unnest(${agentIds}::text[]) as id`.execute(
          transaction,
        );
        return true;
      }),
    );
  }

  /** One that runs ends; one that has ended stays as it is. */
  end(id: string, { state, reason, endedAt }: RunEnd): Promise<void> {
    return this.#database.use(async (db) => {
      await db
        .updateTable('floorwatch.automation_run')
        .set({ state, reason, ended_at: endedAt })
        .where('id', '=', id)
        .where('state', '=', 'running')
        .execute();
    });
  }

  find(id: string): Promise<StoredRun | null> {
    return this.#database.use(async (db) => {
      const row = await selectRuns(db).where('id', '=', id).executeTakeFirst();
      return row === undefined ? null : fromRunRow(row);
    });
  }

  findByKey(automationId: string, key: string): Promise<StoredRun | null> {
    return this.#database.use(async (db) => {
      const row = await selectRuns(db)
        .where('automation_id', '=', automationId)
        .where('key', '=', key)
        .executeTakeFirst();
      return row === undefined ? null : fromRunRow(row);
    });
  }

  list(automationId: string, { before, limit }: RunPage): Promise<StoredRun[]> {
    return this.#database.use(async (db) => {
      const query = selectRuns(db).where('automation_id', '=', automationId);
      const rows = await (
        before === null
          ? query
          : query.where(sql<boolean>`(started_at, id) < (${before.startedAt}::bigint, ${before.id})`)
      )
        .orderBy('started_at', 'desc')
        .orderBy('id', 'desc')
        .limit(limit)
        .execute();
      return rows.map(fromRunRow);
    });
  }

  /** Those that have not ended. */
  listRunning(): Promise<StoredRun[]> {
    return this.#database.use(async (db) => {
      const rows = await selectRuns(db).where('state', '=', 'running').orderBy('started_at').execute();
      return rows.map(fromRunRow);
    });
  }

  /** The last run of each automation that has one. */
  listLast(): Promise<StoredRun[]> {
    return this.#database.use(async (db) => {
      const rows = await selectRuns(db)
        .distinctOn('automation_id')
        .orderBy('automation_id')
        .orderBy('started_at', 'desc')
        .orderBy('id', 'desc')
        .execute();
      return rows.map(fromRunRow);
    });
  }

  outcomes(runId: string, { after, limit, among }: OutcomePage): Promise<StoredOutcome[]> {
    return this.#database.use(async (db) => {
      const { rows } = await sql<Tables['floorwatch.automation_outcome']>`
        select * from floorwatch.automation_outcome
        where run_id = ${runId} and (${after}::text is null or agent_id > ${after})
          and (${among}::text[] is null or agent_id = any(${among}::text[]))
        order by agent_id limit ${limit}`.execute(db);
      return rows.map(fromOutcomeRow);
    });
  }

  /** @param among the agents that are counted; null for all */
  counts(runIds: readonly string[], among: readonly AgentId[] | null): Promise<Map<string, RunCounts>> {
    return this.#database.use(async (db) => {
      const { rows } = await sql<{ run_id: string; state: OutcomeState; agents: number; back_due: number }>`
        select run_id, state, count(*)::integer as agents,
          (count(*) filter (where back_state in ('due', 'going')))::integer as back_due
        from floorwatch.automation_outcome
        where run_id = any(${runIds}::text[]) and (${among}::text[] is null or agent_id = any(${among}::text[]))
        group by run_id, state`.execute(db);
      const counts = new Map<string, RunCounts>();
      for (const { run_id: id, state, agents, back_due: due } of rows) {
        const sofar = counts.get(id);
        counts.set(id, { states: { ...sofar?.states, [state]: agents }, backDue: (sofar?.backDue ?? 0) + due });
      }
      return counts;
    });
  }

  /**
   * Moves an agent from one state to another. @returns false where it is not in that state any more
   */
  move(
    { runId, agentId }: OutcomeKey,
    from: OutcomeState,
    to: Pick<StoredOutcome, 'state' | 'reason' | 'at'> & { readonly back?: StoredBack },
  ): Promise<boolean> {
    const { back, ...rest } = to;
    return this.#database.use(async (db) => {
      const { numUpdatedRows } = await db
        .updateTable('floorwatch.automation_outcome')
        .set({ ...rest, ...(back !== undefined && backColumns(back)) })
        .where('run_id', '=', runId)
        .where('agent_id', '=', agentId)
        .where('state', '=', from)
        .executeTakeFirst();
      return numUpdatedRows > 0n;
    });
  }

  /** Everybody who still waits in a run gets this outcome. */
  settleWaiting(runId: string, { state, reason, at }: Pick<StoredOutcome, 'state' | 'reason' | 'at'>): Promise<void> {
    return this.#database.use(async (db) => {
      await db
        .updateTable('floorwatch.automation_outcome')
        .set({ state, reason, at })
        .where('run_id', '=', runId)
        .where('state', '=', 'waiting')
        .execute();
    });
  }

  /** Agents who are to be put back by now, the first due first. */
  listBackDue(upTo: number): Promise<StoredOutcome[]> {
    return this.#database.use(async (db) => {
      const rows = await db
        .selectFrom('floorwatch.automation_outcome')
        .selectAll()
        .where('back_state', '=', 'due')
        .where('back_at', '<=', upTo)
        .orderBy('back_at')
        .limit(500)
        .execute();
      return rows.map(fromOutcomeRow);
    });
  }

  /** @returns false where the way back is not in that state any more: somebody else goes it */
  moveBack(
    { runId, agentId }: OutcomeKey,
    from: StoredBack['state'],
    to: Pick<StoredBack, 'state' | 'reason'>,
  ): Promise<boolean> {
    return this.#database.use(async (db) => {
      const { numUpdatedRows } = await db
        .updateTable('floorwatch.automation_outcome')
        .set({ back_state: to.state, back_reason: to.reason })
        .where('run_id', '=', runId)
        .where('agent_id', '=', agentId)
        .where('back_state', '=', from)
        .executeTakeFirst();
      return numUpdatedRows > 0n;
    });
  }

  /**
   * What a process left in the middle when it was killed: whether it was done nobody knows, and it is not tried again.
   * Only for whoever is alone with the table.
   */
  settleLeftBehind(at: number, reason: string): Promise<void> {
    return this.#database.use(async (db) => {
      await db
        .updateTable('floorwatch.automation_outcome')
        .set({ state: 'unknown', reason, at })
        .where('state', '=', 'changing')
        .execute();
      await db
        .updateTable('floorwatch.automation_outcome')
        .set({ back_state: 'failed', back_reason: reason })
        .where('back_state', '=', 'going')
        .execute();
    });
  }

  /** Drops runs that ended before, and the deleted automations that have none any more. @returns how many runs */
  dropEndedBefore(at: number): Promise<number> {
    return this.#database.use(async (db) => {
      const { numDeletedRows } = await db
        .deleteFrom('floorwatch.automation_run')
        .where('ended_at', '<', at)
        .executeTakeFirst();
      await sql`
        delete from floorwatch.automation a where deleted_at < ${at}
          and not exists (select from floorwatch.automation_run where automation_id = a.id)`.execute(db);
      return Number(numDeletedRows);
    });
  }
}

const selectRuns = (db: Kysely<Tables>) => db.selectFrom('floorwatch.automation_run').selectAll();
