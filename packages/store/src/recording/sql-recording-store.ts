import type {
  AgentId,
  AgentsAndInterval,
  FactsOfAgents,
  AvailabilityWindow,
  GapState,
  Interval,
  RecordingGap,
  RecordingProgress,
  RecordingStore,
  StreamName,
  Transition,
  WindowSum,
} from '@floorwatch/domain';
import type { Database } from '../engine/database.ts';
import { DayPartitions, isDayMissing } from '../schema/day-partitions.ts';
import { AgentRefs } from './agent-refs.ts';
import { GapTable } from './gap-table.ts';
import { OldestWindow } from './oldest-window.ts';
import { ProgressRow } from './progress-row.ts';
import { RecordingUpkeep } from './recording-upkeep.ts';
import { Retention } from './retention.ts';
import { TransitionTable } from './transition-table.ts';
import { WindowTable, type WindowPlace } from './window-table.ts';

/** The recording in SQL. Everything fails with `StoreUnavailable` while the database is away. */
export class SqlRecordingStore implements RecordingStore {
  readonly #database: Database;
  readonly #transitions: TransitionTable;
  readonly #windows: WindowTable;
  readonly #gaps: GapTable;
  readonly #progress: ProgressRow;
  readonly #oldest: OldestWindow;
  readonly #upkeep: RecordingUpkeep;
  readonly #onAdded: (stream: StreamName) => void;
  /** What is known of the database without asking it. */
  readonly #memories: readonly { forget(): void }[];

  /** @param onAdded told when a stream has grown, once it can be read */
  constructor(database: Database, onAdded: (stream: StreamName) => void) {
    this.#onAdded = onAdded;
    const { db, engine } = database;
    const agents = new AgentRefs(db);
    const retention = new Retention(db);
    const transitions = new DayPartitions(db, 'transition');
    const windows = new DayPartitions(db, 'availability_window');
    this.#database = database;
    this.#transitions = new TransitionTable({ db, agents, retention, partitions: transitions });
    this.#windows = new WindowTable({ db, agents, retention, partitions: windows });
    this.#gaps = new GapTable(db, agents);
    this.#progress = new ProgressRow(db);
    this.#oldest = new OldestWindow(db, windows);
    this.#upkeep = new RecordingUpkeep({
      db,
      transitions,
      windows,
      retention,
      tidiesItself: engine.name === 'postgresql',
    });
    this.#memories = [agents, retention, transitions, windows, this.#oldest];
    database.onBack(() => {
      this.#forget();
    });
  }

  async addTransitions(transitions: readonly Transition[]): Promise<number> {
    const added = await this.#write(() => this.#transitions.add(transitions));
    if (added > 0) this.#onAdded('transitions');
    return added;
  }

  readTransitions(range: FactsOfAgents): Promise<Map<AgentId, Transition[]>> {
    return this.#database.use(() => this.#transitions.read(range));
  }

  readLatestTransitions(): Promise<Transition[]> {
    return this.#database.use(() => this.#transitions.readLatest());
  }

  addGaps(gaps: readonly Omit<RecordingGap, 'state'>[]): Promise<void> {
    return this.#database.use(() => this.#gaps.add(gaps));
  }

  readGaps(range: AgentsAndInterval): Promise<RecordingGap[]> {
    return this.#database.use(() => this.#gaps.read(range));
  }

  readOpenGaps(limit: number): Promise<RecordingGap[]> {
    return this.#database.use(() => this.#gaps.readOpen(limit));
  }

  closeGaps(gaps: readonly RecordingGap[], state: Exclude<GapState, 'open'>): Promise<void> {
    return this.#database.use(() => this.#gaps.close(gaps, state));
  }

  putWindows(windows: readonly AvailabilityWindow[]): Promise<void> {
    return this.#write(async () => {
      const { starts, versions } = await this.#windows.put(windows);
      this.#oldest.noteWritten(starts);
      if (versions > 0) this.#onAdded('windows');
    });
  }

  readWindows(range: AgentsAndInterval): Promise<AvailabilityWindow[]> {
    return this.#database.use(() => this.#windows.read(range));
  }

  readKnownStretches(agentId: AgentId, interval: Interval): Promise<Interval[]> {
    return this.#database.use(() => this.#windows.readKnown(agentId, interval));
  }

  /** The windows of these places in their stream, by place; without those that were made again since. */
  readWindowVersions(places: readonly WindowPlace[]): Promise<Map<number, AvailabilityWindow>> {
    return this.#database.use(() => this.#windows.readVersions(places));
  }

  sumWindows(agentIds: readonly AgentId[], boundaries: readonly number[]): Promise<WindowSum[]> {
    return this.#database.use(() => this.#windows.sum(agentIds, boundaries));
  }

  readProgress(): Promise<RecordingProgress | null> {
    return this.#database.use(() => this.#progress.read());
  }

  writeProgress(progress: RecordingProgress): Promise<void> {
    return this.#database.use(() => this.#progress.write(progress));
  }

  readOldest(): Promise<number | null> {
    return this.#database.use(() => this.#oldest.read());
  }

  /** Makes the days of the interval before they are written to; each day that is not there is made when it is needed. */
  prepareDays(interval: Interval): Promise<void> {
    return this.#database.use(() => this.#upkeep.prepareDays(interval));
  }

  /**
   * Drops whole UTC days before `instant` (platform clock), never single rows. What held then is remembered, so that the
   * days that are kept do not begin unknown. Later writes of something earlier change only that.
   * @returns how many days went
   */
  dropBefore(instant: number): Promise<number> {
    return this.#database.use(async () => {
      const dropped = await this.#upkeep.dropBefore(instant);
      this.#oldest.forget();
      return dropped;
    });
  }

  /** Another process may have dropped a day that this one knows: then all that is known is looked up again, once. */
  #write<T>(work: () => Promise<T>): Promise<T> {
    return this.#database.use(async () => {
      try {
        return await work();
      } catch (error) {
        if (!isDayMissing(error)) throw error;
        this.#forget();
        return await work();
      }
    });
  }

  #forget(): void {
    for (const memory of this.#memories) memory.forget();
  }
}
