import { BrokenCircuitError, circuitBreaker, CircuitState, ConsecutiveBreaker, handleWhen } from 'cockatiel';
import { isCredibleSnapshot, type Clock } from '@floorwatch/domain';

/** Pause after an answer that was not believed, ms (design §2). */
export const REJECTED_BACK_OFF_MS = 10_000;

/** So many rejections in a row open the breaker (design §2). */
const REJECTIONS_TO_OPEN = 3;

/** An open breaker lets one probe through after this, ms. */
export const PROBE_AFTER_MS = 60_000;

/** How many agents an answer should have named, and how many it did. */
export interface Naming {
  readonly known: number;
  readonly named: number;
}

/** The platform's answer names too few of the agents it was asked for: taken for a truncated one. */
export class SnapshotRejected extends Error {
  override readonly name = 'SnapshotRejected';
  readonly naming: Naming;
  readonly retryInMs = REJECTED_BACK_OFF_MS;

  constructor(naming: Naming) {
    const { known, named } = naming;
    super(
      `Genesys Cloud names only ${String(named)} of ${String(known)} agents: not believed, their last state is kept`,
    );
    this.naming = naming;
  }
}

/** Nobody is asked for now: too many answers in a row were not believed. */
export class SnapshotsHeldBack extends Error {
  override readonly name = 'SnapshotsHeldBack';
  readonly retryInMs: number;

  constructor(retryInMs: number) {
    const inWords = `asked again in ${String(Math.ceil(retryInMs / 1000))} s`;
    super(`Genesys Cloud named too few agents ${String(REJECTIONS_TO_OPEN)} times in a row: ${inWords}`);
    this.retryInMs = retryInMs;
  }
}

export type BreakerState = 'closed' | 'open' | 'half-open';

export interface SnapshotCheckStatus {
  readonly breaker: BreakerState;
  readonly rejections: number;
  readonly rejectionsInARow: number;
  /** Null while the breaker is closed. */
  readonly nextProbeAt: number | null;
  readonly lastRejection: (Naming & { readonly at: number }) | null;
}

/**
 * The registry check: an answer that names under nine tenths of those it should is not believed. After three such
 * answers in a row nothing is asked until a probe gets a good one.
 */
export class SnapshotCheck {
  readonly #clock: Clock;
  readonly #policy = circuitBreaker(
    handleWhen((error) => error instanceof SnapshotRejected || this.breaker === 'half-open'), // no probe but a good one closes it
    { halfOpenAfter: PROBE_AFTER_MS, breaker: new ConsecutiveBreaker(REJECTIONS_TO_OPEN) },
  );
  #rejections = 0;
  #rejectionsInARow = 0;
  #lastRejection: SnapshotCheckStatus['lastRejection'] = null;
  #nextProbeAt: number | null = null;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#policy.onBreak(() => {
      this.#nextProbeAt = clock.now() + PROBE_AFTER_MS;
    });
    this.#policy.onReset(() => {
      this.#nextProbeAt = null;
    });
  }

  get breaker(): BreakerState {
    switch (this.#policy.state) {
      case CircuitState.Open:
        return 'open';
      case CircuitState.HalfOpen:
        return 'half-open';
      default:
        return 'closed';
    }
  }

  status(): SnapshotCheckStatus {
    return {
      breaker: this.breaker,
      rejections: this.#rejections,
      rejectionsInARow: this.#rejectionsInARow,
      nextProbeAt: this.#nextProbeAt,
      lastRejection: this.#lastRejection,
    };
  }

  /**
   * Reads and judges.
   * @throws SnapshotRejected when the answer cannot be believed; SnapshotsHeldBack when nothing is asked for now; and what
   * the reading throws
   */
  async judge(read: () => Promise<Naming>): Promise<void> {
    try {
      await this.#policy.execute(async () => {
        this.#believe(await read());
      });
    } catch (error) {
      if (!(error instanceof BrokenCircuitError)) throw error;
      throw new SnapshotsHeldBack(Math.max(1000, (this.#nextProbeAt ?? 0) - this.#clock.now()));
    }
  }

  #believe(naming: Naming): void {
    if (isCredibleSnapshot(naming.known, naming.named)) {
      this.#rejectionsInARow = 0;
      return;
    }
    this.#rejections += 1;
    this.#rejectionsInARow += 1;
    this.#lastRejection = { ...naming, at: this.#clock.now() };
    throw new SnapshotRejected(naming);
  }
}
