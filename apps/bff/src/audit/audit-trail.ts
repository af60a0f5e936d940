import type { AuditEntry, AuditFilter, AuditLog, AuditRecord, Clock } from '@floorwatch/domain';
import type { Logger } from 'pino';
import { ApiError } from '../plugins/api-error.ts';

export interface AuditTrailOptions {
  /** Null where there is no store to keep it. */
  readonly audit: AuditLog | null;
  readonly clock: Clock;
  readonly log: Logger;
}

/** Entries of one deed about one agent are a few. */
const LOOKED_AT = 100;

/** What is told of a deed; when, the trail knows. */
export type Deed = Omit<AuditRecord, 'at'>;

/** The way to the audit for everything that is done. */
export class AuditTrail {
  readonly #options: AuditTrailOptions;

  constructor(options: AuditTrailOptions) {
    this.#options = options;
  }

  /** Whether there is anywhere to keep it. */
  get isKept(): boolean {
    return this.#options.audit !== null;
  }

  /**
   * Keeps what is about to be done. No audit, no deed.
   * @throws ApiError 503 `audit-unavailable`
   */
  async record(deed: Deed): Promise<AuditEntry> {
    const { audit, log } = this.#options;
    if (audit === null)
      throw unavailable('There is no store to keep the audit in, so nothing may be changed: start Floorwatch with one');
    try {
      return await audit.append(this.#dated(deed));
    } catch (error) {
      log.error({ event: 'audit-unavailable', action: deed.action, reason: String(error) }, 'a deed was refused');
      throw unavailable('The audit cannot be written right now, so nothing was done: try again in a minute');
    }
  }

  /**
   * Whether something is kept already: for whoever goes on after an interruption.
   * @throws StoreUnavailable
   */
  async has(filter: AuditFilter, isIt: (entry: AuditEntry) => boolean): Promise<boolean> {
    const entries = await this.#options.audit?.read(filter, { beforeSeq: null, limit: LOOKED_AT });
    return entries?.some(isIt) ?? false;
  }

  /** Keeps what has been done already, and cannot be taken back. What is lost of the audit stands in the log. */
  async note(deed: Deed): Promise<void> {
    const { audit, log } = this.#options;
    const record = this.#dated(deed);
    try {
      await audit?.append(record);
    } catch (error) {
      log.error({ event: 'audit-lost', record, reason: String(error) }, 'this could not be kept in the audit');
    }
  }

  #dated(deed: Deed): AuditRecord {
    return { ...deed, at: Math.floor(this.#options.clock.now()) };
  }
}

const unavailable = (message: string): ApiError => new ApiError(503, 'audit-unavailable', message);
