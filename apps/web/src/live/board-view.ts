import { isGraceOver, type AgentRow, type Board, type RowChange } from '@floorwatch/domain';
import { FacetCounts, type Counted, type FacetSnapshot } from './facet-counts.ts';
import { NameRanks } from './name-ranks.ts';
import { compileFilter, type ViewFilter } from './view-filter.ts';
import { isUrgent, orderBy, type Orderable, type SortKey } from './view-order.ts';

/** What the wall shows: refs in order, and the counts beside every option. Immutable. */
export interface ViewSnapshot {
  readonly refs: readonly number[];
  /** Agents on the board, shown or not. */
  readonly total: number;
  readonly counts: FacetSnapshot;
}

/** The two times a view needs, ms. */
export interface ViewTimes {
  /** The page's own clock: paces the order. */
  readonly now: number;
  /** The platform's clock: ends the grace of contradictions. */
  readonly platformNow: number;
}

export interface ViewOptions {
  readonly filter: ViewFilter;
  readonly sort: SortKey;
}

/** The whole order is made anew at most this often, so that no tile wanders about under a reader's eyes. */
const REORDER_MS = 5000;
/** Whoever newly needs somebody moves to the head of the wall after at most this long. */
const URGENT_REORDER_MS = 1000;

/**
 * A filtered, counted and ordered look at a board. Counts and membership follow every change at once, so that totals
 * always equal tiles; the order follows at its own pace, and not at all while it is held.
 */
export class BoardView {
  readonly #board: Board;
  readonly #names: NameRanks;
  readonly #counts = new FacetCounts();
  /** By ref. */
  readonly #counted = new Map<number, Counted>();
  /** Agents whose contradiction is still within its grace period. */
  readonly #inGrace = new Set<number>();
  #options: ViewOptions;
  #missedFacets: ReturnType<typeof compileFilter>;
  #refs: number[] = [];
  readonly #joined = new Set<number>();
  readonly #left = new Set<number>();
  #orderedAt = -Infinity;
  #urgentAt = -Infinity;
  #snapshot: ViewSnapshot | null = null;

  constructor(board: Board, options: ViewOptions, times: ViewTimes) {
    this.#board = board;
    this.#names = new NameRanks(() => board.rows());
    this.#options = options;
    this.#missedFacets = compileFilter(options.filter);
    this.#recount(times);
  }

  /** The view as it stands; the same object until something in it changes. */
  snapshot(): ViewSnapshot {
    this.#settleMembers();
    this.#snapshot ??= { refs: this.#refs, total: this.#board.size, counts: this.#counts.snapshot() };
    return this.#snapshot;
  }

  /** Whether the agent's contradiction has lasted beyond its grace period. */
  disagrees(ref: number): boolean {
    return this.#counted.get(ref)?.disagrees ?? false;
  }

  setOptions(options: ViewOptions, times: ViewTimes): void {
    const sameFilter = options.filter === this.#options.filter;
    this.#options = options;
    if (sameFilter) {
      this.#reorder(times.now);
      return;
    }
    this.#missedFacets = compileFilter(options.filter);
    this.#recount(times);
  }

  /** Follows changes of the board. */
  apply(changes: readonly RowChange[], platformNow: number): void {
    for (const { before, after } of changes) {
      if (before?.profile.name !== after?.profile.name) this.#names.invalidate();
      if (after !== null) this.#place(after, platformNow);
      else if (before !== null) this.#remove(before.ref);
    }
    if (changes.length > 0) this.#snapshot = null;
  }

  /** Lets time do its work: ends grace periods and, unless the order is held, puts the agents in order again. */
  tick({ now, platformNow }: ViewTimes, isHeld: boolean): void {
    for (const ref of this.#inGrace) {
      const row = this.#board.rowAt(ref);
      if (row === null || isGraceOver(row, platformNow)) this.#inGrace.delete(ref);
      if (row !== null && isGraceOver(row, platformNow)) {
        this.#place(row, platformNow);
        this.#snapshot = null;
      }
    }
    if (isHeld) return;
    if (now - this.#orderedAt >= REORDER_MS) this.#reorder(now);
    else if (now - this.#urgentAt >= URGENT_REORDER_MS) this.#raiseUrgent(now);
  }

  #recount({ now, platformNow }: ViewTimes): void {
    this.#counts.clear();
    this.#counted.clear();
    this.#joined.clear();
    this.#left.clear();
    this.#refs = [];
    this.#snapshot = null; // an empty wall has the same refs as the cleared ones, but other counts
    for (const row of this.#board.rows()) this.#place(row, platformNow);
    this.#reorder(now);
  }

  #place(row: AgentRow, platformNow: number): void {
    const held = this.#counted.get(row.ref);
    if (held !== undefined) this.#counts.remove(held);
    const disagrees = row.discrepancy !== null && isGraceOver(row, platformNow);
    if (row.discrepancy !== null && !disagrees) this.#inGrace.add(row.ref);
    else this.#inGrace.delete(row.ref);
    const counted = { row, disagrees, missed: this.#missedFacets(row, disagrees) };
    this.#counted.set(row.ref, counted);
    this.#counts.add(counted);
    this.#noteMembership(row.ref, held?.missed === 0, counted.missed === 0);
  }

  #remove(ref: number): void {
    const held = this.#counted.get(ref);
    if (held === undefined) return;
    this.#counts.remove(held);
    this.#counted.delete(ref);
    this.#inGrace.delete(ref);
    this.#noteMembership(ref, held.missed === 0, false);
  }

  #noteMembership(ref: number, was: boolean, is: boolean): void {
    if (was === is) return;
    if (is && !this.#left.delete(ref)) this.#joined.add(ref);
    if (was && !this.#joined.delete(ref)) this.#left.add(ref);
  }

  /** Newcomers stand at the end until the order is next made; nobody else moves. */
  #settleMembers(): void {
    if (this.#joined.size === 0 && this.#left.size === 0) return;
    const stayed = this.#left.size === 0 ? this.#refs : this.#refs.filter((ref) => !this.#left.has(ref));
    this.#refs = [...stayed, ...this.#joined];
    this.#joined.clear();
    this.#left.clear();
    this.#snapshot = null;
  }

  #reorder(now: number): void {
    this.#settleMembers();
    this.#orderedAt = now;
    this.#urgentAt = now;
    const members = [...this.#counted.values()].filter(({ missed }) => missed === 0).map(toOrderable);
    this.#adopt(orderBy(this.#options.sort, members, (ref) => this.#names.rankOf(ref)));
  }

  /** Moves those who newly need somebody to the head and leaves everybody else in the order they stand. */
  #raiseUrgent(now: number): void {
    if (this.#options.sort !== 'attention') return;
    this.#settleMembers();
    this.#urgentAt = now;
    const urgent: Orderable[] = [];
    const others: number[] = [];
    for (const ref of this.#refs) {
      const counted = this.#counted.get(ref);
      if (counted !== undefined && isUrgent(counted.row, counted.disagrees)) urgent.push(toOrderable(counted));
      else others.push(ref);
    }
    this.#adopt([...orderBy('attention', urgent, (ref) => this.#names.rankOf(ref)), ...others]);
  }

  #adopt(refs: number[]): void {
    if (refs.length === this.#refs.length && refs.every((ref, index) => ref === this.#refs[index])) return;
    this.#refs = refs;
    this.#snapshot = null;
  }
}

const toOrderable = ({ row, disagrees }: Counted): Orderable => ({ ref: row.ref, row, disagrees });
