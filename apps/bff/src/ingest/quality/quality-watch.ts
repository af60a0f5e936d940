import { seededRandom, type AgentId, type AuditLog, type Board, type Clock } from '@floorwatch/domain';
import type { GenesysCloud } from '@floorwatch/genesys';
import type { Logger } from 'pino';
import type { Intake } from '../intake.ts';
import type { SnapshotReader } from '../snapshot-reader.ts';
import { SetterWatch } from '../setters/setter-watch.ts';
import { HourlySample, type SampleStatus } from './hourly-sample.ts';
import { StuckWatch, type StuckStatus } from './stuck-watch.ts';
import { VolatileWatch } from './volatile-watch.ts';

/** How often flags are reviewed, ms: as fine as a viewer can tell. */
const REVIEW_EVERY_MS = 1000;

/** Pause between two looks for stuck agents, ms; each look that finds some costs calls. */
const CHECK_EVERY_MS = 5000;

export interface QualityWatchOptions {
  readonly cloud: GenesysCloud;
  readonly board: Board;
  readonly intake: Intake;
  readonly clock: Clock;
  readonly log: Logger;
  readonly reader: Pick<SnapshotReader, 'read'>;
  /** Those whose events arrive. */
  readonly liveAgents: () => readonly AgentId[];
  /** Has these agents read again. */
  readonly refresh: (ids: readonly AgentId[]) => void;
  /** Where it is kept what Floorwatch itself did; null where it is not. */
  readonly audit: AuditLog | null;
  /** How often a sample is compared with the platform, ms. */
  readonly sampleEveryMs: number;
}

export interface QualityStatus {
  readonly stuck: StuckStatus;
  readonly sample: SampleStatus;
}

/** Watches over the board's quality: flapping agents, stuck ones, an hourly comparison with the platform, and who set what. */
export class QualityWatch {
  readonly #options: QualityWatchOptions;
  readonly #volatile: VolatileWatch;
  readonly #stuck: StuckWatch;
  readonly #sample: HourlySample;
  readonly #setters: SetterWatch;

  constructor(options: QualityWatchOptions) {
    this.#options = options;
    const { cloud, board } = options;
    this.#volatile = new VolatileWatch({ board, platformNow: () => cloud.platformNow() });
    this.#stuck = new StuckWatch(options);
    this.#setters = new SetterWatch(options);
    this.#sample = new HourlySample({ ...options, random: seededRandom(board.epoch), everyMs: options.sampleEveryMs });
  }

  status(): QualityStatus {
    return { stuck: this.#stuck.status(), sample: this.#sample.status() };
  }

  /** Watches until the signal is aborted. */
  async run(signal: AbortSignal): Promise<void> {
    const { board, clock } = this.#options;
    const stopListening = board.onChange((change) => {
      this.#volatile.noted(change);
      this.#stuck.noted(change);
    });
    for (const row of board.rows()) this.#stuck.noted({ before: null, after: row });
    const stopReviewing = clock.every(REVIEW_EVERY_MS, () => {
      this.#volatile.review();
      this.#stuck.clear();
    });
    try {
      await Promise.all([this.#checkForStuck(signal), this.#sample.run(signal), this.#setters.run(signal)]);
    } finally {
      stopListening();
      stopReviewing();
    }
  }

  async #checkForStuck(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await this.#options.clock.sleep(CHECK_EVERY_MS, signal);
      await this.#stuck.check(signal);
    }
  }
}
