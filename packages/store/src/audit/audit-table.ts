import { createHash } from 'node:crypto';
import {
  CHAIN_START,
  sealRecord,
  type AuditEntry,
  type AuditFilter,
  type AuditPage,
  type AuditRecord,
  type ChainHead,
  type HashText,
} from '@floorwatch/domain';
import { sql, type Kysely } from 'kysely';
import { ADVISORY_LOCKS } from '../schema/advisory-locks.ts';
import type { Tables } from '../schema/tables.ts';
import { auditEntryOf, auditRowOf } from './audit-row.ts';

export const sha256: HashText = (text) => createHash('sha256').update(text, 'utf8').digest('hex');

const AUDIT = 'floorwatch.audit';

export class AuditTable {
  readonly #db: Kysely<Tables>;

  constructor(db: Kysely<Tables>) {
    this.#db = db;
  }

  /** Adds these at the end, one after the other; processes on the same database wait for each other. */
  async append(records: readonly AuditRecord[]): Promise<AuditEntry[]> {
    return this.#db.transaction().execute(async (transaction) => {
      // A server that acknowledges before it has written could forget what a deed was already done for.
      await sql`
        select pg_advisory_xact_lock(${ADVISORY_LOCKS.audit}), case current_setting('synchronous_commit')
          when 'off' then set_config('synchronous_commit', 'on', true) end`.execute(transaction);
      let head = await this.head(transaction);
      const entries: AuditEntry[] = [];
      for (const record of records) {
        const entry = sealRecord(record, head, sha256);
        entries.push(entry);
        head = entry;
      }
      await transaction.insertInto(AUDIT).values(entries.map(auditRowOf)).execute();
      return entries;
    });
  }

  async head(db: Kysely<Tables> = this.#db): Promise<ChainHead> {
    const row = await db.selectFrom(AUDIT).select(['seq', 'hash']).orderBy('seq', 'desc').limit(1).executeTakeFirst();
    return row ?? CHAIN_START;
  }

  /** @see AuditLog.read */
  async read(filter: AuditFilter, { beforeSeq, limit }: AuditPage): Promise<AuditEntry[]> {
    const rows = await this.#matching(filter, beforeSeq).selectAll().orderBy('seq', 'desc').limit(limit).execute();
    return rows.map(auditEntryOf);
  }

  /** @see AuditLog.count */
  async count(filter: AuditFilter, { beforeSeq }: Pick<AuditPage, 'beforeSeq'>): Promise<number> {
    const { entries } = await this.#matching(filter, beforeSeq)
      .select((select) => select.fn.countAll<number>().as('entries'))
      .executeTakeFirstOrThrow();
    return entries;
  }

  /** In the order of the chain, from this number on; null for everything there is, also what never should be. */
  async readOn(from: number | null, limit: number): Promise<AuditEntry[]> {
    const rows = await this.#db
      .selectFrom(AUDIT)
      .selectAll()
      .$if(from !== null, (query) => query.where('seq', '>=', from ?? 0))
      .orderBy('seq')
      .limit(limit)
      .execute();
    return rows.map(auditEntryOf);
  }

  #matching(filter: AuditFilter, beforeSeq: number | null) {
    const { actions, outcomes, actorId, agentIds, divisionIds, from, to, correlationId } = filter;
    let query = this.#db.selectFrom(AUDIT);
    const oneOf = { action: actions, outcome: outcomes, agent_id: agentIds, division_id: divisionIds };
    for (const [column, wanted] of Object.entries(oneOf))
      if (wanted !== undefined) query = query.where(sql<boolean>`${sql.ref(column)} = any(${wanted}::text[])`);
    if (actorId !== undefined) query = query.where('actor_id', '=', actorId);
    if (correlationId !== undefined) query = query.where('correlation_id', '=', correlationId);
    if (from !== undefined) query = query.where('at', '>=', from);
    if (to !== undefined) query = query.where('at', '<', to);
    return beforeSeq === null ? query : query.where('seq', '<', beforeSeq);
  }
}
