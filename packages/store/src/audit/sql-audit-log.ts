import {
  keepableRecord,
  type AuditEntry,
  type AuditFilter,
  type AuditLog,
  type AuditPage,
  type AuditRecord,
  type ChainCheck,
  type ChainHead,
} from '@floorwatch/domain';
import type { Database } from '../engine/database.ts';
import { AuditTable } from './audit-table.ts';
import { verifyAudit } from './verify-audit.ts';

/** How many records one transaction takes. */
const GROUP = 200;

interface Waiting {
  readonly record: AuditRecord;
  resolve(entry: AuditEntry): void;
  reject(error: unknown): void;
}

/** The audit in SQL. Everything fails with `StoreUnavailable` while the database is away. */
export class SqlAuditLog implements AuditLog {
  readonly #database: Database;
  readonly #table: AuditTable;
  #waiting: Waiting[] = [];
  #isWriting = false;

  constructor(database: Database) {
    this.#database = database;
    this.#table = new AuditTable(database.db);
  }

  /** Those of this process that come while others are written are written together, over one connection. */
  append(record: AuditRecord): Promise<AuditEntry> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ record: keepableRecord(record), resolve, reject });
      if (!this.#isWriting) void this.#write();
    });
  }

  read(filter: AuditFilter, page: AuditPage): Promise<AuditEntry[]> {
    return this.#database.use(() => this.#table.read(filter, page));
  }

  count(filter: AuditFilter, page: Pick<AuditPage, 'beforeSeq'>): Promise<number> {
    return this.#database.use(() => this.#table.count(filter, page));
  }

  head(): Promise<ChainHead> {
    return this.#database.use(() => this.#table.head());
  }

  verify(noted: readonly ChainHead[] = []): Promise<ChainCheck> {
    return verifyAudit((from, limit) => this.#database.use(() => this.#table.readOn(from, limit)), noted);
  }

  async #write(): Promise<void> {
    this.#isWriting = true;
    while (this.#waiting.length > 0) {
      const group = this.#waiting.splice(0, GROUP);
      try {
        const entries = await this.#database.use(() => this.#table.append(group.map(({ record }) => record)));
        for (const [index, entry] of entries.entries()) group[index]?.resolve(entry);
      } catch (error) {
        for (const waiting of group) waiting.reject(error);
      }
    }
    this.#isWriting = false;
  }
}
