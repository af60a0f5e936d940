import type { SomeAgent } from '@floorwatch/bff/testing';

/**
 * What was true a moment ago may still be on its way, ms: a frame that was made before an agent moved, or rights that are read
 * anew within a minute of the floor's hasty clock, which is three seconds.
 */
export const GRACE_MS = 6000;

/** Which agents a person could rightly see, and when. */
export class Sight {
  readonly #names = new Map<string, SomeAgent>();
  /** Until when somebody was in sight, ms; Infinity for those who are. */
  readonly #seenUntil = new Map<string, number>();

  /**
   * Takes note of who is in sight from now on.
   * @param rightsUntil until when the person has had rights in a division, ms; Infinity where they have them
   */
  note(everybody: readonly SomeAgent[], rightsUntil: ReadonlyMap<string, number>, now: number): void {
    for (const agent of everybody) {
      this.#names.set(agent.id, agent);
      const held = this.#seenUntil.get(agent.id) ?? -Infinity;
      const until = rightsUntil.get(agent.divisionId) ?? -Infinity;
      this.#seenUntil.set(agent.id, Math.max(until, Math.min(held, now)));
    }
  }

  /** Of whom something may be received at this instant, and of whom nothing may. */
  at(now: number): { readonly own: readonly SomeAgent[]; readonly foreign: readonly SomeAgent[] } {
    const own: SomeAgent[] = [];
    const foreign: SomeAgent[] = [];
    for (const agent of this.#names.values())
      ((this.#seenUntil.get(agent.id) ?? -Infinity) + GRACE_MS >= now ? own : foreign).push(agent);
    return { own, foreign };
  }

  /** Those in sight just now. */
  get own(): readonly SomeAgent[] {
    return [...this.#names.values()].filter(({ id }) => this.#seenUntil.get(id) === Infinity);
  }
}
