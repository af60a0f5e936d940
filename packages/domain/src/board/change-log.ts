/**
 * Which agent each version changed, for the last `capacity` versions: a ring of numbers, no objects.
 * Version v (from 1) sits at index (v - 1) mod capacity.
 */
export class ChangeLog {
  readonly #refs: Int32Array;

  /** @param capacity how many versions back a reader may be and still be served from the log */
  constructor(capacity: number) {
    this.#refs = new Int32Array(capacity);
  }

  record(version: number, ref: number): void {
    this.#refs[(version - 1) % this.#refs.length] = ref;
  }

  /** Whether every version after `from` up to `to` is still in the log. */
  covers(from: number, to: number): boolean {
    return to - from <= this.#refs.length;
  }

  /** The agent that `version` changed. Only meaningful for a covered version. */
  refOf(version: number): number {
    return this.#refs[(version - 1) % this.#refs.length] ?? -1;
  }
}
