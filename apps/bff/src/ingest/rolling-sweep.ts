import type { AgentId, Clock } from '@floorwatch/domain';
import { MAX_USERS_PER_CALL } from '@floorwatch/genesys';
import type { SnapshotReader } from './snapshot-reader.ts';

export interface RollingSweepOptions {
  readonly reader: Pick<SnapshotReader, 'read'>;
  readonly clock: Clock;
  /** Whom to re-read; asked anew for each round. */
  readonly agents: () => readonly AgentId[];
  /** How long a round may take, ms. Reads are spread evenly over it. */
  readonly roundMs: number;
  /** Told after a round in which every read succeeded, with the instant at which it began. */
  readonly onRound?: (startedAt: number) => void;
}

/** How long to wait where there is nobody to read, or nothing could be, ms. */
const PAUSE_MS = 1000;

/** Re-reads agents round after round, at an even pace: what no event has told is found out within one round. */
export class RollingSweep {
  readonly #options: RollingSweepOptions;

  constructor(options: RollingSweepOptions) {
    this.#options = options;
  }

  /** Works until the signal is aborted. A round that fails altogether is followed by a pause, never by a busy loop. */
  async run(signal: AbortSignal): Promise<void> {
    const pause = (): Promise<void> => this.#options.clock.sleep(PAUSE_MS, signal).catch(() => undefined);
    while (!signal.aborted) await this.#round(signal).catch(pause);
  }

  async #round(signal: AbortSignal): Promise<void> {
    const { clock, agents, roundMs, onRound } = this.#options;
    const ids = agents();
    if (ids.length === 0) {
      await clock.sleep(Math.min(roundMs, PAUSE_MS), signal);
      return;
    }
    const startedAt = clock.now();
    const reads = Math.ceil(ids.length / MAX_USERS_PER_CALL);
    let complete = true;
    for (let read = 0; read < reads; read += 1) {
      const batch = ids.slice(read * MAX_USERS_PER_CALL, (read + 1) * MAX_USERS_PER_CALL);
      complete = (await this.#read(batch, signal)) && complete;
      await clock.sleep(roundMs / reads, signal);
    }
    if (complete) onRound?.(startedAt);
  }

  async #read(ids: readonly AgentId[], signal: AbortSignal): Promise<boolean> {
    try {
      await this.#options.reader.read({ ids, priority: 'sweep', signal });
      return true;
    } catch {
      return false; // the reader has told the monitor why; these agents' turn comes again next round
    }
  }
}
