import type {
  AuditEntry,
  AuditFilter,
  AuditLog,
  AuditPage,
  AuditRecord,
  ChainCheck,
  ChainHead,
} from './audit-entry.ts';
import { CHAIN_START, cutProblem, followChain, sealRecord, type HashText } from './chain.ts';

/** An audit in memory, which a test can take away, and look into. */
export class FakeAuditLog implements AuditLog {
  /** What every call fails with; null while it can be reached. */
  outage: Error | null = null;
  readonly #entries: AuditEntry[] = [];

  /** In the order in which they were added. */
  get entries(): readonly AuditEntry[] {
    return this.#entries;
  }

  async append(record: AuditRecord): Promise<AuditEntry> {
    await this.#reach();
    const entry = sealRecord(record, this.#entries.at(-1) ?? CHAIN_START, weakHash);
    this.#entries.push(entry);
    return entry;
  }

  async read(filter: AuditFilter, { beforeSeq, limit }: AuditPage): Promise<AuditEntry[]> {
    await this.#reach();
    return this.#matching(filter, beforeSeq).slice(0, limit);
  }

  async count(filter: AuditFilter, { beforeSeq }: Pick<AuditPage, 'beforeSeq'>): Promise<number> {
    await this.#reach();
    return this.#matching(filter, beforeSeq).length;
  }

  async head(): Promise<ChainHead> {
    await this.#reach();
    const { seq, hash } = this.#entries.at(-1) ?? CHAIN_START;
    return { seq, hash };
  }

  async verify(noted: readonly ChainHead[] = []): Promise<ChainCheck> {
    await this.#reach();
    const witnesses = new Map(noted.map(({ seq, hash }) => [seq, hash]));
    const check = followChain(CHAIN_START, this.#entries, { hash: weakHash, witnesses });
    return { ...check, broken: check.broken ?? cutProblem(check.head, witnesses) };
  }

  #matching(filter: AuditFilter, beforeSeq: number | null): AuditEntry[] {
    return this.#entries
      .filter((entry) => matches(entry, filter) && (beforeSeq === null || entry.seq < beforeSeq))
      .toReversed();
  }

  /** An answer takes a moment, as from any other store. */
  async #reach(): Promise<void> {
    await Promise.resolve();
    if (this.outage !== null) throw this.outage;
  }
}

const matches = (entry: AuditEntry, filter: AuditFilter): boolean =>
  isOneOf(entry.action, filter.actions) &&
  isOneOf(entry.outcome, filter.outcomes) &&
  isOneOf(entry.actor.id, filter.actorId === undefined ? undefined : [filter.actorId]) &&
  isOneOf(entry.correlationId, filter.correlationId === undefined ? undefined : [filter.correlationId]) &&
  isOneOf(entry.target?.agentId ?? null, filter.agentIds) &&
  isOneOf(entry.target?.divisionId ?? null, filter.divisionIds) &&
  entry.at >= (filter.from ?? -Infinity) &&
  entry.at < (filter.to ?? Infinity);

const isOneOf = (value: string | null, wanted: readonly string[] | undefined): boolean =>
  wanted === undefined || (value !== null && wanted.includes(value));

/** Tells texts apart, as tests need it; anybody could find two with the same hash. */
const weakHash: HashText = (text) => {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  return (value >>> 0).toString(16).padStart(64, '0');
};
