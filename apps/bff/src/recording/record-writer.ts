import {
  WINDOW_LOOK_BACK_MS,
  type GapState,
  type RecordingGap,
  type RecordingStore,
  type Transition,
} from '@floorwatch/domain';
import type { NewGap } from './dated-fact.ts';
import type { PastChange, WindowKeeper } from './window-keeper.ts';

export interface RecordBatch {
  readonly gaps: readonly NewGap[];
  readonly transitions: readonly Transition[];
}

export interface RecordWriterOptions {
  readonly store: RecordingStore;
  readonly windows: WindowKeeper;
  /** The platform's clock, ms. */
  readonly platformNow: () => number;
  /** How far back a change of unknown end can reach, ms. */
  readonly backfillMs: number;
}

/**
 * The one way into the store. Its order makes a process that is killed between any two steps harmless: first it is written
 * from where windows must be made again, then what is doubted, then what happened. All of it may be written twice.
 */
export class RecordWriter {
  readonly #options: RecordWriterOptions;
  #aliveAt: number | null = null;
  /** What the store has as progress, as far as this process knows. */
  #writtenUpTo: number | null = null;
  #written = 0;

  constructor(options: RecordWriterOptions) {
    this.#options = options;
  }

  /** Transitions that were new to the store, since the start. */
  get written(): number {
    return this.#written;
  }

  /** Goes on from what an earlier run has written. */
  goOnFrom({ aliveAt, windowsUpTo }: { aliveAt: number | null; windowsUpTo: number }): void {
    this.#aliveAt = aliveAt;
    this.#writtenUpTo = windowsUpTo;
    this.#options.windows.goOnFrom(windowsUpTo);
  }

  /** @returns how many transitions were new */
  async write({ gaps, transitions }: RecordBatch): Promise<number> {
    const { store } = this.#options;
    // A gap of a time without recording has no windows yet; they are made when it is closed.
    const lost = gaps.filter(({ reason }) => reason === 'events-lost').map(changeOfGap);
    return this.#changing([...lost, ...this.#changesOf(transitions)], async () => {
      if (gaps.length > 0) await store.addGaps(gaps);
      if (transitions.length === 0) return 0;
      const added = await store.addTransitions(transitions);
      this.#written += added;
      return added;
    });
  }

  async close(gaps: readonly RecordingGap[], state: Exclude<GapState, 'open'>): Promise<void> {
    if (gaps.length === 0) return;
    await this.#changing(gaps.map(changeOfGap), () => this.#options.store.closeGaps(gaps, state));
  }

  /** Everything that was told before `aliveAt` (platform clock, ms) is in the store. */
  async noteAlive(aliveAt: number): Promise<void> {
    const upTo = this.#options.windows.safeUpTo;
    this.#aliveAt = aliveAt;
    if (upTo === null) return;
    await this.#options.store.writeProgress({ windowsUpTo: upTo, aliveAt: this.#aliveAt });
    this.#writtenUpTo = upTo;
  }

  async #changing<Answer>(changes: readonly PastChange[], write: () => Promise<Answer>): Promise<Answer> {
    const { windows } = this.#options;
    const expectation = windows.expect(changes);
    try {
      await this.#lowerProgress();
      return await write();
    } finally {
      windows.fulfil(expectation); // a failure may come after the deed
    }
  }

  /** A change holds until the next one of its kind, wherever that is. */
  #changesOf(transitions: readonly Transition[]): PastChange[] {
    const { platformNow, backfillMs } = this.#options;
    const to = platformNow();
    return transitions
      .filter(({ fact }) => fact.kind !== 'outOfOffice' && fact.kind !== 'queues')
      .map(({ agentId, at }) => ({ agentId, from: Math.max(at, to - backfillMs), to }));
  }

  async #lowerProgress(): Promise<void> {
    const upTo = this.#options.windows.safeUpTo;
    if (upTo === null || this.#aliveAt === null || this.#writtenUpTo === null || upTo >= this.#writtenUpTo) return;
    await this.#options.store.writeProgress({ windowsUpTo: upTo, aliveAt: this.#aliveAt });
    this.#writtenUpTo = upTo;
  }
}

const changeOfGap = ({ agentId, from, to }: NewGap): PastChange => ({ agentId, from, to: to + WINDOW_LOOK_BACK_MS });
