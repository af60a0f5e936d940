import type { FloorHealth } from '@floorwatch/contracts';
import { ACTIVITIES, hasFlag, type Activity, type Board } from '@floorwatch/domain';
import { collectDefaultMetrics, Counter, Gauge, type Registry } from 'prom-client';
import { secondsSince, type Figure } from './figure.ts';
import { RECORDING_FIGURES } from './recording-figures.ts';

export interface MetricsOptions {
  /** What is measured elsewhere is in it already. */
  readonly registry: Registry;
  readonly board: Board;
  readonly floorHealth: () => FloorHealth;
}

const UPSTREAM_STATES = ['starting', 'live', 'partial', 'down'] as const;
const CHANNEL_STATES = ['opening', 'live', 'silent', 'draining', 'lost'] as const;
const BREAKER_STATES = ['closed', 'half-open', 'open'] as const;

/** One for the value that holds, zero for the others: what Prometheus calls a state set. */
const stateSet = <State extends string>(states: readonly State[], held: State): Record<string, number> =>
  Object.fromEntries(states.map((state) => [state, state === held ? 1 : 0]));

const countBy = <State extends string>(states: readonly State[], held: readonly State[]): Record<string, number> =>
  Object.fromEntries(states.map((state) => [state, held.filter((one) => one === state).length]));

/** Gauges of the library that are called like counters: Prometheus takes offence. The same figures stand there by type. */
const MISNAMED = ['nodejs_active_handles_total', 'nodejs_active_requests_total', 'nodejs_active_resources_total'];

const FIGURES: readonly Figure[] = [
  {
    kind: 'gauge',
    name: 'floorwatch_agents_warned',
    help: 'Agents whose row is to be read with care, by the reason.',
    label: 'warning',
    read: ({ agents }) => agents.byWarning,
  },
  {
    kind: 'gauge',
    name: 'floorwatch_upstream_state',
    help: 'How the platform is heard: 1 for the state that holds.',
    label: 'state',
    read: ({ upstream }) => stateSet(UPSTREAM_STATES, upstream.state),
  },
  {
    kind: 'gauge',
    name: 'floorwatch_data_age_seconds',
    help: 'How old the oldest thing on the wall may be; 0 while every event arrives, NaN before the board is complete.',
    read: ({ now, upstream: { state, dataAt } }) => {
      if (state === 'starting') return NaN;
      return dataAt === null ? 0 : Math.max(0, Date.parse(now) - dataAt) / 1000;
    },
  },
  {
    kind: 'gauge',
    name: 'floorwatch_agents_live',
    help: 'Agents whose events arrive.',
    read: ({ upstream }) => upstream.agentsLive,
  },
  {
    kind: 'gauge',
    name: 'floorwatch_channels',
    help: 'Notification channels by state.',
    label: 'state',
    read: ({ channels }) =>
      countBy(
        CHANNEL_STATES,
        channels.map(({ state }) => state),
      ),
  },
  {
    kind: 'gauge',
    name: 'floorwatch_rejected_topics',
    help: 'Topics the platform refused; these agents are polled.',
    read: ({ rejectedTopics }) => rejectedTopics.total,
  },
  {
    kind: 'gauge',
    name: 'floorwatch_agents_waiting_for_read',
    help: 'Agents waiting to be read again after a gap in their events.',
    read: ({ reading }) => reading.waiting,
  },
  {
    kind: 'gauge',
    name: 'floorwatch_sweep_age_seconds',
    help: 'Time since the last complete round over everybody began; NaN before the first.',
    read: ({ now, reading }) => secondsSince(now, reading.sweep.lastRoundAt),
  },
  {
    kind: 'gauge',
    name: 'floorwatch_poll_age_seconds',
    help: 'Time since the last complete round over agents without events began; NaN before the first.',
    read: ({ now, reading }) => secondsSince(now, reading.poll.lastRoundAt),
  },
  {
    kind: 'gauge',
    name: 'floorwatch_budget_used',
    help: "Requests of the platform's current window that have been used.",
    read: ({ budget }) => budget.used,
  },
  {
    kind: 'gauge',
    name: 'floorwatch_budget_allowed',
    help: 'Requests the platform grants in a window; NaN before it has said.',
    read: ({ budget }) => budget.allowed ?? NaN,
  },
  {
    kind: 'gauge',
    name: 'floorwatch_budget_paused',
    help: '1 while the platform asked us to wait.',
    read: ({ budget }) => (budget.pausedUntil === null ? 0 : 1),
  },
  {
    kind: 'counter',
    name: 'floorwatch_snapshot_rejections_total',
    help: 'Answers that named too few agents to be believed, by what was asked for.',
    label: 'snapshot',
    read: ({ registry, reads }) => ({ list: registry.rejections, read: reads.rejections }),
  },
  {
    kind: 'gauge',
    name: 'floorwatch_platform_breaker_state',
    help: 'Circuit breaker before background reads of the platform: 1 for the state that holds.',
    label: 'state',
    read: ({ platform }) => stateSet(BREAKER_STATES, platform.breaker),
  },
  {
    kind: 'gauge',
    name: 'floorwatch_list_breaker_state',
    help: 'Circuit breaker of the list of agents: 1 for the state that holds.',
    label: 'state',
    read: ({ registry }) => stateSet(BREAKER_STATES, registry.breaker),
  },
  {
    kind: 'gauge',
    name: 'floorwatch_read_breaker_state',
    help: 'Circuit breaker of reads by id: 1 for the state that holds.',
    label: 'state',
    read: ({ reads }) => stateSet(BREAKER_STATES, reads.breaker),
  },
  {
    kind: 'gauge',
    name: 'floorwatch_sample_divergence_ratio',
    help: 'Share of the last hourly sample that differed from the platform; NaN before the first.',
    read: ({ sample: { last } }) => (last === null ? NaN : last.diverged / last.compared),
  },
  {
    kind: 'counter',
    name: 'floorwatch_stuck_checks_total',
    help: 'Suspicions of an agent stuck on contact, by how they came out.',
    label: 'outcome',
    read: ({ stuck }) => ({ adopted: stuck.adopted, confirmed: stuck.confirmed }),
  },
  {
    kind: 'counter',
    name: 'floorwatch_platform_oddities_total',
    help: 'What the platform sent and we passed over, by kind.',
    label: 'kind',
    read: ({ oddities }) => Object.fromEntries(oddities.map(({ kind, count }) => [kind, count])),
  },
  ...RECORDING_FIGURES,
  { kind: 'gauge', name: 'floorwatch_browsers', help: 'Browsers connected.', read: ({ browsers }) => browsers },
];

/** The figures of Floorwatch and of its process, in the text format of Prometheus. */
export class Metrics {
  readonly registry: Registry;
  readonly #options: MetricsOptions;
  readonly #writers: ((health: FloorHealth) => void)[] = [];

  constructor(options: MetricsOptions) {
    this.#options = options;
    this.registry = options.registry;
    collectDefaultMetrics({ register: this.registry });
    for (const name of MISNAMED) this.registry.removeSingleMetric(name);
    this.#addAgents('floorwatch_agents', 'Agents by activity, without the volatile ones.', false);
    this.#addAgents('floorwatch_agents_volatile', 'Volatile agents by activity: too restless for any figure.', true);
    for (const figure of FIGURES) this.#add(figure);
  }

  get contentType(): string {
    return this.registry.contentType;
  }

  /** Takes the figures now. */
  text(): Promise<string> {
    const health = this.#options.floorHealth();
    for (const write of this.#writers) write(health);
    return this.registry.metrics();
  }

  #addAgents(name: string, help: string, volatile: boolean): void {
    const read = (): Record<Activity, number> => {
      const counts = Object.fromEntries(ACTIVITIES.map((activity) => [activity, 0])) as Record<Activity, number>;
      for (const { activity, flags } of this.#options.board.rows())
        if (hasFlag(flags, 'volatile') === volatile) counts[activity] += 1;
      return counts;
    };
    this.#add({ kind: 'gauge', name, help, label: 'activity', read });
  }

  #add({ kind, name, help, label, read }: Figure): void {
    const settings = { name, help, labelNames: label === undefined ? [] : [label], registers: [this.registry] };
    const metric = kind === 'gauge' ? new Gauge(settings) : new Counter(settings);
    this.#writers.push((health) => {
      metric.reset(); // each figure is kept by the part it is about, and copied here whole
      const value = read(health);
      if (typeof value === 'number') metric.inc(value);
      else if (label !== undefined)
        for (const [option, one] of Object.entries(value)) metric.inc({ [label]: option }, one);
    });
  }
}
