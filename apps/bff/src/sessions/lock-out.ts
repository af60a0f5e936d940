import type { Clock } from '@floorwatch/domain';

/** Failures that are forgiven: a person who waits too long or says no is no attacker. */
const FREE_FAILURES = 5;
const FIRST_LOCK_MS = 10_000;
const LONGEST_LOCK_MS = 15 * 60_000;
/** A failure is forgotten after this, ms. */
const MEMORY_MS = 30 * 60_000;
/** Addresses kept in mind at most; the oldest is forgotten first. */
const MAX_ADDRESSES = 10_000;

interface Failures {
  readonly count: number;
  readonly lastAt: number;
  readonly lockedUntil: number;
}

/** Failed sign-ins by address: each after the first few locks it for twice as long as the one before. */
export class LockOut {
  readonly #clock: Clock;
  readonly #byAddress = new Map<string, Failures>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** How long this address is still locked out, ms; 0 where it is not. */
  waitMs(address: string): number {
    const held = this.#held(address);
    return held === null ? 0 : Math.max(0, held.lockedUntil - this.#clock.now());
  }

  noteFailure(address: string): void {
    const now = this.#clock.now();
    const count = (this.#held(address)?.count ?? 0) + 1;
    const lockMs = count <= FREE_FAILURES ? 0 : FIRST_LOCK_MS * 2 ** (count - FREE_FAILURES - 1);
    this.#byAddress.delete(address); // to the end of the order
    this.#byAddress.set(address, { count, lastAt: now, lockedUntil: now + Math.min(lockMs, LONGEST_LOCK_MS) });
    const [oldest] = this.#byAddress.keys();
    if (this.#byAddress.size > MAX_ADDRESSES && oldest !== undefined) this.#byAddress.delete(oldest);
  }

  noteSuccess(address: string): void {
    this.#byAddress.delete(address);
  }

  #held(address: string): Failures | null {
    const held = this.#byAddress.get(address);
    if (held === undefined) return null;
    if (this.#clock.now() - held.lastAt < MEMORY_MS) return held;
    this.#byAddress.delete(address);
    return null;
  }
}
