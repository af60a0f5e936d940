import type { Clock } from '@floorwatch/domain';

/** The two clocks a frame carries, ms. */
export interface FrameTimes {
  readonly now: number;
  readonly platformNow: number;
}

const WINDOW_MS = 60_000;

/**
 * Tells the BFF's and the platform's time from the frames that arrive, without trusting the browser's clock.
 *
 * A frame can only arrive after it was sent, so the frame that came fastest tells the server's time best; slower ones
 * are late, and by how much is exactly what the age of data must show. The fastest frame of the last one to two
 * minutes counts, so that a server whose clock is set back is believed again after that.
 */
export class ServerClock {
  readonly #clock: Clock;
  #lead = -Infinity;
  #recentLead = -Infinity;
  #windowEndsAt = -Infinity;
  #platformLead = 0;
  #heardAt: number | null = null;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  hear({ now, platformNow }: FrameTimes): void {
    const at = this.#clock.now();
    if (at >= this.#windowEndsAt) {
      this.#lead = this.#recentLead;
      this.#recentLead = -Infinity;
      this.#windowEndsAt = at + WINDOW_MS;
    }
    this.#recentLead = Math.max(this.#recentLead, now - at);
    this.#lead = Math.max(this.#lead, this.#recentLead);
    this.#platformLead = platformNow - now;
    this.#heardAt = now;
  }

  /** Forgets what was learnt: another server may answer after a new connection. */
  forgetLead(): void {
    this.#lead = -Infinity;
    this.#recentLead = -Infinity;
    this.#windowEndsAt = -Infinity;
  }

  /** The server's time at which the newest frame was sent; null before the first one. */
  get heardAt(): number | null {
    return this.#heardAt;
  }

  /** The BFF's time; null before the first frame. */
  now(): number | null {
    if (this.#heardAt === null) return null;
    if (this.#lead === -Infinity) return this.#heardAt;
    return Math.max(this.#heardAt, this.#clock.now() + this.#lead);
  }

  /** Turns an instant on the BFF's clock into one on the platform's. */
  toPlatform(instantMs: number): number {
    return instantMs + this.#platformLead;
  }
}
