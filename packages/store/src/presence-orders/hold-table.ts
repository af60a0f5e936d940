import { agentId, HOLD_ENDINGS, type AgentId, type PresenceHold } from '@floorwatch/domain';
import type { Database } from '../engine/database.ts';
import type { HoldRow } from '../schema/tables.ts';
import { fromOrderColumns, toOrderColumns } from './order-columns.ts';

/** Which holds: those that hold and those that have ended since, of one agent or of all. */
export interface HoldFilter {
  readonly endedSince: number;
  readonly agentId?: AgentId;
}

/** Holds, from one run to the next. Every call throws `StoreUnavailable` alone. */
export class HoldTable {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /**
   * Adds a hold; an agent has one at a time.
   * @returns the hold that is there: another one where its owner has used the key before, or the agent is held
   */
  async add(hold: PresenceHold): Promise<PresenceHold> {
    for (;;) {
      const there = await this.#addOrFind(hold);
      if (there !== null) return there;
    }
  }

  /** Null where what stood in the way has ended in between. */
  #addOrFind(hold: PresenceHold): Promise<PresenceHold | null> {
    return this.#database.use((db) =>
      db.transaction().execute(async (transaction) => {
        const added = await transaction
          .insertInto('floorwatch.presence_hold')
          .values(toRow(hold))
          .onConflict((conflict) => conflict.doNothing())
          .returning('id')
          .executeTakeFirst();
        if (added !== undefined) return hold;
        const rows = await transaction
          .selectFrom('floorwatch.presence_hold')
          .selectAll()
          .where((row) =>
            row.or([
              row.and({ user_id: hold.owner.userId, idempotency_key: hold.idempotencyKey }),
              row.and([row('agent_id', '=', hold.agentId), row('ended_at', 'is', null)]),
            ]),
          )
          .execute();
        // The one with this key is the answer, whoever else holds the agent.
        const there = rows.find((row) => row.idempotency_key === hold.idempotencyKey) ?? rows[0];
        return there === undefined ? null : fromRow(there);
      }),
    );
  }

  find(id: string): Promise<PresenceHold | null> {
    return this.#database.use(async (db) => {
      const row = await db.selectFrom('floorwatch.presence_hold').selectAll().where('id', '=', id).executeTakeFirst();
      return row === undefined ? null : fromRow(row);
    });
  }

  /** The latest first. */
  list({ endedSince, agentId: agent }: HoldFilter): Promise<PresenceHold[]> {
    return this.#database.use(async (db) => {
      const rows = await db
        .selectFrom('floorwatch.presence_hold')
        .selectAll()
        .where((row) => row.or([row('ended_at', 'is', null), row('ended_at', '>=', endedSince)]))
        .$if(agent !== undefined, (query) => query.where('agent_id', '=', agent ?? ''))
        .orderBy('started_at', 'desc')
        .execute();
      return rows.map(fromRow);
    });
  }

  /** The one that its owner has started with this key. */
  findByKey(userId: string, key: string): Promise<PresenceHold | null> {
    return this.#database.use(async (db) => {
      const row = await db
        .selectFrom('floorwatch.presence_hold')
        .selectAll()
        .where('user_id', '=', userId)
        .where('idempotency_key', '=', key)
        .executeTakeFirst();
      return row === undefined ? null : fromRow(row);
    });
  }

  /** Notes that it was set again. @returns it as it is now; null where it holds no longer */
  noteSet(
    id: string,
    { at, heldSince }: { readonly at: number; readonly heldSince: number },
  ): Promise<PresenceHold | null> {
    return this.#database.use(async (db) => {
      const row = await db
        .updateTable('floorwatch.presence_hold')
        .set((column) => ({ set_at: at, held_since: heldSince, reasserted: column('reasserted', '+', 1) }))
        .where('id', '=', id)
        .where('ended_at', 'is', null)
        .returningAll()
        .executeTakeFirst();
      return row === undefined ? null : fromRow(row);
    });
  }

  /** Ends one that holds. @returns it as it is now; null where it had ended already, or never was */
  end(id: string, { at, why, reason }: NonNullable<PresenceHold['ended']>): Promise<PresenceHold | null> {
    return this.#database.use(async (db) => {
      const row = await db
        .updateTable('floorwatch.presence_hold')
        .set({ ended_at: at, ended_why: why, ended_reason: reason })
        .where('id', '=', id)
        .where('ended_at', 'is', null)
        .returningAll()
        .executeTakeFirst();
      return row === undefined ? null : fromRow(row);
    });
  }
}

const toRow = (hold: PresenceHold): HoldRow => ({
  ...toOrderColumns(hold),
  agent_id: hold.agentId,
  ends_at: hold.endsAt,
  set_at: hold.setAt,
  reasserted: hold.reasserted,
  held_since: hold.heldSince,
  ended_at: hold.ended?.at ?? null,
  ended_why: hold.ended?.why ?? null,
  ended_reason: hold.ended?.reason ?? null,
});

const fromRow = (row: HoldRow): PresenceHold => ({
  ...fromOrderColumns(row),
  agentId: agentId(row.agent_id),
  endsAt: row.ends_at,
  setAt: row.set_at,
  reasserted: row.reasserted,
  heldSince: row.held_since,
  ended: endOf(row),
});

const endOf = ({ ended_at: at, ended_why, ended_reason }: HoldRow): PresenceHold['ended'] => {
  const why = HOLD_ENDINGS.find((one) => one === ended_why);
  return at === null || why === undefined ? null : { at, why, reason: ended_reason ?? '' };
};
