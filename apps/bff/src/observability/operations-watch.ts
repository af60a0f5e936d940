import type { Clock } from '@floorwatch/domain';
import type { StoreStatus } from '@floorwatch/store';
import { Gauge, Registry } from 'prom-client';
import { CallMeter } from './call-meter.ts';
import type { Facts } from './facts.ts';
import { HopWatch, type HopCondition } from './hop-watch.ts';
import { KEEP_EVERY_MS, LastHour, type Figures } from './last-hour.ts';
import { LiveLatency } from './live-latency.ts';
import { paceBetween, takeMark, type Mark, type Pace } from './pace.ts';
import { ProcessProbe, type ProcessFigures } from './process-probe.ts';
import { QuietChannels } from './quiet-channels.ts';

/** Jobs and the size of the store are counted once in so many looks: it takes queries. */
const COUNT_EVERY = 6;

/** What is shown as "now" is of the last minute. */
const MARKS_KEPT = 60_000 / KEEP_EVERY_MS;

const MB = 1_048_576;

/** Jobs of one queue. `deferred`: for later, or to be tried again */
export interface QueueCount {
  readonly queue: string;
  readonly waiting: number;
  readonly active: number;
  readonly deferred: number;
}

/** What is asked of the store, where there is one. */
export interface WatchedStore {
  status(): StoreStatus;
  /** bytes */
  sizeBytes(): Promise<number>;
  countJobs(): Promise<readonly QueueCount[]>;
}

/** What the watch cannot know by itself. */
export type KnownFacts = Omit<Facts, 'at' | 'events' | 'calls' | 'quietChannels' | 'eventLoopP99Ms' | 'store'>;

export interface OperationsWatchOptions {
  readonly clock: Clock;
  readonly store: WatchedStore | null;
}

/** Measures how Floorwatch itself is doing: the meters on its ways, the hops, and the last hour. */
export class OperationsWatch {
  readonly registry = new Registry();
  readonly latency = new LiveLatency(this.registry);
  readonly calls: CallMeter;
  readonly hour = new LastHour();
  readonly #options: OperationsWatchOptions;
  readonly #probe = new ProcessProbe();
  readonly #hops: HopWatch;
  readonly #marks: Mark[] = [];
  readonly #quiet = new QuietChannels();
  #facts: (() => KnownFacts) | null = null;
  #browsers: () => number = () => 0;
  #stopKeeping: () => void = () => undefined;
  #turns = 0;
  #counted: { jobs: readonly QueueCount[] | null; sizeMb: number | null } = { jobs: null, sizeMb: null };
  #process: ProcessFigures;
  /** The worst of each look since the last figures were kept, ms. */
  #eventLoopP99Ms = 0;

  constructor(options: OperationsWatchOptions) {
    this.#options = options;
    const { clock } = options;
    this.calls = new CallMeter({ registry: this.registry, clock });
    this.#process = this.#probe.figures();
    this.#hops = new HopWatch({ clock, facts: () => this.#look() });
    this.#addJobs();
  }

  /** Begins to look. @param facts asked for once a second */
  start(facts: () => KnownFacts, browsers: () => number): void {
    this.#facts = facts;
    this.#browsers = browsers;
    this.#probe.start();
    this.#hops.start();
    this.#stopKeeping = this.#options.clock.every(KEEP_EVERY_MS, () => void this.#keep());
    void this.#keep();
  }

  stop(): void {
    this.#stopKeeping();
    this.#hops.stop();
    this.#probe.stop();
  }

  hops(): HopCondition[] {
    return this.#facts === null ? [] : this.#hops.conditions();
  }

  /** Of the last minute. */
  async pace(): Promise<Pace> {
    const now = await takeMark(this.#options.clock.now(), this);
    return paceBetween(this.#marks[0] ?? now, now);
  }

  process(): ProcessFigures & { readonly eventLoopP99Ms: number } {
    return { ...this.#process, eventLoopP99Ms: this.hour.of('eventLoopP99Ms').at(-1) ?? 0 };
  }

  /** Null where there is no store. */
  store(): (StoreStatus & { readonly sizeMb: number | null }) | null {
    const { store } = this.#options;
    return store && { ...store.status(), sizeMb: this.#counted.sizeMb };
  }

  /** Null where there is no store. */
  isStoreUp(): boolean | null {
    const { store } = this.#options;
    return store && store.status().state === 'up';
  }

  /** As counted last; null where there is no store, or it is away. */
  jobs(): readonly QueueCount[] | null {
    return this.#counted.jobs;
  }

  #look(): Facts {
    if (this.#facts === null) throw new Error('the watch has not been started');
    const { calls, latency } = this;
    const eventLoopP99Ms = this.#probe.takeEventLoopP99Ms();
    this.#eventLoopP99Ms = Math.max(this.#eventLoopP99Ms, eventLoopP99Ms);
    const at = this.#options.clock.now();
    const known = this.#facts();
    return {
      at,
      ...known,
      quietChannels: this.#quiet.look(known.channels, at),
      events: { ...latency.counts },
      calls: {
        loginTrouble: calls.lastTrouble('login'),
        apiTrouble: calls.lastTrouble('api'),
        lastUnauthorizedAt: calls.lastUnauthorizedAt,
        oldestInFlightMs: calls.oldestInFlightMs,
      },
      eventLoopP99Ms,
      store: this.#options.store?.status() ?? null,
    };
  }

  async #keep(): Promise<void> {
    if (this.#turns % COUNT_EVERY === 0) await this.#count();
    this.#turns += 1;
    this.#process = this.#probe.figures();
    const mark = await takeMark(this.#options.clock.now(), this);
    const before = this.#marks.at(-1);
    this.#marks.push(mark);
    if (this.#marks.length > MARKS_KEPT) this.#marks.shift();
    if (before !== undefined && this.#facts !== null)
      this.hour.keep(mark.at, this.#figures(this.#facts(), paceBetween(before, mark)));
    this.#eventLoopP99Ms = 0;
  }

  #figures(facts: KnownFacts, pace: Pace): Figures {
    const { upstream, budget, recording } = facts;
    const now = this.#options.clock.now();
    const jobs = this.#counted.jobs?.reduce((sum, { waiting }) => sum + waiting, 0);
    return {
      changesPerSecond: pace.changesPerSecond,
      arrivalP99Ms: pace.legs['platform-to-board']?.p99Ms ?? null,
      deliveryP99Ms: pace.legs['board-to-sockets']?.p99Ms ?? null,
      totalP50Ms: pace.legs['platform-to-sockets']?.p50Ms ?? null,
      totalP99Ms: pace.legs['platform-to-sockets']?.p99Ms ?? null,
      dataAgeMs: upstream.dataAt === null ? 0 : Math.max(0, now - upstream.dataAt),
      agentsLive: upstream.agentsLive,
      agentsTotal: upstream.agentsTotal,
      callsPerMinute: pace.callsPerMinute,
      callP95Ms: pace.calls?.p95Ms ?? null,
      callsFailedShare: pace.answeredShare === null ? null : 1 - pace.answeredShare,
      budgetUsedShare: budget.allowed === null ? null : budget.used / budget.allowed,
      browsers: this.#browsers(),
      recordingWaiting: recording === null ? null : recording.waiting + recording.spilled.entries,
      recordingLagP99Ms: recording?.lag?.p99Ms ?? null,
      eventLoopP99Ms: this.#eventLoopP99Ms,
      residentMb: this.#process.residentMb,
      jobsWaiting: jobs ?? null,
    };
  }

  /** A store that is away is told of by its status; what was counted before is not true any more. */
  async #count(): Promise<void> {
    const { store } = this.#options;
    try {
      const [jobs, size] = await Promise.all([store?.countJobs() ?? null, store?.sizeBytes() ?? null]);
      this.#counted = { jobs, sizeMb: size === null ? null : size / MB };
    } catch {
      this.#counted = { jobs: null, sizeMb: null };
    }
  }

  #addJobs(): void {
    const gauge = new Gauge({
      name: 'floorwatch_jobs',
      help: 'Jobs as they were counted last, by queue and state.',
      labelNames: ['queue', 'state'],
      registers: [this.registry],
      collect: () => {
        gauge.reset();
        for (const { queue, waiting, active, deferred } of this.#counted.jobs ?? []) {
          gauge.set({ queue, state: 'waiting' }, waiting);
          gauge.set({ queue, state: 'active' }, active);
          gauge.set({ queue, state: 'deferred' }, deferred);
        }
      },
    });
  }
}
