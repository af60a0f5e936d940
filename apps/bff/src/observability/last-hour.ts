import { SERIES, type SeriesName } from '@floorwatch/contracts';

/** How often figures are kept, ms. */
export const KEEP_EVERY_MS = 10_000;

const KEPT = 3_600_000 / KEEP_EVERY_MS;

export type Figures = Readonly<Record<SeriesName, number | null>>;

/** Figures over the last hour: as many as fit in it, the oldest go. */
export class LastHour {
  readonly #at: number[] = [];
  readonly #series = new Map<SeriesName, (number | null)[]>(SERIES.map((name) => [name, []]));

  /** @param at ms, our clock */
  keep(at: number, figures: Figures): void {
    this.#at.push(at);
    for (const [name, values] of this.#series) values.push(figures[name]);
    if (this.#at.length <= KEPT) return;
    this.#at.shift();
    for (const values of this.#series.values()) values.shift();
  }

  /** ms, oldest first. */
  get at(): readonly number[] {
    return this.#at;
  }

  of(name: SeriesName): readonly (number | null)[] {
    return this.#series.get(name) ?? [];
  }
}
