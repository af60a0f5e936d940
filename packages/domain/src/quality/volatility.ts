/** More transitions than this within the window make an agent volatile (design §2). */
export const VOLATILE_ABOVE = 3;

/** The window, and the length of a cycle, ms. */
export const VOLATILE_WINDOW_MS = 60_000;

/** An agent is calm again after this many cycles in which the limit was not passed. */
export const CALM_AFTER_CYCLES = 2;

/** Transitions remembered of an agent: as many as it takes to pass the limit. */
const SLOTS = VOLATILE_ABOVE + 1;

/** A stretch of time in which the limit was passed again and again. */
interface Spell {
  readonly since: number;
  lastPassedAt: number;
}

/**
 * Tells flapping agents. Every transition of the floor passes here, so the latest instants of all agents are one array of
 * numbers, and nothing is made new unless somebody flaps.
 */
export class Volatility {
  /** By ref, `SLOTS` each, used in turn. */
  #instants = new Float64Array(SLOTS * 1024).fill(-Infinity);
  /** By ref: the slot that is written next, which holds the oldest instant. */
  #next = new Uint8Array(1024);
  readonly #spells = new Map<number, Spell>();

  /**
   * Takes note of a transition of the agent `ref` at `at` (ms).
   * @returns whether the limit is passed with it
   */
  note(ref: number, at: number): boolean {
    this.#makeRoomFor(ref);
    const slot = this.#next[ref] ?? 0;
    const following = (slot + 1) % SLOTS;
    this.#instants[ref * SLOTS + slot] = at;
    this.#next[ref] = following;
    const oldest = this.#instants[ref * SLOTS + following] ?? -Infinity;
    if (at - oldest >= VOLATILE_WINDOW_MS) return false;
    const spell = this.#spells.get(ref);
    if (spell !== undefined && this.isVolatile(ref, at)) spell.lastPassedAt = at;
    else this.#spells.set(ref, { since: at, lastPassedAt: at });
    return true;
  }

  /** Whether the agent flaps at `now` (ms): the limit was passed less than two whole cycles ago. */
  isVolatile(ref: number, now: number): boolean {
    const spell = this.#spells.get(ref);
    return spell !== undefined && now - spell.lastPassedAt < CALM_AFTER_CYCLES * VOLATILE_WINDOW_MS;
  }

  /** When the agent's latest spell of volatility began, ms; null where there was none, or it was forgotten. */
  since(ref: number): number | null {
    return this.#spells.get(ref)?.since ?? null;
  }

  /** Forgets the agent's spell: it is over, or the agent has left. Refs are never used again. */
  forget(ref: number): void {
    this.#spells.delete(ref);
  }

  #makeRoomFor(ref: number): void {
    if (ref < this.#next.length) return;
    const agents = Math.max(ref + 1, this.#next.length * 2);
    const instants = new Float64Array(agents * SLOTS).fill(-Infinity);
    instants.set(this.#instants);
    const next = new Uint8Array(agents);
    next.set(this.#next);
    this.#instants = instants;
    this.#next = next;
  }
}
