import type { RealClock } from '../time/system-clock.ts';
import type { VirtualClock } from '../time/virtual-clock.ts';
import type { ScenarioEngine } from './scenario-engine.ts';

/** One timer for the whole floor, whatever its size; adds at most this much to the age of an event. */
const PUMP_INTERVAL_MS = 10;

interface FloorPumpDeps {
  readonly engine: ScenarioEngine;
  readonly virtualClock: VirtualClock;
  readonly realClock: RealClock;
}

/** Keeps the floor up with the virtual clock, and faster than that when asked for a rate. */
export class FloorPump {
  readonly #deps: FloorPumpDeps;
  readonly #stop: () => void;
  #perSecond: number | null = null;
  #lastPumpAt: number;
  #owed = 0;

  constructor(deps: FloorPumpDeps) {
    this.#deps = deps;
    this.#lastPumpAt = deps.realClock.now();
    this.#stop = deps.realClock.every(PUMP_INTERVAL_MS, () => this.pump());
  }

  get perSecond(): number | null {
    return this.#perSecond;
  }

  /**
   * Asks for about so many agent transitions a second of real time; the floor never goes slower than its clock.
   * Null lets it go at its own pace. A frozen floor stays frozen.
   */
  setRate(perSecond: number | null): void {
    this.#perSecond = perSecond;
    this.#owed = 0;
  }

  /** Brings the floor to this very instant, for whoever is about to read it. */
  pump(): void {
    const { engine, virtualClock, realClock } = this.#deps;
    const now = realClock.now();
    const before = engine.transitions;
    engine.advanceTo(virtualClock.now());
    if (this.#perSecond !== null && virtualClock.speed > 0) {
      const elapsedSeconds = Math.max(0, now - this.#lastPumpAt) / 1000;
      this.#owed += this.#perSecond * elapsedSeconds - (engine.transitions - before);
      const missing = Math.floor(this.#owed);
      if (missing > 0) {
        const beforeHurry = engine.transitions;
        engine.hurry(missing);
        this.#owed -= engine.transitions - beforeHurry;
      }
      this.#owed = Math.max(this.#owed, -this.#perSecond);
    }
    this.#lastPumpAt = now;
  }

  /** Lives through so many ms at once, whatever the speed: everything happens at its own instant. */
  advance(ms: number): void {
    this.pump();
    this.#deps.virtualClock.leap(ms);
    this.pump();
  }

  /** Sets the organisation's clock ahead of where it would be, ms. */
  leap(ms: number): void {
    this.pump();
    this.#deps.virtualClock.leap(ms);
    this.#deps.engine.leap(ms);
  }

  stop(): void {
    this.#stop();
  }
}
