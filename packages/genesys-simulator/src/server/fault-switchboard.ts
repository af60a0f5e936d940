import type { FaultSettings } from '../control/control-contract.ts';
import { Random } from '../time/random.ts';
import type { RealClock } from '../time/system-clock.ts';
import { PlatformError, tooManyRequests } from './platform-error.ts';

const NO_FAULTS: FaultSettings = {
  api: null,
  login: null,
  slowMs: 0,
  refuseSockets: false,
  duplicateShare: 0,
  delayShare: 0,
  delayMs: 0,
};

const UNAVAILABLE =
  'Service Unavailable - The server is currently unavailable (because it is overloaded or down for maintenance).';
const INTERNAL = 'The server encountered an unexpected condition which prevented it from fulfilling the request.';

/** What the platform does wrong on purpose. All quiet until the control API says otherwise. */
export class FaultSwitchboard {
  readonly #realClock: RealClock;
  readonly #random: Random;
  #settings = NO_FAULTS;

  constructor(realClock: RealClock, seed: string) {
    this.#realClock = realClock;
    this.#random = new Random(`${seed}/faults`);
  }

  get settings(): FaultSettings {
    return this.#settings;
  }

  set(settings: FaultSettings): void {
    this.#settings = settings;
  }

  clear(): void {
    this.#settings = NO_FAULTS;
  }

  /** The error to answer a call with instead of the truth; null when the call may go on. */
  errorFor(side: 'api' | 'login'): PlatformError | null {
    const fault = this.#settings[side];
    if (fault === null || !this.#random.chance(fault.share)) return null;
    if (fault.status === 429) return tooManyRequests(fault.retryAfterSeconds ?? 60);
    return new PlatformError({
      status: fault.status,
      code: fault.status === 503 ? 'service.unavailable' : 'internal.server.error',
      message: fault.status === 503 ? UNAVAILABLE : INTERNAL,
      ...(fault.retryAfterSeconds !== null && { retryAfterSeconds: fault.retryAfterSeconds }),
    });
  }

  /** Resolves after the time that slow answers take at present. */
  slowDown(): Promise<void> {
    const { slowMs } = this.#settings;
    if (slowMs === 0) return Promise.resolve();
    return new Promise((resolve) => this.#realClock.after(slowMs, resolve));
  }

  /**
   * Delivers an event: at once, or late (so that later ones overtake it), or twice.
   * The second copy of a duplicate takes its own way.
   */
  deliver(send: () => void): void {
    const { duplicateShare } = this.#settings;
    this.#deliverOnce(send);
    if (duplicateShare > 0 && this.#random.chance(duplicateShare)) this.#deliverOnce(send);
  }

  #deliverOnce(send: () => void): void {
    const { delayShare, delayMs } = this.#settings;
    if (delayShare > 0 && this.#random.chance(delayShare))
      this.#realClock.after(this.#random.between(0, delayMs), send);
    else send();
  }
}
