import { Volatility, VOLATILE_ABOVE, VOLATILE_WINDOW_MS, type Board, type RowChange } from '@floorwatch/domain';

const REASON = `More than ${String(VOLATILE_ABOVE)} changes within ${String(VOLATILE_WINDOW_MS / 1000)} s: left out of figures until two calm minutes have passed`;

export interface VolatileWatchOptions {
  readonly board: Board;
  /** The platform's clock, ms. */
  readonly platformNow: () => number;
}

/** Flags agents whose activity flaps, and clears them again by the clock. */
export class VolatileWatch {
  readonly #options: VolatileWatchOptions;
  readonly #volatility = new Volatility();
  /** Refs of agents who passed the limit and are not calm yet. */
  readonly #unsteady = new Set<number>();

  constructor(options: VolatileWatchOptions) {
    this.#options = options;
  }

  /** Takes note of a change of the board; on the live path. */
  noted({ before, after }: RowChange): void {
    if (before === null) return;
    if (after === null) {
      this.#volatility.forget(before.ref);
      this.#unsteady.delete(before.ref);
      return;
    }
    if (before.activity === after.activity || before.activity === 'unknown') return;
    if (this.#volatility.note(after.ref, this.#options.platformNow())) this.#unsteady.add(after.ref);
  }

  /** Raises and lowers the flags that are due. */
  review(): void {
    const { board, platformNow } = this.#options;
    const now = platformNow();
    for (const ref of this.#unsteady) {
      const row = board.rowAt(ref);
      if (row === null) continue;
      if (this.#volatility.isVolatile(ref, now)) {
        const since = this.#volatility.since(ref) ?? now;
        board.raiseFlag(row.profile.id, { kind: 'volatile', since, reason: REASON });
      } else {
        this.#unsteady.delete(ref);
        this.#volatility.forget(ref);
        board.lowerFlag(row.profile.id, 'volatile');
      }
    }
  }
}
