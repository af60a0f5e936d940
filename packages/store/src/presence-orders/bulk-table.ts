import {
  agentId,
  BULK_STATES,
  type AgentId,
  type Bulk,
  type BulkState,
  type BulkTurn,
  type ChangeProblem,
} from '@floorwatch/domain';
import type { Database } from '../engine/database.ts';
import type { BulkRow, TurnRow } from '../schema/tables.ts';
import { fromOrderColumns, toOrderColumns } from './order-columns.ts';

/** How a bulk ends. */
export interface BulkEnd {
  readonly state: Exclude<BulkState, 'running'>;
  readonly reason: string | null;
  readonly at: number;
}

/** Bulks and the turns of their agents, from one run to the next. Every call throws `StoreUnavailable` alone. */
export class BulkTable {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /**
   * Adds a bulk with its turns, all or nothing.
   * @returns the bulk that is there: another one where its owner has used the key before, or has one that runs
   */
  async add(bulk: Bulk, turns: readonly BulkTurn[]): Promise<Bulk> {
    for (;;) {
      const there = await this.#addOrFind(bulk, turns);
      if (there !== null) return there;
    }
  }

  /** Null where what stood in the way has ended in between. */
  #addOrFind(bulk: Bulk, turns: readonly BulkTurn[]): Promise<Bulk | null> {
    return this.#database.use((db) =>
      db.transaction().execute(async (transaction) => {
        const added = await transaction
          .insertInto('floorwatch.presence_bulk')
          .values({ ...toOrderColumns(bulk), state: bulk.state, reason: bulk.reason, ended_at: bulk.endedAt })
          .onConflict((conflict) => conflict.doNothing())
          .returning('id')
          .executeTakeFirst();
        if (added === undefined) {
          const there = await transaction
            .selectFrom('floorwatch.presence_bulk')
            .selectAll()
            .where('user_id', '=', bulk.owner.userId)
            .where((row) => row.or([row('idempotency_key', '=', bulk.idempotencyKey), row('state', '=', 'running')]))
            // The one with this key first: it is the answer, whatever else runs.
            .orderBy((row) => row('idempotency_key', '=', bulk.idempotencyKey), 'desc')
            .executeTakeFirst();
          return there === undefined ? null : fromRow(there);
        }
        await transaction
          .insertInto('floorwatch.presence_bulk_turn')
          .values(turns.map((turn, place) => toTurnRow(bulk.id, turn, place)))
          .execute();
        return bulk;
      }),
    );
  }

  find(id: string): Promise<Bulk | null> {
    return this.#database.use(async (db) => {
      const row = await db.selectFrom('floorwatch.presence_bulk').selectAll().where('id', '=', id).executeTakeFirst();
      return row === undefined ? null : fromRow(row);
    });
  }

  /** Those that run, and those that have ended since; the latest first. */
  list({ endedSince }: { readonly endedSince: number }): Promise<Bulk[]> {
    return this.#database.use(async (db) => {
      const rows = await db
        .selectFrom('floorwatch.presence_bulk')
        .selectAll()
        .where((row) => row.or([row('state', '=', 'running'), row('ended_at', '>=', endedSince)]))
        .orderBy('started_at', 'desc')
        .execute();
      return rows.map(fromRow);
    });
  }

  /** In the order in which they were asked for. */
  turnsOf(id: string): Promise<BulkTurn[]> {
    return this.#database.use(async (db) => {
      const rows = await db
        .selectFrom('floorwatch.presence_bulk_turn')
        .selectAll()
        .where('bulk_id', '=', id)
        .orderBy('place')
        .execute();
      return rows.map(fromTurnRow);
    });
  }

  /** Notes why the turn of an agent came to no change. */
  noteProblem(id: string, agent: AgentId, { code, message }: ChangeProblem): Promise<void> {
    return this.#database.use(async (db) => {
      await db
        .updateTable('floorwatch.presence_bulk_turn')
        .set({ problem_code: code, problem_message: message })
        .where('bulk_id', '=', id)
        .where('agent_id', '=', agent)
        .execute();
    });
  }

  /** Ends one that runs. @returns it as it is now; null where it had ended already, or never was */
  end(id: string, { state, reason, at }: BulkEnd): Promise<Bulk | null> {
    return this.#database.use(async (db) => {
      const row = await db
        .updateTable('floorwatch.presence_bulk')
        .set({ state, reason, ended_at: at })
        .where('id', '=', id)
        .where('state', '=', 'running')
        .returningAll()
        .executeTakeFirst();
      return row === undefined ? null : fromRow(row);
    });
  }
}

const toTurnRow = (bulkId: string, { agentId: agent, etag, changeId, problem }: BulkTurn, place: number): TurnRow => ({
  bulk_id: bulkId,
  place,
  agent_id: agent,
  etag,
  change_id: changeId,
  problem_code: problem?.code ?? null,
  problem_message: problem?.message ?? null,
});

const fromTurnRow = ({
  agent_id: agent,
  etag,
  change_id: changeId,
  problem_code,
  problem_message,
}: TurnRow): BulkTurn => ({
  agentId: agentId(agent),
  etag,
  changeId,
  problem: problem_code === null ? null : { code: problem_code, message: problem_message ?? '' },
});

const fromRow = (row: BulkRow): Bulk => {
  const state = BULK_STATES.find((one) => one === row.state);
  if (state === undefined) throw new Error(`the state "${row.state}" of a bulk is not known`);
  return { ...fromOrderColumns(row), state, reason: row.reason, endedAt: row.ended_at };
};
