import { sql, type Kysely } from 'kysely';
import type { Database } from '../engine/database.ts';
import type { Tables } from '../schema/tables.ts';
import {
  deliveryOf,
  type DeliveryFilter,
  type DeliveryOutcome,
  type DeliveryPage,
  type NewDelivery,
  type StoredDelivery,
} from './delivery-row.ts';

const TABLE = 'floorwatch.webhook_delivery';

/** What one step along the stream comes to for a webhook. */
export interface Taking {
  readonly webhookId: string;
  /** Where the webhook stood, and where it stands afterwards. */
  readonly from: string;
  readonly to: string;
  readonly deliveries: readonly NewDelivery[];
}

/** Deliveries of a webhook by what became of them. */
export interface DeliveryCounts {
  readonly waiting: number;
  readonly dead: number;
  /** When the oldest that waits was taken, ms on our clock; null where none does. */
  readonly waitingSince: number | null;
}

/** How long what is over is kept. */
export interface DeliveryRetention {
  /** Delivered ones before this go, and all but the newest `newest` of each webhook. */
  readonly deliveredBefore: number;
  readonly newest: number;
  readonly deadBefore: number;
}

/** Every message to every webhook: what waits, and what became of the others. Every call throws `StoreUnavailable` alone. */
export class DeliveryTable {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /**
   * Adds deliveries and moves the webhook's cursor on, both or none.
   * @returns their numbers, in order; null where the webhook does not stand at `from` (any more)
   */
  take({ webhookId, from, to, deliveries }: Taking): Promise<number[] | null> {
    return this.#database.use((db) =>
      db.transaction().execute(async (transaction) => {
        const { numUpdatedRows } = await transaction
          .updateTable('floorwatch.webhook')
          .set({ cursor: to })
          .where('id', '=', webhookId)
          .where('cursor', '=', from)
          .executeTakeFirst();
        if (numUpdatedRows === 0n) return null;
        if (deliveries.length === 0) return [];
        const { rows } = await insertion(webhookId, deliveries).execute(transaction);
        return rows.map(({ seq }) => seq).toSorted((a, b) => a - b);
      }),
    );
  }

  /** One that is over already: a test. */
  addSettled(webhookId: string, delivery: NewDelivery, outcome: Omit<DeliveryOutcome, 'seq'>): Promise<StoredDelivery> {
    return this.#database.use((db) =>
      db.transaction().execute(async (transaction) => {
        const { rows } = await insertion(webhookId, [delivery]).execute(transaction);
        const [row] = rows;
        if (row === undefined) throw new Error('a delivery that was added is not there');
        await settling([{ ...outcome, seq: row.seq }]).execute(transaction);
        const kept = await transaction
          .selectFrom(TABLE)
          .selectAll()
          .where('seq', '=', row.seq)
          .executeTakeFirstOrThrow();
        return deliveryOf(kept);
      }),
    );
  }

  /** All that wait, in order. */
  waiting(webhookId: string): Promise<Pick<StoredDelivery, 'seq' | 'orderKey'>[]> {
    return this.#database.use(async (db) => {
      const rows = await db
        .selectFrom(TABLE)
        .select(['seq', 'order_key'])
        .where('webhook_id', '=', webhookId)
        .where('state', '=', 'waiting')
        .orderBy('seq')
        .execute();
      return rows.map(({ seq, order_key }) => ({ seq, orderKey: order_key }));
    });
  }

  /** Those of them that still wait. */
  read(seqs: readonly number[]): Promise<StoredDelivery[]> {
    return this.#database.use(async (db) => {
      const rows = await db
        .selectFrom(TABLE)
        .selectAll()
        .where(sql<boolean>`seq = any(${seqs}::bigint[])`)
        .where('state', '=', 'waiting')
        .execute();
      return rows.map(deliveryOf);
    });
  }

  /** What came of an attempt each. */
  settle(outcomes: readonly DeliveryOutcome[]): Promise<void> {
    return this.#database.use(async (db) => {
      if (outcomes.length > 0) await settling(outcomes).execute(db);
    });
  }

  /** Lets dead ones wait again, with a new count of attempts. @returns those that were dead, in order */
  revive(
    webhookId: string,
    { seqs, now, limit }: { readonly seqs: readonly number[] | 'all'; readonly now: number; readonly limit: number },
  ): Promise<Pick<StoredDelivery, 'seq' | 'orderKey'>[]> {
    return this.#database.use(async (db) => {
      const chosen = seqs === 'all' ? sql`true` : sql`seq = any(${seqs}::bigint[])`;
      const { rows } = await sql<{ seq: number; order_key: string }>`
        update floorwatch.webhook_delivery set state = 'waiting', attempts = 0, taken_at = ${now}, settled_at = null
        where seq in (
          select seq from floorwatch.webhook_delivery
          where webhook_id = ${webhookId} and state = 'dead' and ${chosen} order by seq limit ${limit}
        )
        returning seq, order_key`.execute(db);
      return rows.map(({ seq, order_key }) => ({ seq, orderKey: order_key })).toSorted((a, b) => a.seq - b.seq);
    });
  }

  /** By webhook; one without deliveries is left out. */
  counts(): Promise<Map<string, DeliveryCounts>> {
    return this.#database.use(async (db) => {
      const { rows } = await sql<{ webhook_id: string; waiting: number; dead: number; since: number | null }>`
        select webhook_id, count(*) filter (where state = 'waiting') as waiting, count(*) filter (where state = 'dead') as dead,
          min(taken_at) filter (where state = 'waiting') as since
        from floorwatch.webhook_delivery where state in ('waiting', 'dead') group by webhook_id`.execute(db);
      return new Map(
        rows.map(({ webhook_id, waiting, dead, since }) => [webhook_id, { waiting, dead, waitingSince: since }]),
      );
    });
  }

  /** The newest first. */
  list(webhookId: string, filter: DeliveryFilter, { beforeSeq, limit }: DeliveryPage): Promise<StoredDelivery[]> {
    return this.#database.use(async (db) => {
      let query = db.selectFrom(TABLE).selectAll().where('webhook_id', '=', webhookId);
      if (filter.states !== undefined) query = query.where('state', 'in', [...filter.states]);
      if (filter.agentId !== undefined) query = query.where('agent_id', '=', filter.agentId);
      if (beforeSeq !== null) query = query.where('seq', '<', beforeSeq);
      const rows = await query.orderBy('seq', 'desc').limit(limit).execute();
      return rows.map(deliveryOf);
    });
  }

  /** Takes away what has been kept long enough; never what waits. @returns how many went */
  prune({ deliveredBefore, newest, deadBefore }: DeliveryRetention): Promise<number> {
    return this.#database.use(async (db) => {
      const { numAffectedRows: old = 0n } = await sql`
        delete from floorwatch.webhook_delivery
        where (state in ('delivered', 'failed') and taken_at < ${deliveredBefore}) or (state = 'dead' and taken_at < ${deadBefore})`.execute(
        db,
      );
      const { numAffectedRows: many = 0n } = await sql`
        delete from floorwatch.webhook_delivery d using (
          select w.id, (
            select seq from floorwatch.webhook_delivery n
            where n.webhook_id = w.id and n.state = 'delivered' order by n.seq desc offset ${newest} limit 1
          ) as last from floorwatch.webhook w
        ) as bound
        where d.webhook_id = bound.id and d.state = 'delivered' and d.seq <= bound.last`.execute(db);
      if (this.#database.engine.name === 'pglite') await vacuumOften(db);
      return Number(old + many);
    });
  }
}

/** Rows come and go here all the time, and the embedded engine has nobody else who makes their room free again. */
const vacuumOften = async (db: Kysely<Tables>): Promise<void> => {
  await sql`vacuum floorwatch.webhook_delivery`.execute(db);
  const { rows } = await sql<{ there: boolean }>`
    select to_regclass('floorwatch_jobs.job_common') is not null as there`.execute(db);
  if (rows[0]?.there === true) await sql`vacuum floorwatch_jobs.job_common`.execute(db);
};

const insertion = (webhookId: string, deliveries: readonly NewDelivery[]) => sql<{ seq: number }>`
  insert into floorwatch.webhook_delivery
    (webhook_id, message_id, type, agent_id, order_key, occurred_at, taken_at, body, state, attempts)
  select ${webhookId}, t.message_id, t.type, t.agent_id, t.order_key, t.occurred_at, t.taken_at, t.body, 'waiting', 0
  from unnest(
    ${deliveries.map(({ messageId }) => messageId)}::text[],
    ${deliveries.map(({ type }) => type)}::text[],
    ${deliveries.map(({ agentId }) => agentId)}::text[],
    ${deliveries.map(({ orderKey }) => orderKey)}::text[],
    ${deliveries.map(({ occurredAt }) => occurredAt)}::bigint[],
    ${deliveries.map(({ takenAt }) => takenAt)}::bigint[],
    ${deliveries.map(({ body }) => body)}::text[]
  ) with ordinality as t(message_id, type, agent_id, order_key, occurred_at, taken_at, body, place)
  order by t.place
  returning seq`;

const settling = (outcomes: readonly DeliveryOutcome[]) => sql`
  update floorwatch.webhook_delivery d set
    state = t.state, attempts = d.attempts + 1, attempted_at = t.at, status = t.status, latency_ms = t.latency,
    response = t.response, error = t.error, settled_at = case when t.state = 'waiting' then null else t.at end
  from unnest(
    ${outcomes.map(({ seq }) => seq)}::bigint[],
    ${outcomes.map(({ state }) => state)}::text[],
    ${outcomes.map(({ at }) => at)}::bigint[],
    ${outcomes.map(({ status }) => status)}::integer[],
    ${outcomes.map(({ latencyMs }) => latencyMs)}::integer[],
    ${outcomes.map(({ response }) => response)}::text[],
    ${outcomes.map(({ error }) => error)}::text[]
  ) as t(seq, state, at, status, latency, response, error)
  where d.seq = t.seq and d.state = 'waiting'`;
