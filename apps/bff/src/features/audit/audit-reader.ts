import type { AuditEntryView, AuditFilterAsked, AuditList, AuditVerification } from '@floorwatch/contracts';
import type { AuditEntry, AuditLog, Board, Clock, Viewer } from '@floorwatch/domain';
import type { DirectoryNames } from '../../ingest/directory.ts';
import { ApiError } from '../../plugins/api-error.ts';
import type { ExportFile } from '../export/export-file.ts';
import { iso } from '../history/asked-range.ts';
import { auditExport } from './audit-export.ts';
import { auditFilterOf } from './audit-scope.ts';

/** How long an answer about the whole chain is good for, ms: walking a long one takes the database's time. */
const VERIFIED_FOR_MS = 60_000;

export interface AuditReaderOptions {
  /** Null where there is no store. */
  readonly audit: AuditLog | null;
  readonly board: Board;
  readonly names: () => DirectoryNames;
  readonly clock: Clock;
  /** Name of the organisation. */
  readonly organisation: string;
}

/** The audit, as far as a viewer may see it. Everything throws ApiError 503 `audit-unavailable` while it cannot be read. */
export class AuditReader {
  readonly #options: AuditReaderOptions;
  #verification: { readonly at: number; readonly answer: Promise<AuditVerification> } | null = null;

  constructor(options: AuditReaderOptions) {
    this.#options = options;
  }

  async list(
    viewer: Viewer,
    { limit, cursor, ...asked }: AuditFilterAsked & { readonly limit: number; readonly cursor?: number | undefined },
  ): Promise<AuditList> {
    const { board } = this.#options;
    const filter = auditFilterOf(viewer, asked, board);
    return this.#use(async (audit) => {
      const [total, entries] = await Promise.all([
        cursor === undefined ? audit.count(filter, { beforeSeq: null }) : null,
        audit.read(filter, { beforeSeq: cursor ?? null, limit: limit + 1 }),
      ]);
      const shown = entries.slice(0, limit);
      const last = entries.length > limit ? shown.at(-1) : undefined;
      return {
        entries: shown.map((entry) => this.#viewOf(entry)),
        total,
        cursor: last === undefined ? null : String(last.seq),
      };
    });
  }

  /** The same entries as a file; what comes while it is taken is not in it. */
  file(viewer: Viewer, asked: AuditFilterAsked, zone: string): Promise<ExportFile> {
    const { board, organisation, clock } = this.#options;
    const filter = auditFilterOf(viewer, asked, board);
    const now = Math.floor(clock.now());
    return this.#use((audit) =>
      auditExport({ audit, filter, asked, organisation, zone, now, viewOf: (entry) => this.#viewOf(entry) }),
    );
  }

  /** Many may ask at once: the chain is walked for all of them together. */
  verify(): Promise<AuditVerification> {
    const now = this.#options.clock.now();
    if (this.#verification === null || now - this.#verification.at >= VERIFIED_FOR_MS) {
      const answer = this.#use((audit) => this.#verify(audit));
      this.#verification = { at: now, answer };
      answer.catch(() => {
        this.#verification = null;
      });
    }
    return this.#verification.answer;
  }

  #viewOf(entry: AuditEntry): AuditEntryView {
    const { target, at } = entry;
    const { board, names } = this.#options;
    const divisionOf = (id: string | null): string | null => names().divisions.find((one) => one.id === id)?.name ?? id;
    return {
      seq: entry.seq,
      at: iso(tellable(at)),
      action: entry.action,
      outcome: entry.outcome,
      actor: entry.actor,
      agent: target && {
        id: target.agentId,
        name: board.rowOf(target.agentId)?.profile.name ?? null,
        division: divisionOf(target.divisionId),
      },
      before: entry.before,
      after: entry.after,
      reason: entry.reason,
      correlationId: entry.correlationId,
      platformCorrelationId: entry.platformCorrelationId,
      hash: entry.hash,
    };
  }

  /** @throws ApiError 503 where there is no audit, or it cannot be read now */
  async #use<T>(work: (audit: AuditLog) => Promise<T>): Promise<T> {
    const { audit } = this.#options;
    if (audit === null) throw unavailable('There is no store, so there is no audit: start Floorwatch with one');
    try {
      return await work(audit);
    } catch (error) {
      if (!isPassing(error)) throw error;
      throw unavailable('The audit cannot be read right now: try again in a minute');
    }
  }

  async #verify(audit: AuditLog): Promise<AuditVerification> {
    const { head, broken } = await audit.verify();
    return {
      verifiedAt: iso(Math.floor(this.#options.clock.now())),
      entries: head.seq,
      head: `${String(head.seq)}:${head.hash}`,
      broken,
    };
  }
}

/** An instant that has four digits for its year: an altered one need not. */
const tellable = (at: number): number => Math.min(Math.max(at, 0), Date.UTC(9999, 11, 31));

const unavailable = (message: string): ApiError => new ApiError(503, 'audit-unavailable', message);

/** An error of the store says itself whether it passes. */
const isPassing = (error: unknown): boolean =>
  error instanceof Error && 'retryable' in error && error.retryable === true;
