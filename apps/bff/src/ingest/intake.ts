import type { AgentId, AgentObservation, Board, RowChange } from '@floorwatch/domain';

/**
 * Whoever keeps what was seen. It is on the live path: it takes note and returns, and whatever becomes of its notes is
 * nothing to the board.
 */
export interface ObservationListener {
  /** Told of everything that is seen, when the board has taken it over; `change` is null where it was no news to the board. */
  taken(seen: AgentObservation, change: RowChange | null): void;
  /** Events of these agents do not arrive from now on. */
  unheard(ids: readonly AgentId[]): void;
  /** Events of these agents arrive from now on; before, some may have been missed. */
  heard(ids: readonly AgentId[]): void;
  /** These agents are off the board. */
  left(ids: readonly AgentId[]): void;
}

/** The one door through which everything seen of agents goes: onto the board first, then to the one who records it. */
export class Intake {
  readonly #board: Board;
  readonly #listener: ObservationListener | null;
  readonly #alsoTold: ((seen: AgentObservation) => void)[];

  /** @param alsoTold of everything that is seen, at the very end */
  constructor(board: Board, listener: ObservationListener | null, ...alsoTold: ((seen: AgentObservation) => void)[]) {
    this.#board = board;
    this.#listener = listener;
    this.#alsoTold = alsoTold;
  }

  /** What it did to the board; null where it was no news there. */
  take(seen: AgentObservation): RowChange | null {
    const change = this.#board.applyEvent(seen);
    this.#listener?.taken(seen, change);
    for (const tell of this.#alsoTold) tell(seen);
    return change;
  }

  /** Events of these agents do not arrive from now on. */
  unheard(ids: readonly AgentId[]): void {
    this.#listener?.unheard(ids);
  }

  /** Events of these agents arrive from now on; before, some may have been missed. */
  heard(ids: readonly AgentId[]): void {
    this.#listener?.heard(ids);
  }

  /** Takes agents off the board. */
  remove(ids: readonly AgentId[]): void {
    for (const id of ids) this.#board.removeAgent(id);
    this.#listener?.left(ids);
  }
}
