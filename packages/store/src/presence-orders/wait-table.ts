import { agentId, presenceDefinitionId, type AgentId, type AwaitedEnd } from '@floorwatch/domain';
import type { Database } from '../engine/database.ts';
import type { WaitRow } from '../schema/tables.ts';
import { knownPresence } from './known-presence.ts';

/** A change that waits for the end of a contact, and the ETag of the presence it is to replace. */
export interface WaitingChange extends AwaitedEnd {
  readonly changeId: string;
  readonly agentId: AgentId;
  readonly etag: string;
}

/** Changes that wait for the end of a contact, from one run to the next. Every call throws `StoreUnavailable` alone. */
export class WaitTable {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Adds one; an agent has one at a time. @returns the id of the change that waits for this agent now */
  async add(wait: WaitingChange): Promise<string> {
    for (;;) {
      const there = await this.#addOrFind(wait);
      if (there !== null) return there;
    }
  }

  /** Null where what stood in the way has gone in between. */
  #addOrFind(wait: WaitingChange): Promise<string | null> {
    return this.#database.use(async (db) => {
      const added = await db
        .insertInto('floorwatch.presence_wait')
        .values(toRow(wait))
        .onConflict((conflict) => conflict.doNothing())
        .returning('change_id')
        .executeTakeFirst();
      if (added !== undefined) return added.change_id;
      const there = await db
        .selectFrom('floorwatch.presence_wait')
        .select('change_id')
        .where('agent_id', '=', wait.agentId)
        .executeTakeFirst();
      return there?.change_id ?? null;
    });
  }

  list(): Promise<WaitingChange[]> {
    return this.#database.use(async (db) => {
      const rows = await db.selectFrom('floorwatch.presence_wait').selectAll().execute();
      return rows.map(fromRow);
    });
  }

  remove(changeId: string): Promise<void> {
    return this.#database.use(async (db) => {
      await db.deleteFrom('floorwatch.presence_wait').where('change_id', '=', changeId).execute();
    });
  }
}

const toRow = ({ changeId, agentId: agent, etag, presence, heldSince, waitsUntil }: WaitingChange): WaitRow => ({
  change_id: changeId,
  agent_id: agent,
  etag,
  system: presence.system,
  definition_id: presence.definitionId,
  message: presence.message,
  held_since: heldSince,
  waits_until: waitsUntil,
});

const fromRow = (row: WaitRow): WaitingChange => {
  const definitionId = row.definition_id === null ? null : presenceDefinitionId(row.definition_id);
  return {
    changeId: row.change_id,
    agentId: agentId(row.agent_id),
    etag: row.etag,
    presence: { system: knownPresence(row.system), definitionId, message: row.message },
    heldSince: row.held_since,
    waitsUntil: row.waits_until,
  };
};
