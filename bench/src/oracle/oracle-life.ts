import type { Interval } from '@floorwatch/domain';
import type { OracleFloor } from './oracle-floor.ts';
import type { Trouble } from './trouble.ts';
import { TroubleMaker } from './trouble-maker.ts';
import type { Watched } from './watched.ts';

const HOUR_MS = 3_600_000;

/**
 * So much of the floor's time after the end: what was lost on a live socket is found by a comparison with the platform's
 * history, which goes round in an hour and keeps ten minutes' distance.
 */
const REST_MS = 1.5 * HOUR_MS;

/** How many entries may wait to be written before the clock waits for them: a day is lived in a minute. */
const MOST_WAITING = 20_000;

const STEPS_BETWEEN_LOOKS = 20;

/** Until everybody has been read for the first time it is not known who is in after-call work, ms. */
const BLURRED_AT_START_MS = 600_000;

interface OracleLifeOptions {
  readonly floor: OracleFloor;
  readonly watched: Watched;
  readonly troubles: readonly Trouble[];
  readonly progress: (line: string) => void;
}

/** Organisation and Floorwatch going on together, step by step, through troubles and to rest. */
export class OracleLife {
  readonly #options: OracleLifeOptions;
  readonly #maker: TroubleMaker;
  readonly #openedAt: number;

  constructor(options: OracleLifeOptions) {
    const { floor, troubles } = options;
    this.#options = options;
    this.#openedAt = floor.clock.now();
    this.#maker = new TroubleMaker(floor.control, this.#openedAt, troubles);
  }

  /** Stretches in which nobody can say when after-call work began. */
  get blurred(): readonly Interval[] {
    return [{ from: this.#openedAt, to: this.#openedAt + BLURRED_AT_START_MS }, ...this.#maker.blurred];
  }

  /** @returns the stretch of platform time that is to be judged: all of it is recorded and at rest */
  async live(spanMs: number): Promise<Interval> {
    const { floor } = this.#options;
    await this.goOn(spanMs);
    await this.#maker.calm();
    const to = floor.platformNow;
    await this.goOn(REST_MS);
    await floor.readJournal();
    await this.#options.watched.floorwatch.recording?.settle();
    return { from: this.#openedAt, to };
  }

  /** Goes on for so much of the floor’s time. */
  async goOn(spanMs: number): Promise<void> {
    const { floor, progress } = this.#options;
    const until = floor.clock.now() + spanMs;
    let nextHour = floor.clock.now() + HOUR_MS * 6;
    for (let steps = 0; floor.clock.now() < until; steps += 1) {
      await floor.step();
      await this.#maker.goOn(floor.clock.now(), floor.platformNow);
      if (steps % STEPS_BETWEEN_LOOKS === 0) await this.#waitForWriting();
      if (floor.clock.now() < nextHour) continue;
      nextHour += HOUR_MS * 6;
      progress(`  ${new Date(floor.platformNow).toISOString()}, ${String(floor.truth.lastSeq)} entries in the journal`);
    }
  }

  async #waitForWriting(): Promise<void> {
    const { recording } = this.#options.watched.floorwatch;
    while ((recording?.status().waiting ?? 0) > MOST_WAITING) await new Promise(setImmediate);
  }
}
