import type { AgentId, Clock } from '@floorwatch/domain';
import { MAX_USERS_PER_CALL } from '@floorwatch/genesys';
import type { SnapshotReader } from './snapshot-reader.ts';

/** Calls under way at once: enough to close a gap of 1,000 agents in two round trips, and a third of all that may fly. */
const WORKERS = 5;

/** Pause after a failed read. The client behind it has its own back-off; this only keeps the loop from spinning. */
const PAUSE_AFTER_FAILURE_MS = 1000;

export interface ResyncQueueOptions {
  readonly reader: Pick<SnapshotReader, 'read'>;
  readonly clock: Clock;
}

/** Agents whose events may have been missed. Each is re-read once, as soon as the budget allows; a failure keeps it queued. */
export class ResyncQueue {
  readonly #options: ResyncQueueOptions;
  readonly #waiting = new Set<AgentId>();
  readonly #underWay = new Set<AgentId>();
  #wake: (() => void)[] = [];

  constructor(options: ResyncQueueOptions) {
    this.#options = options;
  }

  /** Agents not yet certain again. */
  get size(): number {
    return this.#waiting.size + this.#underWay.size;
  }

  /** Whether the agent waits for a re-reading, or is being re-read. */
  has(id: AgentId): boolean {
    return this.#waiting.has(id) || this.#underWay.has(id);
  }

  add(ids: Iterable<AgentId>): void {
    for (const id of ids) this.#waiting.add(id);
    const wake = this.#wake;
    this.#wake = [];
    for (const resume of wake) resume();
  }

  /** Works until the signal is aborted. */
  async run(signal: AbortSignal): Promise<void> {
    signal.addEventListener('abort', () => {
      this.add([]); // wakes the workers, who then see the signal
    });
    await Promise.all(Array.from({ length: WORKERS }, () => this.#work(signal)));
  }

  async #work(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const batch = this.#take();
      if (batch.length === 0) await new Promise<void>((resume) => this.#wake.push(resume));
      else await this.#reread(batch, signal);
    }
  }

  /** An agent whose events were missed again while it is being re-read must wait for that to end: reads may overtake each other. */
  #take(): AgentId[] {
    const batch: AgentId[] = [];
    for (const id of this.#waiting) {
      if (batch.length === MAX_USERS_PER_CALL) break;
      if (!this.#underWay.has(id)) batch.push(id);
    }
    for (const id of batch) {
      this.#waiting.delete(id);
      this.#underWay.add(id);
    }
    return batch;
  }

  async #reread(batch: readonly AgentId[], signal: AbortSignal): Promise<void> {
    let again: readonly AgentId[] = [];
    try {
      await this.#options.reader.read({ ids: batch, priority: 'resync', signal });
    } catch {
      again = batch; // the reader has told the monitor why
      await this.#options.clock.sleep(PAUSE_AFTER_FAILURE_MS, signal).catch(() => undefined);
    }
    for (const id of batch) this.#underWay.delete(id);
    this.add(again);
  }
}
