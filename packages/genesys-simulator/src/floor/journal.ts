import type { LivePart, LiveState } from './live-state.ts';

/** One thing that truly happened: a part of one agent's state was replaced. */
export type JournalEntry = {
  [Part in LivePart]: {
    /** From 1, without gaps. */
    readonly seq: number;
    /** Virtual instant, ms. */
    readonly at: number;
    readonly userId: string;
    readonly part: Part;
    readonly before: LiveState[Part];
    readonly after: LiveState[Part];
  };
}[LivePart];

/** Keeps the last entries: about 200 bytes each. */
const JOURNAL_CAPACITY = 200_000;

/** Append-only. Older entries than the last `capacity` are forgotten, and a reader is told so by `firstSeq`. */
export class Journal {
  readonly #ring: JournalEntry[] = [];
  readonly #capacity: number;
  #lastSeq = 0;

  constructor(capacity = JOURNAL_CAPACITY) {
    this.#capacity = capacity;
  }

  get lastSeq(): number {
    return this.#lastSeq;
  }

  /** The oldest entry that can still be read; one past the last while there is none. */
  get firstSeq(): number {
    return this.#lastSeq - this.#ring.length + 1;
  }

  /** @returns the number the next entry must carry */
  nextSeq(): number {
    return this.#lastSeq + 1;
  }

  append(entry: JournalEntry): void {
    this.#lastSeq = entry.seq;
    if (this.#ring.length < this.#capacity) this.#ring.push(entry);
    else this.#ring[(entry.seq - 1) % this.#capacity] = entry;
  }

  /** Entries after `seq`, oldest first, at most `limit`. */
  after(seq: number, limit: number): JournalEntry[] {
    const from = Math.max(seq + 1, this.firstSeq);
    const to = Math.min(this.#lastSeq, from + limit - 1);
    const entries: JournalEntry[] = [];
    for (let next = from; next <= to; next += 1) {
      const entry = this.#ring[(next - 1) % this.#capacity];
      if (entry !== undefined) entries.push(entry);
    }
    return entries;
  }
}
