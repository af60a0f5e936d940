import type { Clock } from '@floorwatch/domain';

/** Wakes whoever waits for something to happen; what happened before the wait ends it at once. */
export class Bell {
  readonly #clock: Clock;
  #isRung = false;
  #wake: () => void = () => undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  ring(): void {
    this.#isRung = true;
    this.#wake();
  }

  /** Until it rings, `ms` have passed or the signal is aborted. */
  async wait(ms: number, signal: AbortSignal): Promise<void> {
    if (!this.#isRung && !signal.aborted) {
      const woken = Promise.withResolvers<undefined>();
      this.#wake = () => {
        woken.resolve(undefined);
      };
      const stopTimer = this.#clock.after(ms, this.#wake);
      signal.addEventListener('abort', this.#wake, { once: true });
      await woken.promise;
      stopTimer();
      signal.removeEventListener('abort', this.#wake);
      this.#wake = () => undefined;
    }
    this.#isRung = false;
  }
}
