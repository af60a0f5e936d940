import { join } from 'node:path';
import {
  windowStart,
  type AgentId,
  type AgentObservation,
  type Board,
  type Clock,
  type Interval,
  type RecordingStore,
  type RowChange,
} from '@floorwatch/domain';
import type { GenesysCloud } from '@floorwatch/genesys';
import type { Jobs } from '@floorwatch/store';
import type { Logger } from 'pino';
import type { ObservationListener } from '../ingest/intake.ts';
import { Chores, type Chore } from './chores.ts';
import { GapFiller, type GapFillerStatus } from './gap-filler.ts';
import { ObservationTap } from './observation-tap.ts';
import { RecordQueue, type RecordQueueStatus } from './record-queue.ts';
import { RecordWriter } from './record-writer.ts';
import { Reconciliation, type ReconciliationStatus } from './reconciliation.ts';
import { SpillFile } from './spill-file.ts';
import { WindowKeeper } from './window-keeper.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** How often it is looked whether windows are due, and whether a change waits in vain for its event, ms. */
const LOOK_EVERY_MS = 1000;

/** Pause after a failure of the store, ms. */
const RETRY_MS = 2000;

const FILL_EVERY_MS = 10_000;
const RECONCILE_TICK_MS = 60_000;
const UPKEEP_EVERY_MS = 6 * HOUR_MS;

/** Events lost shortly before a crash are looked for this far back, ms. */
const RECONCILE_BEFORE_START_MS = HOUR_MS;

/** After a longer downtime older windows are not made: the platform's history does not reach there either. */
const MAX_CATCH_UP_MS = 31 * DAY_MS;

const SPILL_FILE = 'recording-spill.jsonl';

/** A store with whatever it needs to stay in shape. */
export type KeptStore = RecordingStore & {
  prepareDays?(interval: Interval): Promise<void>;
  dropBefore?(instant: number): Promise<number>;
};

export interface RecorderOptions {
  readonly store: KeptStore;
  /** Null does chores without a job queue. */
  readonly jobs: Pick<Jobs, 'queue'> | null;
  readonly cloud: Pick<GenesysCloud, 'listUserDetails' | 'platformNow'>;
  readonly board: Board;
  readonly clock: Clock;
  readonly log: Logger;
  /** Where what the store cannot take is kept. */
  readonly dataDir: string;
  /** How far back the past of agents without any record is fetched, hours. */
  readonly backfillHours: number;
  /** How long transitions and windows are kept, days. */
  readonly retentionDays: number;
}

export interface RecordingStatus extends RecordQueueStatus {
  /** Transitions written since the start that were new. */
  readonly written: number;
  /** Up to when every agent's windows are made, platform clock, ms; null before it is known. */
  readonly windowsUpTo: number | null;
  readonly gaps: GapFillerStatus;
  readonly reconciliation: ReconciliationStatus | null;
}

/** Records everything that is seen: the tap on the live path, and behind it the queue, the windows and the chores. */
export class Recorder implements ObservationListener {
  readonly #options: RecorderOptions;
  readonly #stopping = new AbortController();
  readonly #failure = Promise.withResolvers<string>();
  readonly #tap: ObservationTap;
  readonly #spill: SpillFile;
  readonly #windows: WindowKeeper;
  readonly #writer: RecordWriter;
  readonly #queue: RecordQueue;
  readonly #filler: GapFiller;
  #reconciliation: Reconciliation | null = null;
  #running: Promise<unknown> = Promise.resolve();
  /** Something was seen: from now on the platform's clock is known. */
  readonly #firstSight = Promise.withResolvers<undefined>();
  readonly #ready = Promise.withResolvers<undefined>();

  constructor(options: RecorderOptions) {
    this.#options = options;
    const { store, cloud, board, clock, log } = options;
    const platformNow = (): number => cloud.platformNow();
    const backfillMs = options.backfillHours * HOUR_MS;
    this.#windows = new WindowKeeper({ store, platformNow, agents: () => this.#agents() });
    this.#writer = new RecordWriter({ store, windows: this.#windows, platformNow, backfillMs });
    this.#spill = new SpillFile(join(options.dataDir, SPILL_FILE));
    this.#tap = new ObservationTap({
      clock,
      platformNow,
      backfillMs,
      isOnBoard: (id) => board.rowOf(id) !== null,
      onTransition: (transition) => {
        this.#queue.addTransition(transition);
      },
      onGap: (gap) => {
        this.#queue.addGap(gap);
      },
      onCertain: (agentId, from) => {
        this.#windows.touch({ agentId, from, to: platformNow() });
      },
    });
    this.#queue = new RecordQueue({
      writer: this.#writer,
      spill: this.#spill,
      clock,
      log,
      platformNow,
      heldBackFrom: () => this.#tap.heldBackFrom,
    });
    this.#filler = new GapFiller({ store, writer: this.#writer, cloud, log });
  }

  /** Starts to write; what is seen before waits. */
  start(): void {
    const { signal } = this.#stopping;
    this.#running = this.#run(signal).catch((error: unknown) => {
      if (signal.aborted) return;
      this.#options.log.fatal({ event: 'recording-ended', err: error }, 'nothing is recorded any more');
      this.#failure.resolve(`nothing is recorded any more: ${String(error)}`);
    });
  }

  /** Resolves, with the reason, when recording has ended by a fault of its own: a new start goes on where it was lost. */
  get failed(): Promise<string> {
    return this.#failure.promise;
  }

  /** Writes what is left, or puts it on disk where the store is away. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#running;
    this.#tap.release({ all: true });
    await this.#queue.finish();
  }

  status(): RecordingStatus {
    return {
      ...this.#queue.status(),
      written: this.#writer.written,
      windowsUpTo: this.#windows.closedUpTo,
      gaps: this.#filler.status(),
      reconciliation: this.#reconciliation?.status() ?? null,
    };
  }

  get storeState(): 'up' | 'down' {
    return this.#queue.isStoreDown ? 'down' : 'up';
  }

  taken(seen: AgentObservation, change: RowChange | null): void {
    this.#tap.taken(seen, change);
    this.#firstSight.resolve(undefined);
  }

  unheard(ids: readonly AgentId[]): void {
    this.#tap.unheard(ids);
  }

  heard(ids: readonly AgentId[]): void {
    this.#tap.heard(ids);
  }

  left(ids: readonly AgentId[]): void {
    this.#tap.left(ids);
  }

  /**
   * Resolves when all that has been seen so far is in the store, all windows that have ended are made, and every open gap
   * has been asked for once.
   * @throws what store and platform throw
   */
  async settle(): Promise<void> {
    const { signal } = this.#stopping;
    await this.#ready.promise;
    this.#tap.release({ all: true });
    await this.#queue.drain();
    await this.#filler.fill({ signal, impatient: true });
    await this.#windows.work({ graceMs: 0, signal });
  }

  async #run(signal: AbortSignal): Promise<void> {
    const { clock, jobs, log } = this.#options;
    await this.#spill.open();
    const writing = this.#queue.run(signal);
    await this.#goOn(signal);
    const chores = new Chores({ jobs, clock, log });
    await Promise.all([writing, this.#keepWindows(signal), chores.run(this.#chores(), signal)]);
  }

  /** Finds out where the last run came to. The queue writes nothing of this run before: it would be taken for that. */
  async #goOn(signal: AbortSignal): Promise<void> {
    const aborted = new Promise((resolve) => {
      if (signal.aborted) resolve(undefined);
      else signal.addEventListener('abort', resolve, { once: true });
    });
    await Promise.race([this.#firstSight.promise, aborted]);
    while (!signal.aborted)
      try {
        await this.#learnPast();
        this.#ready.resolve(undefined);
        return;
      } catch (error) {
        this.#queue.noteFailure(error);
        await this.#options.clock.sleep(RETRY_MS, signal).catch(() => undefined);
      }
  }

  async #learnPast(): Promise<void> {
    const { store, cloud } = this.#options;
    const now = cloud.platformNow();
    const progress = await store.readProgress();
    const aliveAt = laterOf(progress?.aliveAt ?? null, this.#spill.inheritedAliveAt);
    const keptFrom = this.#keptFrom(now);
    await store.dropBefore?.(keptFrom); // before the first write: what is dated earlier is only what held before
    await store.prepareDays?.({ from: now - DAY_MS, to: now + 2 * DAY_MS });
    const oldest = windowStart(Math.max(keptFrom, now - MAX_CATCH_UP_MS));
    const windowsUpTo = Math.max(progress?.windowsUpTo ?? windowStart(now), oldest);
    this.#writer.goOnFrom({ aliveAt, windowsUpTo });
    await this.#queue.writeInherited();
    const latest = await store.readLatestTransitions();
    this.#tap.knowPast({ latest, aliveAt });
    this.#queue.open();
    const since = aliveAt === null ? now : Math.max(aliveAt - RECONCILE_BEFORE_START_MS, keptFrom);
    this.#reconciliation = new Reconciliation(
      { ...this.#options, writer: this.#writer, agents: () => this.#agents() },
      since,
    );
  }

  async #keepWindows(signal: AbortSignal): Promise<void> {
    const { clock } = this.#options;
    while (!signal.aborted) {
      this.#tap.release({ all: false });
      const isDone = await this.#makeWindows(signal).then(
        () => true,
        () => false, // the store's health tells of it
      );
      await clock.sleep(isDone ? LOOK_EVERY_MS : RETRY_MS, signal).catch(() => undefined);
    }
  }

  async #makeWindows(signal: AbortSignal): Promise<void> {
    await this.#queue.drain();
    await this.#windows.work({ signal });
  }

  #chores(): Chore[] {
    return [
      { name: 'fill-gaps', everyMs: FILL_EVERY_MS, work: (signal) => this.#filler.fill({ signal }) },
      {
        name: 'reconcile',
        everyMs: RECONCILE_TICK_MS,
        work: async (signal) => {
          const isRefused = this.#filler.status().problem !== null;
          if (!isRefused) await this.#reconciliation?.compareDue(signal);
        },
      },
      { name: 'upkeep', everyMs: UPKEEP_EVERY_MS, work: () => this.#keepInShape() },
    ];
  }

  async #keepInShape(): Promise<void> {
    const { store, cloud } = this.#options;
    const now = cloud.platformNow();
    await store.prepareDays?.({ from: now, to: now + 2 * DAY_MS });
    await store.dropBefore?.(this.#keptFrom(now));
  }

  #keptFrom(now: number): number {
    return now - this.#options.retentionDays * DAY_MS;
  }

  #agents(): AgentId[] {
    return [...this.#options.board.rows()].map(({ profile }) => profile.id);
  }
}

const laterOf = (a: number | null, b: number | null): number | null =>
  a === null || b === null ? (a ?? b) : Math.max(a, b);
