import type { RealClock } from '../time/system-clock.ts';

/** How long a presence write is under way. */
const WRITE_SETTLES_MS = 150;

/** One write at a time for each user: the platform answers a second one with a conflict (API §5.6). */
export class WriteSlots {
  readonly #realClock: RealClock;
  readonly #busyUntil = new Map<string, number>();

  constructor(realClock: RealClock) {
    this.#realClock = realClock;
  }

  /** @returns false while an earlier write of this user is still settling */
  take(userId: string): boolean {
    const now = this.#realClock.now();
    if ((this.#busyUntil.get(userId) ?? -Infinity) > now) return false;
    this.#busyUntil.set(userId, now + WRITE_SETTLES_MS);
    return true;
  }
}
