import type { AgentId } from '@floorwatch/domain';
import { MAX_USERS_PER_CALL } from '@floorwatch/genesys';

/** When each agent was last read from the platform, who is being read, and who must be read before all others. */
export class ReadingLedger {
  /** Start of the last successful reading, our clock, ms; the oldest first, so that whose turn it is stands in front. */
  readonly #readAt = new Map<AgentId, number>();
  /** Agents whose events may have been missed and who are not being read for it yet. */
  readonly #doubted = new Set<AgentId>();
  /** Agents who are being read because they were doubted. */
  readonly #underResync = new Set<AgentId>();
  /** Agents in any call under way: two readings of one agent could overtake each other. */
  readonly #underWay = new Set<AgentId>();

  get size(): number {
    return this.#readAt.size;
  }

  /** Agents not certain until they have been read. */
  get inDoubt(): number {
    return this.#doubted.size + this.#underResync.size;
  }

  isInDoubt(id: AgentId): boolean {
    return this.#doubted.has(id) || this.#underResync.has(id);
  }

  /** The agent was read, in a call that began at `startedAt`. */
  noteRead(id: AgentId, startedAt: number): void {
    this.#readAt.delete(id);
    this.#readAt.set(id, startedAt);
  }

  /** These agents have left. */
  forget(ids: Iterable<AgentId>): void {
    for (const id of ids) {
      this.#readAt.delete(id);
      this.#doubted.delete(id);
    }
  }

  doubt(ids: Iterable<AgentId>): void {
    for (const id of ids) this.#doubted.add(id);
  }

  /** Doubted agents for one call. Whoever is in another call waits for its end. */
  takeDoubted(): AgentId[] {
    const batch = firstOf(this.#doubted, (id) => !this.#underWay.has(id));
    for (const id of batch) {
      this.#doubted.delete(id);
      this.#underResync.add(id);
      this.#underWay.add(id);
    }
    return batch;
  }

  /** Agents for one call, those first who were read the longest ago, and before `before` at least. */
  takeOldest({ before, isWanted }: { before: number; isWanted: (id: AgentId) => boolean }): AgentId[] {
    const isDue = (id: AgentId): boolean =>
      (this.#readAt.get(id) ?? 0) <= before && !this.#underWay.has(id) && !this.#doubted.has(id) && isWanted(id);
    const batch = firstOf(this.#readAt.keys(), isDue);
    for (const id of batch) this.#underWay.add(id);
    return batch;
  }

  /** A call is over. @param readAt its start; null where it failed, which leaves doubted agents doubted */
  finish(batch: readonly AgentId[], readAt: number | null): void {
    for (const id of batch) {
      this.#underWay.delete(id);
      const wasDoubted = this.#underResync.delete(id);
      if (!this.#readAt.has(id)) continue; // left meanwhile
      if (readAt !== null) this.noteRead(id, readAt);
      else if (wasDoubted) this.#doubted.add(id);
    }
  }

  /** The instant since which every one of these agents has been read; null where there is nobody. */
  readSince(isWanted: (id: AgentId) => boolean): number | null {
    let oldest = Infinity;
    for (const [id, readAt] of this.#readAt) if (readAt < oldest && isWanted(id)) oldest = readAt;
    return Number.isFinite(oldest) ? oldest : null;
  }
}

const firstOf = (ids: Iterable<AgentId>, isWanted: (id: AgentId) => boolean): AgentId[] => {
  const batch: AgentId[] = [];
  for (const id of ids) {
    if (batch.length === MAX_USERS_PER_CALL) break;
    if (isWanted(id)) batch.push(id);
  }
  return batch;
};
