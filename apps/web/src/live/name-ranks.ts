import type { AgentRow } from '@floorwatch/domain';

const collator = new Intl.Collator(undefined, { sensitivity: 'base', numeric: true });

/**
 * Each agent's place in the order of names. Comparing names by the rules of a language is slow, so the order is made
 * once and again only when a name or the set of agents has changed.
 */
export class NameRanks {
  readonly #rows: () => Iterable<AgentRow>;
  #ranks: number[] | null = null;

  constructor(rows: () => Iterable<AgentRow>) {
    this.#rows = rows;
  }

  invalidate(): void {
    this.#ranks = null;
  }

  /** An agent's place. Agents of the same name are in the order of their refs. */
  rankOf(ref: number): number {
    this.#ranks ??= this.#make();
    return this.#ranks[ref] ?? Infinity;
  }

  #make(): number[] {
    const sorted = [...this.#rows()].sort((a, b) => collator.compare(a.profile.name, b.profile.name));
    const ranks: number[] = [];
    sorted.forEach(({ ref }, rank) => {
      ranks[ref] = rank;
    });
    return ranks;
  }
}
