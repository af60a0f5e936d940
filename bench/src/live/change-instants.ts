import { ROW_FLAG, type AgentRowWire } from '@floorwatch/contracts';

/**
 * Finds in each row the platform's instants that are new in it: when the agent's presence and routing status changed.
 * Instants that are only a lower bound, and those of contacts (the BFF's own), say nothing about the way's length.
 */
export class ChangeInstants {
  readonly #held = new Map<number, { presenceAt: number | null; routingAt: number | null }>();

  /** Takes note of a list's rows without calling them news. */
  prime(rows: readonly AgentRowWire[]): void {
    for (const row of rows) this.#held.set(row[0], { presenceAt: row[3], routingAt: row[5] });
  }

  /** The instants of this row that its agent's last row did not have, ms on the platform's clock. */
  take(row: AgentRowWire): number[] {
    const [ref, , , presenceAt, , routingAt] = row;
    const held = this.#held.get(ref);
    this.#held.set(ref, { presenceAt, routingAt });
    if (held === undefined) return [];
    const flags = row[9];
    const instants: number[] = [];
    if (isNew(presenceAt, held.presenceAt) && (flags & ROW_FLAG.presenceSinceInexact) === 0) instants.push(presenceAt);
    if (isNew(routingAt, held.routingAt) && (flags & ROW_FLAG.routingSinceInexact) === 0) instants.push(routingAt);
    return instants;
  }
}

const isNew = (at: number | null, held: number | null): at is number => at !== null && at !== held;
