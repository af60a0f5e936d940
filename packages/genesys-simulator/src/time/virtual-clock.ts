import type { RealClock } from './system-clock.ts';

/** The organisation's time. Starts at the real time unless told otherwise, runs `speed` times as fast, and never goes back. */
export class VirtualClock {
  readonly #real: RealClock;
  #anchorReal: number;
  #anchorVirtual: number;
  #speed: number;

  /**
   * @param speed 0 (frozen) to `MAX_SPEED`
   * @param startsAt virtual instant of this moment, ms
   */
  constructor(real: RealClock, speed: number, startsAt = real.now()) {
    this.#real = real;
    this.#anchorReal = real.now();
    this.#anchorVirtual = startsAt;
    this.#speed = speed;
  }

  get speed(): number {
    return this.#speed;
  }

  /** Virtual instant, ms since 1970. A real clock that is set back stops it, rather than turning it back. */
  now(): number {
    const elapsed = Math.max(0, this.#real.now() - this.#anchorReal);
    return this.#anchorVirtual + elapsed * this.#speed;
  }

  /** Leaps forward by so many ms, as a clock that is corrected does. */
  leap(ms: number): void {
    this.#anchorVirtual += ms;
  }

  /** Changes the pace from this instant on. */
  setSpeed(speed: number): void {
    this.#anchorVirtual = this.now();
    this.#anchorReal = this.#real.now();
    this.#speed = speed;
  }
}
