import type { Clock } from '@floorwatch/domain';

/** Wakes one who waits. It may ring before anybody does; ringing twice is ringing once. */
export class Bell {
  readonly #clock: Clock;
  #hasRung = true; // something may have come before anybody listened
  #wake: (() => void) | null = null;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  ring(): void {
    this.#hasRung = true;
    this.#wake?.();
  }

  /** Until it rings, or has rung since the last time; `atMostMs` at most. @throws the signal's reason */
  async wait(atMostMs: number, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    if (!this.#hasRung) {
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      const aborted = (): void => {
        reject(signal.reason as Error);
      };
      const stop = this.#clock.after(atMostMs, resolve);
      signal.addEventListener('abort', aborted, { once: true });
      this.#wake = resolve;
      await promise.finally(() => {
        stop();
        signal.removeEventListener('abort', aborted);
        this.#wake = null;
      });
    }
    this.#hasRung = false;
  }
}
