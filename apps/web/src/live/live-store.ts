import {
  fromDeltaBody,
  type AgentList,
  type Delta,
  type Hello,
  type NamedEntity,
  type UpstreamHealth,
} from '@floorwatch/contracts';
import { agentId, Board, type AgentRow, type Clock } from '@floorwatch/domain';
import { createStore, type StoreApi } from 'zustand/vanilla';
import { BoardView, type ViewOptions, type ViewSnapshot, type ViewTimes } from './board-view.ts';
import type { Connection } from './connection.ts';
import { judgeFreshness, STALE_MS, trueUntil, type Freshness } from './freshness.ts';
import { ServerClock, type FrameTimes } from './server-clock.ts';
import { EVERYBODY } from './view-filter.ts';

export interface Organisation {
  readonly name: string;
  /** A simulated organisation: every page says so. */
  readonly isDemo: boolean;
  /** Agents of the whole organisation, where the configuration narrows the wall to some of them; else null. */
  readonly narrowedFrom: number | null;
  /** Divisions the viewer may see, where these are not all; else null. */
  readonly cutTo: readonly NamedEntity[] | null;
  readonly divisions: readonly NamedEntity[];
  readonly queues: readonly NamedEntity[];
}

/** Everything a screen may read, but the rows: those are read through {@link LiveStore.rowAt}. */
export interface LiveState {
  readonly organisation: Organisation | null;
  readonly upstream: UpstreamHealth | null;
  readonly connection: Connection;
  readonly freshness: Freshness;
  /** Null until the list and the first frame are there. */
  readonly view: ViewSnapshot | null;
  /** The order stands still because somebody points at the wall. */
  readonly orderIsHeld: boolean;
}

interface Position {
  readonly epoch: string;
  readonly version: number;
}

type HeardFrame = FrameTimes & { readonly upstream: UpstreamHealth };

/** A pointer or a focus that does not move for this long no longer holds the order: nobody is there. */
const HOLD_MS = 60_000;

/**
 * The live floor in the browser: the replica of the BFF's board and the one view of it, fed by the socket only.
 * The board changes in place and rows are immutable, so a tile that selects its row renders only when that row changes.
 */
export class LiveStore {
  readonly store: StoreApi<LiveState> = createStore(() => ({
    organisation: null,
    upstream: null,
    connection: { kind: 'connecting', attempt: 1 },
    freshness: { kind: 'loading' },
    view: null,
    orderIsHeld: false,
  }));
  readonly #clock: Clock;
  readonly #serverClock: ServerClock;
  #board: Board | null = null;
  #view: BoardView | null = null;
  #upstream: UpstreamHealth | null = null;
  #options: ViewOptions = { filter: EVERYBODY, sort: 'attention' };
  #heldUntil = -Infinity;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#serverClock = new ServerClock(clock);
  }

  /** What the replica holds; null before the first list. */
  get position(): Position | null {
    return this.#board === null ? null : { epoch: this.#board.epoch, version: this.#board.version };
  }

  rowAt(ref: number): AgentRow | null {
    return this.#board?.rowAt(ref) ?? null;
  }

  /** The agent's row; null where there is no such agent on the board, or no board yet. */
  rowOf(id: string): AgentRow | null {
    return this.#board?.rowOf(agentId(id)) ?? null;
  }

  /** Every agent of the board, in no order; nobody before the first list. */
  *everybody(): Iterable<AgentRow> {
    if (this.#board !== null) yield* this.#board.rows();
  }

  /** The agents in the view, in its order, by id. */
  shownIds(): string[] {
    return (this.#view?.snapshot().refs ?? []).flatMap((ref) => this.rowAt(ref)?.profile.id ?? []);
  }

  /** Whether presence and routing status of the agent contradict each other beyond the grace period. */
  disagrees(ref: number): boolean {
    return this.#view?.disagrees(ref) ?? false;
  }

  /**
   * The platform's time that durations are counted to; null before the first frame. It stands still once the data is
   * stale: a duration must not grow on nobody's word.
   */
  displayNow(): number | null {
    const upstream = this.#upstream;
    const now = this.#serverClock.now();
    const heardAt = this.#serverClock.heardAt;
    if (now === null || heardAt === null || upstream === null) return null;
    return this.#serverClock.toPlatform(Math.min(now, trueUntil({ heardAt, upstream }) + STALE_MS));
  }

  /** The BFF's time, whatever the browser's clock says; null before the first frame. */
  serverNow(): number | null {
    return this.#serverClock.now();
  }

  setConnection(connection: Connection): void {
    this.store.setState({ connection });
  }

  /** Takes over a whole list in place of what was held. */
  adopt(list: AgentList): void {
    const board = new Board(list.epoch);
    const patch = fromDeltaBody(
      { from: 0, to: list.version, cards: list.cards, rows: list.rows, removed: [] },
      () => null,
    );
    if (patch !== 'gap') board.applyPatch(patch);
    this.#board = board;
    this.#view = null;
    const { cutTo, divisions, queues } = list;
    this.#publish({ organisation: { ...list.organisation, cutTo, divisions, queues } });
  }

  /** First frame of a socket: perhaps of another server, whose clock is learnt anew. */
  greet(frame: Hello): void {
    this.#serverClock.forgetLead();
    this.hear(frame);
  }

  /** Takes the time and the health from a frame. */
  hear(frame: HeardFrame): void {
    this.#take(frame);
    this.#publish();
  }

  /** @returns `gap` when the delta does not follow what is held: the list must be loaded again */
  applyDelta(frame: Delta): 'applied' | 'gap' {
    this.#take(frame);
    const board = this.#board;
    const patch = board === null ? 'gap' : fromDeltaBody(frame, (ref) => board.rowAt(ref));
    const changes = board === null || patch === 'gap' ? 'gap' : board.applyPatch(patch);
    if (changes !== 'gap') this.#view?.apply(changes, this.#times().platformNow);
    this.#publish();
    return changes === 'gap' ? 'gap' : 'applied';
  }

  setOptions(options: ViewOptions): void {
    this.#options = options;
    this.#view?.setOptions(options, this.#times());
    this.#publish();
  }

  /** Somebody points at the wall or moves through it with the keyboard: no tile may move away from under them. */
  holdOrder(): void {
    this.#heldUntil = this.#clock.now() + HOLD_MS;
    if (!this.store.getState().orderIsHeld) this.store.setState({ orderIsHeld: true });
  }

  releaseOrder(): void {
    this.#heldUntil = -Infinity;
    this.tick();
  }

  /** Lets time do its work; called once a second. */
  tick(): void {
    const orderIsHeld = this.#clock.now() < this.#heldUntil;
    this.#view?.tick(this.#times(), orderIsHeld);
    this.#publish({ orderIsHeld });
  }

  #take(frame: HeardFrame): void {
    this.#serverClock.hear(frame);
    if (!sameHealth(this.#upstream, frame.upstream)) this.#upstream = frame.upstream;
  }

  #times(): ViewTimes {
    return { now: this.#clock.now(), platformNow: this.displayNow() ?? -Infinity };
  }

  /** Shows everything that has changed in one go, so that no tile ever sees half of it. */
  #publish(more: Partial<LiveState> = {}): void {
    const times = this.#times();
    if (this.#view === null && this.#board !== null && times.platformNow !== -Infinity)
      this.#view = new BoardView(this.#board, this.#options, times);
    // A new state every time, even where nothing in it differs: it tells the tiles to look at their rows again.
    this.store.setState((state) => ({
      ...more,
      upstream: this.#upstream,
      view: this.#view?.snapshot() ?? state.view,
      freshness: this.#judge(state.freshness),
    }));
  }

  #judge(before: Freshness): Freshness {
    const upstream = this.#upstream;
    const serverNow = this.#serverClock.now();
    const heardAt = this.#serverClock.heardAt;
    if (this.#board === null || serverNow === null || heardAt === null || upstream === null) return { kind: 'loading' };
    const next = judgeFreshness({ serverNow, heardAt, upstream });
    return sameForViewer(before, next) ? before : next;
  }
}

const sameHealth = (a: UpstreamHealth | null, b: UpstreamHealth): boolean =>
  a !== null &&
  a.state === b.state &&
  a.hop === b.hop &&
  a.since === b.since &&
  a.dataAt === b.dataAt &&
  a.message === b.message &&
  a.agentsLive === b.agentsLive &&
  a.agentsTotal === b.agentsTotal;

/** Ages are shown in whole seconds: the same second is the same to a viewer, and nothing needs to render. */
const sameForViewer = (a: Freshness, b: Freshness): boolean =>
  a.kind === b.kind &&
  a.kind !== 'loading' &&
  b.kind !== 'loading' &&
  Math.floor(a.ageMs / 1000) === Math.floor(b.ageMs / 1000) &&
  (a.kind === 'live' || b.kind === 'live' || (a.hop === b.hop && a.sinceMs === b.sinceMs));
