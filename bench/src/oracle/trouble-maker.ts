import type { Interval } from '@floorwatch/domain';
import type { SimulatorControl } from '@floorwatch/genesys-simulator/client';
import type { Trouble } from './trouble.ts';

/** A round of the sweep and a little more: who is in after-call work is known again when everybody has been read. */
const BLURRED_MS = 7 * 60_000;

/** Switches the troubles of a run on and off as its clock goes on. */
export class TroubleMaker {
  readonly #control: SimulatorControl;
  readonly #opensAt: number;
  readonly #coming: Trouble[];
  #running: Trouble[] = [];
  #blurred: Interval[] = [];

  constructor(control: SimulatorControl, opensAt: number, troubles: readonly Trouble[]) {
    this.#control = control;
    this.#opensAt = opensAt;
    this.#coming = troubles.toSorted((a, b) => a.fromMs - b.fromMs);
  }

  /** Stretches of platform time in which events were late or lost. */
  get blurred(): readonly Interval[] {
    return this.#blurred;
  }

  /** @param now our clock; @param platformNow the platform's, which may have leapt ahead of it */
  async goOn(now: number, platformNow: number): Promise<void> {
    const elapsedMs = now - this.#opensAt;
    const over = this.#running.filter(({ untilMs }) => untilMs <= elapsedMs);
    for (const trouble of over) await this.#end(trouble);
    while ((this.#coming[0]?.fromMs ?? Infinity) <= elapsedMs) await this.#begin();
    if (this.#running.length > 0) this.#blur(platformNow);
  }

  /** Ends everything at once. */
  async calm(): Promise<void> {
    this.#coming.length = 0;
    for (const trouble of this.#running) await this.#end(trouble);
  }

  async #begin(): Promise<void> {
    const trouble = this.#coming.shift();
    if (trouble === undefined) return;
    await this.#control.switchOn(trouble.name, trouble.wish);
    this.#running.push(trouble);
  }

  #blur(platformNow: number): void {
    const stretch = { from: platformNow - BLURRED_MS, to: platformNow + BLURRED_MS };
    const last = this.#blurred.at(-1);
    if (last === undefined || last.to < stretch.from) this.#blurred.push(stretch);
    else this.#blurred[this.#blurred.length - 1] = { from: last.from, to: stretch.to };
  }

  /** A topic that was refused stays refused until its channel is subscribed anew, so the channels have to go. */
  async #end(trouble: Trouble): Promise<void> {
    this.#running = this.#running.filter((one) => one !== trouble);
    if (this.#running.some(({ name }) => name === trouble.name)) return;
    await this.#control.switchOff(trouble.name);
    if (trouble.name === 'topic-forbidden') await this.#control.switchOn('channel-evicted');
  }
}
