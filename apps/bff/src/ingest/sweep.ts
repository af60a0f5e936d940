import type { AgentId, Clock } from '@floorwatch/domain';
import { MAX_USERS_PER_CALL } from '@floorwatch/genesys';
import type { AgentPage } from './agent-scope.ts';
import { ReadingLedger } from './reading-ledger.ts';
import type { SnapshotReader } from './snapshot-reader.ts';

/** How often agents are re-read whose events do not arrive, ms (design §2); where the budget allows less, as often as it does. */
export const POLL_ROUND_MS = 15_000;

/** Who was read so recently is not polled yet: most channels that are lost are back by then, and a start has just read everybody. */
const RECENT_MS = 5000;

/** Calls under way at once to close gaps: 1,000 agents in two round trips, and a third of all that may fly. */
const RESYNC_WORKERS = 5;

/** Pause where there is nobody to read, or after a failure: the client has its own back-off, this keeps a loop from spinning. */
const PAUSE_MS = 1000;

export interface SweepOptions {
  readonly reader: Pick<SnapshotReader, 'read'>;
  readonly clock: Clock;
  /** Agents whose events do not arrive now. */
  readonly unheard: () => readonly AgentId[];
  /** How long a round over those takes whose events arrive, ms. */
  readonly roundMs: number;
  /** Told after each read of agents whose events do not arrive: since when all of those have been read. */
  readonly onPolled: (readSince: number) => void;
}

export interface SweepStatus {
  /** Since when everybody has been read whom the round is about, ms; null where there is nobody. */
  readonly lastRoundAt: number | null;
  readonly roundMs: number;
}

/** One way of choosing whom to read next. */
interface Lane {
  readonly roundMs: number;
  readonly take: () => { readonly ids: readonly AgentId[]; readonly size: number };
  readonly onRead?: () => void;
}

/**
 * The one engine that re-reads agents. Each agent is in exactly one lane at a time: who may have missed events is read
 * at once (`resync`); whose events do not arrive is read every 15 s; everybody else once a round, at an even pace.
 */
export class Sweep {
  readonly #options: SweepOptions;
  readonly #ledger = new ReadingLedger();
  #isListing = false;
  #wake: (() => void)[] = [];

  constructor(options: SweepOptions) {
    this.#options = options;
  }

  /** Agents not certain until they have been read. */
  get inDoubt(): number {
    return this.#ledger.inDoubt;
  }

  isInDoubt(id: AgentId): boolean {
    return this.#ledger.isInDoubt(id);
  }

  status(): { readonly sweep: SweepStatus; readonly poll: SweepStatus & { readonly agents: number } } {
    const unheard = new Set(this.#options.unheard());
    const readSince = (isUnheard: boolean): number | null =>
      this.#ledger.readSince((id) => unheard.has(id) === isUnheard);
    return {
      sweep: { lastRoundAt: readSince(false), roundMs: this.#options.roundMs },
      poll: { lastRoundAt: readSince(true), roundMs: POLL_ROUND_MS, agents: unheard.size },
    };
  }

  /** Events of these agents may have been missed: they are read as soon as the budget allows, and until it succeeds. */
  doubt(ids: Iterable<AgentId>): void {
    this.#ledger.doubt(ids);
    const wake = this.#wake;
    this.#wake = [];
    for (const resume of wake) resume();
  }

  forget(ids: Iterable<AgentId>): void {
    this.#ledger.forget(ids);
  }

  /** Takes note of the agents of a list as it is read. */
  async *noting(pages: AsyncIterable<AgentPage>): AsyncGenerator<AgentPage> {
    for await (const page of pages) {
      for (const { profile, observation } of page.users) this.#ledger.noteRead(profile.id, observation.observedAt);
      yield page;
    }
  }

  /** A list that is read at the pace of a round, in place of it: what it tells of the agents need not be asked for twice. */
  async *asRound(
    pages: AsyncIterable<AgentPage>,
    { ms, signal }: { ms: number; signal: AbortSignal },
  ): AsyncGenerator<AgentPage> {
    const pace = new Pace(this.#options.clock);
    this.#isListing = true;
    try {
      for await (const page of this.noting(pages)) {
        yield page;
        await pace.wait(ms / callsFor(page.asked), signal);
      }
    } finally {
      this.#isListing = false;
    }
  }

  /** Works until the signal is aborted. */
  async run(signal: AbortSignal): Promise<void> {
    signal.addEventListener('abort', () => {
      this.doubt([]); // wakes the workers, who then see the signal
    });
    await Promise.all([
      ...Array.from({ length: RESYNC_WORKERS }, () => this.#resync(signal)),
      this.#keepRound(this.#heardLane(), signal),
      this.#keepRound(this.#unheardLane(), signal),
    ]);
  }

  #heardLane(): Lane {
    const { clock, unheard, roundMs } = this.#options;
    const take: Lane['take'] = () => {
      if (this.#isListing) return { ids: [], size: 0 };
      const others = new Set(unheard());
      const ids = this.#ledger.takeOldest({ before: clock.now(), isWanted: (id) => !others.has(id) });
      return { ids, size: this.#ledger.size - others.size };
    };
    return { roundMs, take };
  }

  #unheardLane(): Lane {
    const { clock, unheard, onPolled } = this.#options;
    const take: Lane['take'] = () => {
      const wanted = new Set(unheard());
      if (wanted.size === 0) return { ids: [], size: 0 };
      const before = clock.now() - RECENT_MS;
      return { ids: this.#ledger.takeOldest({ before, isWanted: (id) => wanted.has(id) }), size: wanted.size };
    };
    const onRead = (): void => {
      const { lastRoundAt } = this.status().poll;
      if (lastRoundAt !== null) onPolled(lastRoundAt);
    };
    return { roundMs: POLL_ROUND_MS, take, onRead };
  }

  async #keepRound({ roundMs, take, onRead }: Lane, signal: AbortSignal): Promise<void> {
    const pace = new Pace(this.#options.clock);
    while (!signal.aborted) {
      const { ids, size } = take();
      const isRead = ids.length > 0 && (await this.#read(ids, { priority: 'sweep', signal }));
      if (isRead) onRead?.();
      const stepMs = isRead ? roundMs / callsFor(size) : Math.min(PAUSE_MS, roundMs);
      await pace.wait(stepMs, signal).catch(() => undefined);
    }
  }

  async #resync(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const ids = this.#ledger.takeDoubted();
      if (ids.length === 0) await new Promise<void>((resume) => this.#wake.push(resume));
      else await this.#read(ids, { priority: 'resync', signal });
    }
  }

  /** @returns whether it succeeded; where it did not, the reader has told the monitor why */
  async #read(ids: readonly AgentId[], how: { priority: 'resync' | 'sweep'; signal: AbortSignal }): Promise<boolean> {
    const { clock, reader } = this.#options;
    const startedAt = clock.now();
    let isRead = false;
    try {
      await reader.read({ ids, ...how });
      isRead = true;
    } catch {
      // Until the pause is over no other worker may try the same.
      await clock.sleep(PAUSE_MS, how.signal).catch(() => undefined);
    }
    this.#ledger.finish(ids, isRead ? startedAt : null);
    this.doubt([]); // a worker may wait for just these agents
    return isRead;
  }
}

/** Steps of a length each, counted from the start of the last one; time that was lost is not made up for. */
class Pace {
  readonly #clock: Clock;
  #stepBeganAt: number;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#stepBeganAt = clock.now();
  }

  /** Resolves when the step is over, at once where it took longer. */
  async wait(stepMs: number, signal: AbortSignal): Promise<void> {
    const leftMs = this.#stepBeganAt + stepMs - this.#clock.now();
    if (leftMs > 0) await this.#clock.sleep(leftMs, signal);
    this.#stepBeganAt = this.#clock.now();
  }
}

const callsFor = (agents: number): number => Math.max(1, Math.ceil(agents / MAX_USERS_PER_CALL));
