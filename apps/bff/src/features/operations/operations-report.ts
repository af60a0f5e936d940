import { SERIES, type DurationsReport, type HopReport, type Operations } from '@floorwatch/contracts';
import type { Clock } from '@floorwatch/domain';
import type { BudgetStatus } from '@floorwatch/genesys';
import type { Percentiles } from '../../observability/durations.ts';
import type { HopCondition } from '../../observability/hop-watch.ts';
import { KEEP_EVERY_MS } from '../../observability/last-hour.ts';
import type { OperationsWatch } from '../../observability/operations-watch.ts';

export interface OperationsReporterOptions {
  readonly watch: OperationsWatch;
  readonly clock: Clock;
  readonly release: string;
  readonly browsers: () => Operations['browsers'];
  readonly budget: () => BudgetStatus;
}

/** Tells how Floorwatch itself is doing. */
export class OperationsReporter {
  readonly #options: OperationsReporterOptions;
  readonly #startedAt: number;

  constructor(options: OperationsReporterOptions) {
    this.#options = options;
    this.#startedAt = options.clock.now();
  }

  async report(): Promise<Operations> {
    const { watch, clock, release, browsers, budget } = this.#options;
    const { calls, hour } = watch;
    const pace = await watch.pace();
    const { uptimeSeconds, residentMb, heapUsedMb, eventLoopP99Ms, cpuShare } = watch.process();
    const jobs = watch.jobs();
    return {
      now: iso(clock.now()),
      release,
      runtime: `Node.js ${process.versions.node}`,
      startedAt: iso(this.#startedAt),
      hops: watch.hops().map(hopReport),
      live: {
        changesPerSecond: rounded(pace.changesPerSecond),
        arrival: durations(pace.legs['platform-to-board']),
        delivery: durations(pace.legs['board-to-sockets']),
        total: durations(pace.legs['platform-to-sockets']),
      },
      calls: {
        perMinute: rounded(pace.callsPerMinute),
        took: durations(pace.calls),
        answeredShare: pace.answeredShare,
        retriesPerMinute: rounded(pace.retriesPerMinute),
        inFlight: budget().inFlight,
        oldestInFlightMs: calls.oldestInFlightMs,
        byOutcome: { ...calls.byOutcome },
      },
      browsers: browsers(),
      store: storeReport(watch.store()),
      jobs: jobs === null ? null : [...jobs],
      process: {
        uptimeSeconds: Math.round(uptimeSeconds),
        residentMb: rounded(residentMb),
        heapUsedMb: rounded(heapUsedMb),
        eventLoopP99Ms: rounded(eventLoopP99Ms),
        cpuShare,
      },
      history: {
        everyMs: KEEP_EVERY_MS,
        at: hour.at.map(iso),
        series: Object.fromEntries(
          SERIES.map((name) => [name, hour.of(name).map((value) => (value === null ? null : rounded(value)))]),
        ) as Operations['history']['series'],
      },
    };
  }
}

const iso = (ms: number): string => new Date(ms).toISOString();

/** Three digits behind the point are more than anybody reads. */
const rounded = (value: number): number => Math.round(value * 1000) / 1000;

const durations = (percentiles: Percentiles | null): DurationsReport =>
  percentiles && {
    p50Ms: rounded(percentiles.p50Ms),
    p95Ms: rounded(percentiles.p95Ms),
    p99Ms: rounded(percentiles.p99Ms),
  };

const hopReport = ({ hop, state, since, message, signs }: HopCondition): HopReport => ({
  hop,
  state,
  since: iso(since),
  message,
  signs: signs.map((sign) => ({
    message: sign.message,
    times: sign.times,
    firstAt: iso(sign.firstAt),
    lastAt: iso(sign.lastAt),
  })),
});

const storeReport = (store: ReturnType<OperationsWatch['store']>): Operations['store'] =>
  store && {
    engine: store.engine,
    state: store.state,
    since: iso(store.since),
    sizeMb: store.sizeMb === null ? null : rounded(store.sizeMb),
  };
