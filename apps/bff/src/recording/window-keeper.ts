import { setImmediate as yieldToOthers } from 'node:timers/promises';
import {
  WINDOW_LOOK_BACK_MS,
  WINDOW_MS,
  windowsOf,
  windowStart,
  type AgentId,
  type Interval,
  type RecordingStore,
} from '@floorwatch/domain';

/** How long a window stays open after its end for what is still on its way, ms. */
export const WINDOW_GRACE_MS = 10_000;

/** Windows that are made in one go: about a megabyte, some ten milliseconds of work. */
const WINDOWS_PER_STEP = 1000;

/** Rows of one statement. */
const WINDOWS_PER_WRITE = 500;

/** Agents whose past is read in one question. */
const MAX_AGENTS_PER_STEP = 200;

/** Longest stretch made in one go, windows: a day. */
const MAX_WINDOWS_PER_AGENT = 288;

/** Agents are made again together whose touched stretches begin within this time, ms. */
const TOGETHER_WITHIN_MS = 3_600_000;

export interface WindowKeeperOptions {
  readonly store: RecordingStore;
  /** The platform's clock, ms. */
  readonly platformNow: () => number;
  readonly agents: () => readonly AgentId[];
}

/** What is known of an agent changes between two instants. */
export interface PastChange extends Interval {
  readonly agentId: AgentId;
}

interface Expectation {
  readonly changes: readonly PastChange[];
}

/** Writes windows when their time is over, for everybody, and again for those whose past turns out to be another. */
export class WindowKeeper {
  readonly #options: WindowKeeperOptions;
  /** Windows that end here or earlier were made for everybody. Null until it is known where the last run came to. */
  #closedUpTo: number | null = null;
  /** The end of the windows being made now. */
  #closingUpTo = -Infinity;
  /** Stretches whose windows are to be made again, one for each agent. */
  readonly #touched = new Map<AgentId, PastChange>();
  /** Those that are being made again. */
  #underWay: readonly PastChange[] = [];
  readonly #expected = new Set<Expectation>();
  #turn: Promise<void> = Promise.resolve();

  constructor(options: WindowKeeperOptions) {
    this.#options = options;
  }

  get closedUpTo(): number | null {
    return this.#closedUpTo;
  }

  /**
   * Up to where windows need not be made again if this process ends now: less than is closed while something waits to be
   * made again. Null until it is known.
   */
  get safeUpTo(): number | null {
    if (this.#closedUpTo === null) return null;
    let earliest = Infinity;
    const expected = [...this.#expected].map(({ changes }) => changes);
    for (const changes of [this.#touched.values(), this.#underWay, ...expected])
      for (const change of changes) if (change.from < earliest) earliest = change.from;
    return Math.min(this.#closedUpTo, windowStart(earliest));
  }

  /** Goes on where windows were written up to. */
  goOnFrom(upTo: number): void {
    this.#closedUpTo = upTo;
    this.#closingUpTo = Math.max(this.#closingUpTo, upTo);
  }

  /** What is known of these agents is about to change: not to be forgotten, but not before it has changed. */
  expect(changes: readonly PastChange[]): Expectation {
    const expectation = { changes };
    this.#expected.add(expectation);
    return expectation;
  }

  /** It has changed, or may have: windows of it that are written already are made again. */
  fulfil(expectation: Expectation): void {
    this.#expected.delete(expectation);
    for (const change of expectation.changes) this.touch(change);
  }

  /** What is known of the agent changed between two instants: windows that are written already are made again. */
  touch({ agentId, from, to }: PastChange): void {
    if (this.#closedUpTo === null || windowStart(from) >= this.#closingUpTo) return;
    const before = this.#touched.get(agentId);
    this.#touched.set(agentId, {
      agentId,
      from: Math.min(from, before?.from ?? from),
      to: Math.max(to, before?.to ?? to),
    });
  }

  /**
   * Writes all windows that are due, and those that were touched.
   * @param how how long a window stays open after its end; and when to leave off
   * @throws what the store throws, or the signal's reason; what was not written is written the next time
   */
  async work({ graceMs = WINDOW_GRACE_MS, signal }: { graceMs?: number; signal: AbortSignal }): Promise<void> {
    const turn = this.#turn.then(async () => {
      const closeDue = (): Promise<void> => this.#closeDue(windowStart(this.#options.platformNow() - graceMs), signal);
      await closeDue();
      while (this.#touched.size > 0) {
        await this.#makeTouched(signal);
        await closeDue(); // the present does not wait for the past
      }
    });
    this.#turn = turn.catch(() => undefined);
    return turn;
  }

  async #closeDue(due: number, signal: AbortSignal): Promise<void> {
    if (this.#closedUpTo === null) return;
    while (this.#closedUpTo < due) {
      const from = this.#closedUpTo;
      const to = Math.min(due, from + MAX_WINDOWS_PER_AGENT * WINDOW_MS);
      this.#closingUpTo = to;
      await this.#make(this.#options.agents(), { from, to }, signal);
      this.#closedUpTo = to;
    }
  }

  async #makeTouched(signal: AbortSignal): Promise<void> {
    const sorted = [...this.#touched.values()].toSorted((a, b) => a.from - b.from);
    const oldest = sorted[0]?.from ?? 0;
    const together = sorted.filter(({ from }) => from < oldest + TOGETHER_WITHIN_MS);
    for (const { agentId } of together) this.#touched.delete(agentId);
    this.#underWay = together;
    try {
      const to = together.reduce((latest, change) => Math.max(latest, change.to), oldest);
      const upTo = Math.min(this.#closedUpTo ?? 0, windowStart(to + WINDOW_LOOK_BACK_MS) + WINDOW_MS);
      for (let from = windowStart(oldest); from < upTo; from += MAX_WINDOWS_PER_AGENT * WINDOW_MS) {
        const range = { from, to: Math.min(upTo, from + MAX_WINDOWS_PER_AGENT * WINDOW_MS) };
        await this.#make(
          together.map(({ agentId }) => agentId),
          range,
          signal,
        );
      }
      this.#underWay = [];
    } catch (error) {
      this.#underWay = [];
      for (const change of together) this.touch(change);
      throw error;
    }
  }

  async #make(agentIds: readonly AgentId[], range: Interval, signal: AbortSignal): Promise<void> {
    const windows = (range.to - range.from) / WINDOW_MS;
    const step = Math.min(MAX_AGENTS_PER_STEP, Math.max(1, Math.floor(WINDOWS_PER_STEP / windows)));
    for (let first = 0; first < agentIds.length; first += step) {
      signal.throwIfAborted();
      await this.#makeSome(agentIds.slice(first, first + step), range);
      await yieldToOthers();
    }
  }

  async #makeSome(agentIds: readonly AgentId[], range: Interval): Promise<void> {
    const { store } = this.#options;
    const withLookBack = { agentIds, from: range.from - WINDOW_LOOK_BACK_MS, to: range.to };
    const past = await store.readTransitions(withLookBack);
    const gaps = await store.readGaps(withLookBack);
    const gapsOf = Map.groupBy(gaps, ({ agentId }) => agentId);
    const windows = agentIds.flatMap((id) =>
      windowsOf(id, { transitions: past.get(id) ?? [], gaps: gapsOf.get(id) ?? [] }, range),
    );
    for (let from = 0; from < windows.length; from += WINDOWS_PER_WRITE)
      await store.putWindows(windows.slice(from, from + WINDOWS_PER_WRITE));
  }
}
