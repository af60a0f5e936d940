import type { Clock, Transition } from '@floorwatch/domain';
import type { Logger } from 'pino';
import type { NewGap } from './dated-fact.ts';
import type { RecordWriter } from './record-writer.ts';
import type { SpillEntry } from './spill-entry.ts';
import type { SpillFile, SpillStatus } from './spill-file.ts';

/** How often what has come in is written, ms. */
const FLUSH_EVERY_MS = 250;

/** The most that is written at once. */
const BATCH_SIZE = 500;

/** How often progress is written where nothing else is, ms: what a killed process has to look for begins there. */
const ALIVE_EVERY_MS = 2000;

/** The pause after a failure of the store, ms. */
const RETRY_MS = 1000;

/** From here on what waits is put on disk, entries: about 20 MB. */
export const MEMORY_BOUND = 100_000;

/** A store that has been down this long will be for longer, ms: what waits is put on disk, where a crash leaves it. */
const SPILL_AFTER_MS = 10_000;

/** Lags that the figures are made of: some minutes of a busy floor, some hours of a quiet one. */
const LAGS = 1000;

export interface RecordQueueOptions {
  readonly writer: RecordWriter;
  readonly spill: SpillFile;
  readonly clock: Clock;
  readonly log: Logger;
  /** The platform's clock, ms. */
  readonly platformNow: () => number;
  /** From when on something may be missing that has not come in yet; null where there is no such thing. */
  readonly heldBackFrom: () => number | null;
  /** Entries that memory may hold; `MEMORY_BOUND` where it is left out. */
  readonly memoryBound?: number;
}

export interface RecordQueueStatus {
  readonly waiting: number;
  readonly spilled: SpillStatus;
  /** Since when the store cannot be written, our clock, ms, and why; null while it can. */
  readonly storeDown: { readonly since: number; readonly reason: string } | null;
  /** Agents of whom something was given up because neither memory nor disk had room: gaps tell of it. */
  readonly givenUp: number;
  /** From the platform's instant to the record, ms: half of the latest events took less, and 99 in 100; null before the first. */
  readonly lag: { readonly p50Ms: number; readonly p99Ms: number } | null;
}

/** Between the live path, which only pushes, and a store that may be slow or away. Its memory is bounded. */
export class RecordQueue {
  readonly #options: RecordQueueOptions;
  #gaps: NewGap[] = [];
  #transitions: Transition[] = [];
  readonly #givenUp = new Map<string, NewGap>();
  readonly #lags: number[] = [];
  #storeDown: RecordQueueStatus['storeDown'] = null;
  #aliveWrittenAt = -Infinity;
  #turn: Promise<void> = Promise.resolve();
  /** Closed while it is not known what an earlier run has recorded: nothing of this run may be taken for that. */
  #isOpen = false;

  constructor(options: RecordQueueOptions) {
    this.#options = options;
  }

  status(): RecordQueueStatus {
    return {
      waiting: this.#waiting,
      spilled: this.#options.spill.status(),
      storeDown: this.#storeDown,
      givenUp: this.#givenUp.size,
      lag: lagOf(this.#lags),
    };
  }

  get isStoreDown(): boolean {
    return this.#storeDown !== null;
  }

  /** On the live path. */
  addTransition(transition: Transition): void {
    this.#transitions.push(transition);
  }

  addGap(gap: NewGap): void {
    this.#gaps.push(gap);
  }

  /** From now on what comes in is written. */
  open(): void {
    this.#isOpen = true;
  }

  /** Writes what an earlier run could only put on disk. */
  async writeInherited(): Promise<void> {
    for await (const entries of this.#options.spill.inheritedBatches(BATCH_SIZE)) await this.#writeEntries(entries);
  }

  /** The store has failed somebody else, too. */
  noteFailure(error: unknown): void {
    const { clock, log } = this.#options;
    const reason = error instanceof Error ? error.message : String(error);
    if (this.#storeDown === null)
      log.warn({ event: 'store-down', reason }, 'nothing can be recorded; it is kept until it can');
    this.#storeDown = { since: this.#storeDown?.since ?? clock.now(), reason };
  }

  /** Writes until the signal is aborted, whatever the store does. */
  async run(signal: AbortSignal): Promise<void> {
    const { clock } = this.#options;
    while (!signal.aborted) {
      const isWritten = await this.drain().then(
        () => true,
        () => false,
      );
      await clock.sleep(isWritten ? FLUSH_EVERY_MS : RETRY_MS, signal).catch(() => undefined);
    }
  }

  /**
   * Writes all that has come in.
   * @throws what the store throws; then what was not written is in memory or on disk
   */
  async drain(): Promise<void> {
    const turn = this.#turn.then(async () => {
      try {
        await this.#drain();
      } catch (error) {
        await this.#bear(error);
        throw error;
      }
    });
    this.#turn = turn.catch(() => undefined);
    return turn;
  }

  /** Writes what is left, or puts it on disk where the store cannot be written: the process ends. */
  async finish(): Promise<void> {
    this.#aliveWrittenAt = -Infinity;
    await this.drain().catch(() => undefined);
    if (this.#waiting > 0) await this.#spill();
  }

  get #waiting(): number {
    return this.#gaps.length + this.#transitions.length;
  }

  async #drain(): Promise<void> {
    const { writer, clock, memoryBound = MEMORY_BOUND } = this.#options;
    if (!this.#isOpen) {
      if (this.#waiting > memoryBound) await this.#spill();
      return;
    }
    await this.#replay();
    for (const [agentId, gap] of this.#givenUp) {
      await writer.write({ gaps: [gap], transitions: [] });
      this.#givenUp.delete(agentId);
    }
    while (this.#waiting > 0) {
      const gaps = this.#gaps.slice(0, BATCH_SIZE);
      const transitions = this.#transitions.slice(0, BATCH_SIZE);
      await writer.write({ gaps, transitions });
      this.#gaps.splice(0, gaps.length);
      this.#transitions.splice(0, transitions.length);
      this.#noteLags(transitions);
      this.#recovered();
    }
    if (clock.now() - this.#aliveWrittenAt < ALIVE_EVERY_MS) return;
    await writer.noteAlive(this.#aliveAt());
    this.#aliveWrittenAt = clock.now();
    this.#recovered();
  }

  /** What was put on disk goes first: it is older. */
  async #replay(): Promise<void> {
    const { spill, memoryBound = MEMORY_BOUND } = this.#options;
    if (spill.isEmpty) return;
    for await (const entries of spill.batches(BATCH_SIZE)) {
      await this.#writeEntries(entries);
      this.#recovered();
      if (this.#waiting > memoryBound) await this.#spill();
    }
    await spill.clear();
  }

  async #writeEntries(entries: readonly SpillEntry[]): Promise<void> {
    const gaps = entries.flatMap((entry) => ('gap' in entry ? entry.gap : []));
    const transitions = entries.flatMap((entry) => ('transition' in entry ? entry.transition : []));
    await this.#options.writer.write({ gaps, transitions });
  }

  /** Up to when nothing can be missing of what was told, given that nothing waits. */
  #aliveAt(): number {
    const { platformNow, heldBackFrom } = this.#options;
    return Math.min(platformNow(), heldBackFrom() ?? Infinity);
  }

  async #bear(error: unknown): Promise<void> {
    this.noteFailure(error);
    const { clock, memoryBound = MEMORY_BOUND } = this.#options;
    const isLong = this.#storeDown !== null && clock.now() - this.#storeDown.since >= SPILL_AFTER_MS;
    if (isLong || this.#waiting > memoryBound) await this.#spill();
  }

  async #spill(): Promise<void> {
    const { spill, log, memoryBound = MEMORY_BOUND } = this.#options;
    const entries: SpillEntry[] = [
      ...this.#gaps.map((gap) => ({ gap })),
      ...this.#transitions.map((transition) => ({ transition })),
      { aliveAt: this.#aliveAt() },
    ];
    if (this.#waiting === 0 && spill.isEmpty) return;
    const { length: gaps } = this.#gaps;
    const { length: transitions } = this.#transitions;
    try {
      await spill.append(entries);
      this.#gaps.splice(0, gaps);
      this.#transitions.splice(0, transitions);
    } catch (error) {
      log.error({ event: 'spill-failed', reason: String(error) }, 'DATA_DIR takes nothing more: make room on its disk');
      if (this.#waiting > memoryBound) this.#giveUp();
    }
  }

  /** There is no room anywhere: what is given up is remembered as a gap, one for each agent. */
  #giveUp(): void {
    const given: NewGap[] = [
      ...this.#gaps,
      ...this.#transitions.map(({ agentId, at }) => ({
        agentId,
        from: at,
        to: at + 1,
        reason: 'not-recording' as const,
      })),
    ];
    for (const gap of given) {
      const before = this.#givenUp.get(gap.agentId) ?? gap;
      const hull = { from: Math.min(before.from, gap.from), to: Math.max(before.to, gap.to) };
      this.#givenUp.set(gap.agentId, { ...gap, ...hull });
    }
    this.#gaps = [];
    this.#transitions = [];
  }

  #recovered(): void {
    if (this.#storeDown === null) return;
    const downMs = this.#options.clock.now() - this.#storeDown.since;
    this.#options.log.info({ event: 'store-back', downMs }, 'recording goes on');
    this.#storeDown = null;
  }

  #noteLags(transitions: readonly Transition[]): void {
    const now = this.#options.platformNow();
    for (const { source, fact, at } of transitions)
      if (source === 'event' && (fact.kind === 'presence' || fact.kind === 'routing'))
        this.#lags.push(Math.max(0, now - at));
    if (this.#lags.length > LAGS) this.#lags.splice(0, this.#lags.length - LAGS);
  }
}

const lagOf = (lags: readonly number[]): RecordQueueStatus['lag'] => {
  if (lags.length === 0) return null;
  const sorted = lags.toSorted((a, b) => a - b);
  const at = (share: number): number => Math.round(sorted[Math.floor(share * (sorted.length - 1))] ?? 0);
  return { p50Ms: at(0.5), p99Ms: at(0.99) };
};
