import type {
  AgentId,
  AuditActor,
  ChangeFilter,
  ChangeProgress,
  ChangeRecord,
  ChangeState,
  ChangeStore,
} from '@floorwatch/domain';
import { sql } from 'kysely';
import type { Database } from '../engine/database.ts';
import { changeRecordOf, changeRowOf, progressColumnsOf } from './change-row.ts';

const CHANGE = 'floorwatch.presence_change';
const TURN = 'floorwatch.presence_change_turn';

/** Changes of presences in SQL, from one run to the next and for all processes. Everything throws `StoreUnavailable` alone. */
export class ChangeTable implements ChangeStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  add(record: ChangeRecord): Promise<ChangeRecord> {
    return this.#database.use(async (db) => {
      const added = await db
        .insertInto(CHANGE)
        .values(changeRowOf(record))
        .onConflict((conflict) => conflict.columns(['actor_kind', 'actor_id', 'idempotency_key']).doNothing())
        .returningAll()
        .executeTakeFirst();
      if (added !== undefined) return changeRecordOf(added);
      return (await this.findByKey(record.actor, record.key)) ?? record;
    });
  }

  find(id: string): Promise<ChangeRecord | null> {
    return this.#database.use(async (db) => {
      const row = await db.selectFrom(CHANGE).selectAll().where('id', '=', id).executeTakeFirst();
      return row === undefined ? null : changeRecordOf(row);
    });
  }

  findByKey(actor: AuditActor, key: string): Promise<ChangeRecord | null> {
    return this.#database.use(async (db) => {
      const row = await db
        .selectFrom(CHANGE)
        .selectAll()
        .where('actor_kind', '=', actor.kind)
        .where('actor_id', '=', actor.id ?? '')
        .where('idempotency_key', '=', key)
        .executeTakeFirst();
      return row === undefined ? null : changeRecordOf(row);
    });
  }

  list({ agentIds, groupId, settledSince, limit }: ChangeFilter): Promise<ChangeRecord[]> {
    return this.#database.use(async (db) => {
      let query = db.selectFrom(CHANGE).selectAll();
      if (agentIds !== undefined) query = query.where(sql<boolean>`agent_id = any(${agentIds}::text[])`);
      if (groupId !== undefined) query = query.where('group_id', '=', groupId);
      if (settledSince !== undefined)
        query = query.where((row) => row.or([row('settled_at', 'is', null), row('settled_at', '>=', settledSince)]));
      const rows = await query.orderBy('requested_at', 'desc').orderBy('id').limit(limit).execute();
      return rows.map(changeRecordOf);
    });
  }

  findWritten(agentId: AgentId, at: number): Promise<ChangeRecord | null> {
    return this.#database.use(async (db) => {
      const row = await db
        .selectFrom(CHANGE)
        .selectAll()
        .where('agent_id', '=', agentId)
        .where('written_at', '=', at)
        .where('kind', '=', 'presence')
        .orderBy('requested_at', 'desc')
        .limit(1)
        .executeTakeFirst();
      return row === undefined ? null : changeRecordOf(row);
    });
  }

  progress(id: string, to: ChangeProgress, from?: readonly ChangeState[]): Promise<boolean> {
    return this.#database.use(async (db) => {
      let query = db.updateTable(CHANGE).set(progressColumnsOf(to)).where('id', '=', id);
      if (from !== undefined) query = query.where('state', 'in', [...from]);
      const { numUpdatedRows } = await query.executeTakeFirst();
      return numUpdatedRows > 0n;
    });
  }

  takeTurn({ agentId, changeId, until }: Parameters<ChangeStore['takeTurn']>[0]): Promise<boolean> {
    return this.#database.use(async (db) => {
      const { numInsertedOrUpdatedRows = 0n } = await db
        .insertInto(TURN)
        .values({ agent_id: agentId, change_id: changeId, until_at: until })
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirst();
      return numInsertedOrUpdatedRows > 0n;
    });
  }

  prolongTurns(changeIds: readonly string[], until: number): Promise<void> {
    return this.#database.use(async (db) => {
      await db
        .updateTable(TURN)
        .set({ until_at: until })
        .where(sql<boolean>`change_id = any(${changeIds}::text[])`)
        .execute();
    });
  }

  endTurn(changeId: string): Promise<void> {
    return this.#database.use(async (db) => {
      await db.deleteFrom(TURN).where('change_id', '=', changeId).execute();
    });
  }

  takeOverTurns(now: number, until: number): Promise<ChangeRecord[]> {
    return this.#database.use(async (db) => {
      const turns = await db
        .updateTable(TURN)
        .set({ until_at: until })
        .where('until_at', '<=', now)
        .returning('change_id')
        .execute();
      if (turns.length === 0) return [];
      const ids = turns.map((turn) => turn.change_id);
      const rows = await db
        .selectFrom(CHANGE)
        .selectAll()
        .where(sql<boolean>`id = any(${ids}::text[])`)
        .execute();
      return rows.map(changeRecordOf);
    });
  }

  forgetBefore(at: number): Promise<void> {
    return this.#database.use(async (db) => {
      await db.deleteFrom(CHANGE).where('settled_at', '<', at).execute();
    });
  }
}
