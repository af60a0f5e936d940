import type { AuditLog, Clock } from '@floorwatch/domain';
import type { Logger } from 'pino';

const DAY_MS = 86_400_000;

export interface HeadWitnessOptions {
  readonly audit: AuditLog;
  readonly clock: Clock;
  readonly log: Logger;
}

/**
 * Writes the head of the audit into the log, once a day, at the start and at the end. A chain cannot know that its end was cut
 * off, or that it was written anew from some entry on; a log that is kept elsewhere can (`pnpm audit:verify --head`).
 */
export class HeadWitness {
  readonly #options: HeadWitnessOptions;
  #stopTicks: () => void = () => undefined;

  constructor(options: HeadWitnessOptions) {
    this.#options = options;
  }

  start(): void {
    this.#stopTicks = this.#options.clock.every(DAY_MS, () => void this.#tell());
    void this.#tell();
  }

  async stop(): Promise<void> {
    this.#stopTicks();
    await this.#tell();
  }

  async #tell(): Promise<void> {
    const { audit, log } = this.#options;
    try {
      const { seq, hash } = await audit.head();
      log.info({ event: 'audit-head', head: `${String(seq)}:${hash}` }, 'how far the audit goes');
    } catch (error) {
      log.warn({ event: 'audit-head-unknown', reason: String(error) }, 'how far the audit goes cannot be read');
    }
  }
}
