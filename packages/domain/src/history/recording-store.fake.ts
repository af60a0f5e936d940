import { ACTIVITIES, type Activity } from '../activity/activity.ts';
import type { AgentId } from '../agent/ids.ts';
import { WINDOW_MS, type ActivityMs, type AvailabilityWindow } from './availability-window.ts';
import { unionOf, type Interval } from './interval.ts';
import type { RecordingGap } from './recording-gap.ts';
import type {
  AgentsAndInterval,
  FactsOfAgents,
  RecordingProgress,
  RecordingStore,
  WindowSum,
} from './recording-store.ts';
import { FACT_KINDS, idempotencyKey, type Transition } from './transition.ts';

/** A store in memory, which a test can take away. */
export class FakeRecordingStore implements RecordingStore {
  /** What every call fails with; null while the store can be reached. */
  outage: Error | null = null;
  readonly #transitions = new Map<string, Transition>();
  readonly #windows = new Map<string, AvailabilityWindow>();
  #gaps: RecordingGap[] = [];
  #progress: RecordingProgress | null = null;

  get transitions(): readonly Transition[] {
    return [...this.#transitions.values()];
  }

  get gaps(): readonly RecordingGap[] {
    return this.#gaps;
  }

  async addTransitions(transitions: readonly Transition[]): Promise<number> {
    await this.#reach();
    const before = this.#transitions.size;
    for (const transition of transitions) {
      const key = idempotencyKey(transition);
      if (!this.#transitions.has(key)) this.#transitions.set(key, transition);
    }
    return this.#transitions.size - before;
  }

  async readTransitions({
    agentIds,
    from,
    to,
    kinds = FACT_KINDS,
  }: FactsOfAgents): Promise<Map<AgentId, Transition[]>> {
    await this.#reach();
    const past = new Map<AgentId, Transition[]>();
    for (const id of agentIds) {
      const own = this.#transitionsOf(id).filter(({ fact }) => kinds.includes(fact.kind));
      const inRange = own.filter(({ at }) => at >= from && at < to);
      past.set(id, [...latestOfEachKind(own.filter(({ at }) => at < from)), ...inRange]);
    }
    return past;
  }

  async readLatestTransitions(): Promise<Transition[]> {
    await this.#reach();
    const agentIds = new Set(this.transitions.map(({ agentId }) => agentId));
    return [...agentIds].flatMap((id) => latestOfEachKind(this.#transitionsOf(id)));
  }

  async addGaps(gaps: readonly Omit<RecordingGap, 'state'>[]): Promise<void> {
    await this.#reach();
    for (const gap of gaps) {
      const isMerged = (other: RecordingGap): boolean =>
        other.agentId === gap.agentId &&
        other.reason === gap.reason &&
        other.state === 'open' &&
        other.from <= gap.to &&
        gap.from <= other.to;
      const merged = unionOf([gap, ...this.#gaps.filter(isMerged)]);
      this.#gaps = this.#gaps.filter((other) => !isMerged(other));
      for (const interval of merged) this.#gaps.push({ ...gap, ...interval, state: 'open' });
    }
  }

  async readGaps({ agentIds, from, to }: AgentsAndInterval): Promise<RecordingGap[]> {
    await this.#reach();
    const wanted = new Set(agentIds);
    return this.#gaps.filter((gap) => wanted.has(gap.agentId) && gap.from < to && from < gap.to);
  }

  async readOpenGaps(limit: number): Promise<RecordingGap[]> {
    await this.#reach();
    return this.#gaps
      .filter(({ state }) => state === 'open')
      .toSorted((a, b) => a.from - b.from)
      .slice(0, limit);
  }

  async closeGaps(gaps: readonly RecordingGap[], state: 'filled' | 'unknowable'): Promise<void> {
    await this.#reach();
    const closed = new Set(gaps.map(keyOfGap));
    this.#gaps = this.#gaps.map((gap) => (gap.state === 'open' && closed.has(keyOfGap(gap)) ? { ...gap, state } : gap));
  }

  async putWindows(windows: readonly AvailabilityWindow[]): Promise<void> {
    await this.#reach();
    for (const window of windows) this.#windows.set(`${window.agentId}:${String(window.from)}`, window);
  }

  async readWindows({ agentIds, from, to }: AgentsAndInterval): Promise<AvailabilityWindow[]> {
    await this.#reach();
    const wanted = new Set(agentIds);
    return [...this.#windows.values()]
      .filter((window) => wanted.has(window.agentId) && window.from >= from && window.from < to)
      .toSorted((a, b) => (a.agentId === b.agentId ? a.from - b.from : a.agentId < b.agentId ? -1 : 1));
  }

  async readKnownStretches(agentId: AgentId, interval: Interval): Promise<Interval[]> {
    const windows = await this.readWindows({ agentIds: [agentId], ...interval });
    return unionOf(windows.filter(({ ms }) => ms.unknown === 0).map(({ from }) => ({ from, to: from + WINDOW_MS })));
  }

  async sumWindows(agentIds: readonly AgentId[], boundaries: readonly number[]): Promise<WindowSum[]> {
    const sums: WindowSum[] = [];
    for (const agentId of agentIds)
      for (const [bucket, from] of boundaries.slice(0, -1).entries()) {
        const windows = await this.readWindows({ agentIds: [agentId], from, to: boundaries[bucket + 1] ?? from });
        if (windows.length > 0) sums.push({ agentId, bucket, ...added(windows) });
      }
    return sums;
  }

  async readProgress(): Promise<RecordingProgress | null> {
    await this.#reach();
    return this.#progress;
  }

  async writeProgress(progress: RecordingProgress): Promise<void> {
    await this.#reach();
    this.#progress = progress;
  }

  async readOldest(): Promise<number | null> {
    await this.#reach();
    const instants = [...this.transitions.map(({ at }) => at), ...[...this.#windows.values()].map(({ from }) => from)];
    return instants.length === 0 ? null : Math.min(...instants);
  }

  /** An answer takes a moment, as from any other store. */
  async #reach(): Promise<void> {
    await Promise.resolve();
    if (this.outage !== null) throw this.outage;
  }

  #transitionsOf(id: AgentId): Transition[] {
    return this.transitions.filter(({ agentId }) => agentId === id).toSorted((a, b) => a.at - b.at);
  }
}

const latestOfEachKind = (inOrder: readonly Transition[]): Transition[] => [
  ...new Map(inOrder.map((transition) => [transition.fact.kind, transition])).values(),
];

const keyOfGap = ({ agentId, from, to, reason }: RecordingGap): string =>
  [agentId, reason, String(from), String(to)].join(' ');

const added = (windows: readonly AvailabilityWindow[]): Omit<WindowSum, 'agentId' | 'bucket'> => {
  const volatileWindows = windows.filter(({ isVolatile }) => isVolatile).length;
  return {
    ms: msOf(windows),
    steadyMs: msOf(windows.filter(({ isVolatile }) => !isVolatile)),
    transitions: windows.reduce((sum, { transitions }) => sum + transitions, 0),
    windows: windows.length,
    volatileWindows,
  };
};

const msOf = (windows: readonly AvailabilityWindow[]): ActivityMs => {
  const entries = ACTIVITIES.map((activity): [Activity, number] => [
    activity,
    windows.reduce((sum, { ms }) => sum + ms[activity], 0),
  ]);
  return Object.fromEntries(entries) as Record<Activity, number>;
};
