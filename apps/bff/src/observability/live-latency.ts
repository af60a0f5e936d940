import type { AgentObservation, AgentRow, RowChange, Since } from '@floorwatch/domain';
import type { Registry } from 'prom-client';
import { Durations, type Tally } from './durations.ts';

/** The way of an event: from its instant at the platform to the board, from there to the sockets, and all of it. */
export const LEGS = ['platform-to-board', 'board-to-sockets', 'platform-to-sockets'] as const;

export type Leg = (typeof LEGS)[number];

/** Of more changes than this within one beat the way to the sockets is not measured: memory is bounded. */
const MOST_WAITING = 20_000;

/** An event that takes longer to arrive is late, ms. */
const LATE_MS = 1000;

/** Events of the platform: all, those that changed the board, and those of them that arrived late. */
export interface EventCounts {
  readonly events: number;
  readonly changes: number;
  readonly late: number;
}

/**
 * How long an event takes to the browsers. It is on the live path: a change is noted with two numbers, and measured when the
 * beat that tells of it is over.
 */
export class LiveLatency {
  readonly #took: Durations<Leg>;
  readonly #takenAt = new Float64Array(MOST_WAITING);
  readonly #arrivalMs = new Float64Array(MOST_WAITING);
  #waiting = 0;
  readonly #counts = { events: 0, changes: 0, late: 0 };

  constructor(registry: Registry) {
    this.#took = new Durations({
      registry,
      name: 'floorwatch_event_latency_seconds',
      help: "Events that changed the board: from the platform's instant to the board, from the board to the sockets of browsers that keep up, and all the way.",
      label: 'leg',
    });
  }

  /** Since the start. */
  get counts(): EventCounts {
    return this.#counts;
  }

  /** An event was offered to the board; `change` is null where it was no news there. */
  noteEvent(seen: AgentObservation, change: RowChange | null): void {
    this.#counts.events += 1;
    if (change === null) return;
    this.#counts.changes += 1;
    const { before, after } = change;
    const began = before === null || after === null ? null : beginningOf(before, after);
    if (began === null) return;
    const arrivalMs = seen.platformNow - began.at;
    if (arrivalMs > LATE_MS) this.#counts.late += 1;
    this.#took.observe('platform-to-board', arrivalMs);
    if (this.#waiting >= MOST_WAITING) return;
    this.#takenAt[this.#waiting] = seen.observedAt;
    this.#arrivalMs[this.#waiting] = arrivalMs;
    this.#waiting += 1;
  }

  /** A beat is over. @param isTold whether it told anybody; where nobody listens nothing is delivered */
  beatEnded(isTold: boolean, now: number): void {
    if (isTold)
      for (let index = 0; index < this.#waiting; index += 1) {
        const deliveryMs = now - (this.#takenAt[index] ?? now);
        this.#took.observe('board-to-sockets', deliveryMs);
        this.#took.observe('platform-to-sockets', (this.#arrivalMs[index] ?? 0) + deliveryMs);
      }
    this.#waiting = 0;
  }

  tally(leg: Leg): Promise<Tally> {
    return this.#took.tally(leg);
  }
}

/** The platform's instant of what changed; null where it has none, as contacts have not. */
const beginningOf = (before: AgentRow, after: AgentRow): Since | null => {
  const { presence, routing } = after.state;
  const parts = [
    presence === before.state.presence ? null : presence,
    routing === before.state.routing ? null : routing,
  ].flatMap((part) => (part?.since.exact === true ? [part.since] : []));
  return parts.toSorted((a, b) => b.at - a.at)[0] ?? null;
};
