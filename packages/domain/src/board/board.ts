import { mergeProfile, sameProfile, sameQueues, sameState, UNSEEN, type ProfileSighting } from '../agent/agent.ts';
import { agentId, type AgentId } from '../agent/ids.ts';
import { presenceSetter, sameSetter } from '../agent/presence-setter.ts';
import type { SetBy } from '../agent/set-by.ts';
import {
  NO_FLAGS,
  sameFlags,
  withFlag,
  withoutFlag,
  type AgentFlag,
  type AgentFlags,
  type FlagKind,
} from '../quality/flags.ts';
import { ActivityTally, type ActivityCounts } from './activity-counts.ts';
import { makeRow, type AgentRow } from './agent-row.ts';
import { AgentMemory } from './agent-memory.ts';
import { ChangeLog } from './change-log.ts';
import type { AgentObservation } from './observation.ts';
import type { BoardPatch } from './patch.ts';

/** What one observation or profile did to a row. `before` is null for an agent new to the board, `after` for one that left. */
export interface RowChange {
  readonly before: AgentRow | null;
  readonly after: AgentRow | null;
}

/** Versions a reader may lag and still be served without a look at every row: about two minutes at 500 events a second. */
const LOG_CAPACITY = 65_536;

/**
 * Every agent, now. The board is `epoch` + `version` + rows: each change of an agent makes one more version, and a row
 * remembers the version of its last change. Whoever knows `(epoch, version)` needs exactly the rows with a higher one.
 *
 * The BFF feeds it with observations (`applyEvent`), the browser with patches (`applyPatch`); both read the same rows.
 */
export class Board {
  /** Random for each lineage of versions; a position in another epoch says nothing about this one. */
  readonly epoch: string;
  #version = 0;
  /** By ref; null where the agent has left. */
  readonly #rows: (AgentRow | null)[] = [];
  /** By ref; what the board must remember of an agent to judge the next observation. */
  readonly #memories: AgentMemory[] = [];
  readonly #refs = new Map<AgentId, number>();
  /** Agents that left, by ref, with the version at which they did. */
  readonly #departures = new Map<number, number>();
  readonly #tally = new ActivityTally();
  readonly #log: ChangeLog;
  readonly #listeners: ((change: RowChange) => void)[] = [];

  /** @param logCapacity how many versions are answered from the log; older positions cost a look at every row */
  constructor(epoch: string, logCapacity = LOG_CAPACITY) {
    this.epoch = epoch;
    this.#log = new ChangeLog(logCapacity);
  }

  get version(): number {
    return this.#version;
  }

  /** How many agents are on the board. */
  get size(): number {
    return this.#refs.size;
  }

  /** Agents per activity over the whole board, kept incrementally. */
  get counts(): ActivityCounts {
    return this.#tally.counts;
  }

  rowOf(id: AgentId): AgentRow | null {
    const ref = this.#refs.get(id);
    return ref === undefined ? null : this.rowAt(ref);
  }

  rowAt(ref: number): AgentRow | null {
    return this.#rows[ref] ?? null;
  }

  *rows(): IterableIterator<AgentRow> {
    for (const row of this.#rows) if (row !== null) yield row;
  }

  /**
   * Tells of each change as it is made, until the returned function is called. A listener is on the live path: it takes
   * note and returns, and changes the board only later. A replica that is fed by patches tells nothing.
   */
  onChange(listener: (change: RowChange) => void): () => void {
    this.#listeners.push(listener);
    return () => {
      this.#listeners.splice(this.#listeners.indexOf(listener), 1);
    };
  }

  /** Puts an agent on the board or renews the profile, part by part. Null when nothing changed. */
  putAgent(seen: ProfileSighting): RowChange | null {
    const before = this.rowOf(seen.id);
    const profile = mergeProfile(before?.profile ?? null, seen);
    if (before === null) {
      const ref = this.#rows.length;
      const version = this.#nextVersion(ref);
      this.#memories[ref] = new AgentMemory();
      return this.#change(
        null,
        makeRow({ ref, profile, queueIds: null, state: UNSEEN, flags: NO_FLAGS, version, profileVersion: version }),
      );
    }
    if (sameProfile(before.profile, profile)) return null;
    const version = this.#nextVersion(before.ref);
    return this.#change(before, { ...before, profile, version, profileVersion: version });
  }

  /** Takes an agent off the board. Null when the agent was not there. */
  removeAgent(id: AgentId): RowChange | null {
    const before = this.rowOf(id);
    if (before === null) return null;
    this.#depart(before, this.#nextVersion(before.ref));
    return this.#tell({ before, after: null });
  }

  /**
   * Merges one observation part by part: newer wins, older and equal are ignored, absent is unchanged.
   * Null when nothing visible changed or the agent is not on the board.
   */
  applyEvent(observation: AgentObservation): RowChange | null {
    const ref = this.#refs.get(observation.agentId);
    if (ref === undefined) return null;
    const before = this.#rows[ref];
    const memory = this.#memories[ref];
    if (!before || !memory) return null;
    const { state, queueIds } = memory.merge(before, observation);
    const newState = !sameState(before.state, state);
    const newQueues = !sameQueues(before.queueIds, queueIds);
    if (!newState && !newQueues) return null;
    const version = this.#nextVersion(ref);
    const profileVersion = newQueues ? version : before.profileVersion;
    if (!newState) return this.#change(before, { ...before, queueIds, version, profileVersion });
    const { profile, flags } = before;
    return this.#change(before, makeRow({ ref, profile, queueIds, state, flags, version, profileVersion }));
  }

  /**
   * Notes who set the presence that began at `at` (ms, platform clock). Where the row's presence is another one, or nobody
   * saw it begin, it is not known to be that one, so nothing is noted.
   * @returns null when nothing changed
   */
  noteSetBy(id: AgentId, at: number, setter: Pick<SetBy, 'kind' | 'id'>): RowChange | null {
    const before = this.rowOf(id);
    const held = before?.state.presence;
    if (!before || !held?.since.exact || held.since.at !== at || setter.kind === 'unknown') return null;
    const setBy = presenceSetter(setter.kind, setter.kind === 'supervisor' ? this.#refOf(setter.id) : null);
    if (sameSetter(held.setBy, setBy)) return null;
    const state = { ...before.state, presence: { ...held, setBy } };
    return this.#change(before, { ...before, state, version: this.#nextVersion(before.ref) });
  }

  /** Flags an agent. Null when the same flag is up already, or the agent is not on the board. */
  raiseFlag(id: AgentId, flag: AgentFlag): RowChange | null {
    return this.#setFlags(id, (flags) => withFlag(flags, flag));
  }

  /** Takes a flag down. Null when it is not up, or the agent is not on the board. */
  lowerFlag(id: AgentId, kind: FlagKind): RowChange | null {
    return this.#setFlags(id, (flags) => withoutFlag(flags, kind));
  }

  /**
   * Everything that changed after version `from`, each agent once, in its latest state.
   * `from` 0 gives the whole board. Ask the board that is fed: a replica keeps no log and cannot answer for others.
   */
  changesSince(from: number): BoardPatch {
    const rows: AgentRow[] = [];
    const removed: number[] = [];
    if (this.#log.covers(from, this.#version)) {
      for (let version = from + 1; version <= this.#version; version += 1) {
        const ref = this.#log.refOf(version);
        const row = this.#rows[ref];
        if (row?.version === version) rows.push(row);
        else if (this.#departures.get(ref) === version) removed.push(ref);
      }
    } else {
      for (const row of this.rows()) if (row.version > from) rows.push(row);
      for (const [ref, version] of this.#departures) if (version > from) removed.push(ref);
    }
    return { from, to: this.#version, rows, removed };
  }

  /**
   * Takes over a patch that another board of the same epoch made by `changesSince`.
   * @returns the changed rows; or `gap` when the patch starts after what this board knows, and the caller must ask again
   */
  applyPatch(patch: BoardPatch): readonly RowChange[] | 'gap' {
    if (patch.from > this.#version) return 'gap';
    if (patch.to <= this.#version) return [];
    const changes: RowChange[] = [];
    // Departures first: an agent who left and came back is in the patch twice, under two refs.
    for (const ref of patch.removed) {
      const before = this.rowAt(ref);
      if (before === null) continue;
      this.#depart(before, patch.to);
      changes.push({ before, after: null });
    }
    for (const row of patch.rows) changes.push(this.#set(this.rowAt(row.ref), row));
    this.#version = patch.to;
    return changes;
  }

  #refOf(id: string | null): number | null {
    return id === null ? null : (this.#refs.get(agentId(id)) ?? null);
  }

  #setFlags(id: AgentId, change: (flags: AgentFlags) => AgentFlags): RowChange | null {
    const before = this.rowOf(id);
    if (before === null) return null;
    const flags = change(before.flags);
    if (sameFlags(before.flags, flags)) return null;
    return this.#change(before, { ...before, flags, version: this.#nextVersion(before.ref) });
  }

  #nextVersion(ref: number): number {
    this.#version += 1;
    this.#log.record(this.#version, ref);
    return this.#version;
  }

  #change(before: AgentRow | null, after: AgentRow): RowChange {
    return this.#tell(this.#set(before, after));
  }

  #tell(change: RowChange): RowChange {
    for (const listener of this.#listeners) listener(change);
    return change;
  }

  #set(before: AgentRow | null, after: AgentRow): RowChange {
    while (this.#rows.length < after.ref) this.#rows.push(null); // a replica may not have been told of those who left
    this.#rows[after.ref] = after;
    if (before === null) this.#refs.set(after.profile.id, after.ref);
    if (before?.activity !== after.activity) {
      if (before !== null) this.#tally.remove(before.activity);
      this.#tally.add(after.activity);
    }
    return { before, after };
  }

  #depart(row: AgentRow, version: number): void {
    this.#rows[row.ref] = null;
    this.#refs.delete(row.profile.id);
    this.#departures.set(row.ref, version);
    this.#tally.remove(row.activity);
  }
}
