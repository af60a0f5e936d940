import { startSimulator, type RunningSimulator } from '@floorwatch/genesys-simulator';
import { SimulatorControl } from '@floorwatch/genesys-simulator/client';
import { SteppedClock } from './stepped-clock.ts';
import { TrueFloor } from './true-lanes.ts';

/** Entries of the journal that may gather before they are read: it forgets after 200,000. */
const JOURNAL_BACKLOG = 20_000;

export interface OracleFloorWish {
  readonly agents: number;
  readonly seed: string;
  /** ms */
  readonly startsAt: number;
  /** How far the clock moves at once, ms. */
  readonly stepMs: number;
}

/** A simulated organisation on a clock that is moved step by step, and the truth about it. */
export class OracleFloor {
  readonly clock: SteppedClock;
  readonly simulator: RunningSimulator;
  readonly control: SimulatorControl;
  readonly truth: TrueFloor;
  readonly stepMs: number;

  private constructor(parts: {
    readonly clock: SteppedClock;
    readonly simulator: RunningSimulator;
    readonly control: SimulatorControl;
    readonly truth: TrueFloor;
    readonly stepMs: number;
  }) {
    this.clock = parts.clock;
    this.simulator = parts.simulator;
    this.control = parts.control;
    this.truth = parts.truth;
    this.stepMs = parts.stepMs;
  }

  static async open({ agents, seed, startsAt, stepMs }: OracleFloorWish): Promise<OracleFloor> {
    const clock = new SteppedClock(startsAt);
    const simulator = await startSimulator({ agents, seed, speed: 1, realClock: clock });
    const control = new SimulatorControl(simulator.url);
    return new OracleFloor({ clock, simulator, control, truth: new TrueFloor(await control.truth()), stepMs });
  }

  /** The platform's clock: ours, until a trouble has set it ahead. */
  get platformNow(): number {
    return this.simulator.world.virtualClock.now();
  }

  /** Moves on by a step; done when both sides have dealt with what happened in it. */
  async step(): Promise<void> {
    this.clock.step(this.stepMs);
    await this.simulator.settle();
    if (this.simulator.engine.journal.lastSeq - this.truth.lastSeq > JOURNAL_BACKLOG) await this.readJournal();
  }

  async readJournal(): Promise<void> {
    for (;;) {
      const { entries } = await this.control.journal({ after: this.truth.lastSeq });
      if (entries.length === 0) return;
      for (const entry of entries) this.truth.add(entry);
    }
  }

  close(): Promise<void> {
    return this.simulator.close();
  }
}
