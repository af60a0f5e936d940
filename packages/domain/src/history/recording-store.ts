import type { AgentId } from '../agent/ids.ts';
import type { ActivityMs, AvailabilityWindow } from './availability-window.ts';
import type { Interval } from './interval.ts';
import type { GapState, RecordingGap } from './recording-gap.ts';
import type { FactKind, Transition } from './transition.ts';

export interface AgentsAndInterval extends Interval {
  readonly agentIds: readonly AgentId[];
}

/** Which facts of whom, and when. */
export interface FactsOfAgents extends AgentsAndInterval {
  /** All of them where it is left out. */
  readonly kinds?: readonly FactKind[];
}

/** Windows of one agent between two boundaries, added up. */
export interface WindowSum {
  readonly agentId: AgentId;
  /** Index of the bucket: from `boundaries[bucket]` to `boundaries[bucket + 1]`. */
  readonly bucket: number;
  readonly ms: ActivityMs;
  /** The same without volatile windows, for averages. */
  readonly steadyMs: ActivityMs;
  readonly transitions: number;
  /** How many windows were added up: fewer than the bucket has means that some were never recorded. */
  readonly windows: number;
  readonly volatileWindows: number;
}

/**
 * Where recording keeps what happened. Every write may be made again without harm. Instants are ms.
 * Implementations throw `StoreUnavailable` (of `@floorwatch/store`) when the database cannot be reached.
 */
export interface RecordingStore {
  /** Adds those that are not there yet, whatever their order. @returns how many were new */
  addTransitions(transitions: readonly Transition[]): Promise<number>;
  /** For each agent and kind the latest transition before `from`, and all from `from` to `to`; by agent, then instant. */
  readTransitions(range: FactsOfAgents): Promise<Map<AgentId, Transition[]>>;
  /** The latest transition of each agent and kind: where a restarted recorder goes on. */
  readLatestTransitions(): Promise<Transition[]>;

  /** Opens gaps; one that overlaps an open gap of the same agent and reason is merged with it. */
  addGaps(gaps: readonly Omit<RecordingGap, 'state'>[]): Promise<void>;
  /** Every gap of the agents that touches the interval, filled ones too. */
  readGaps(range: AgentsAndInterval): Promise<RecordingGap[]>;
  /** The oldest open gaps first, at most `limit`. */
  readOpenGaps(limit: number): Promise<RecordingGap[]>;
  closeGaps(gaps: readonly RecordingGap[], state: Exclude<GapState, 'open'>): Promise<void>;

  /** Puts windows in the place of what was there. */
  putWindows(windows: readonly AvailabilityWindow[]): Promise<void>;
  /** By agent, then start. */
  readWindows(range: AgentsAndInterval): Promise<AvailabilityWindow[]>;
  /**
   * Where nothing is unknown: runs of windows that follow each other, oldest first. What is between them was not recorded, or
   * holds some unknown time.
   */
  readKnownStretches(agentId: AgentId, interval: Interval): Promise<Interval[]>;
  /** @param boundaries rising instants, multiples of `WINDOW_MS`, at least two */
  sumWindows(agentIds: readonly AgentId[], boundaries: readonly number[]): Promise<WindowSum[]>;

  /** Up to where everybody's windows are written, and when recording last gave a sign of life; null before the first. */
  readProgress(): Promise<RecordingProgress | null>;
  writeProgress(progress: RecordingProgress): Promise<void>;
  /**
   * From when on something can be told: the start of the oldest window; null while there is none. Transitions may be older:
   * what held when recording began may have begun long before.
   */
  readOldest(): Promise<number | null>;
}

export interface RecordingProgress {
  /** Windows that end here or earlier are written for everybody, platform clock. */
  readonly windowsUpTo: number;
  /** When recording was last known to be complete, platform clock: a restart finds its gap from here. */
  readonly aliveAt: number;
}
