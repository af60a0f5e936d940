import {
  ACTIVITIES,
  type Activity,
  type AgentId,
  type AgentsAndInterval,
  type AvailabilityWindow,
  type WindowSum,
} from '@floorwatch/domain';
import { sql, type Kysely } from 'kysely';
import { dayOf, type DayPartitions } from '../schema/day-partitions.ts';
import type { Tables } from '../schema/tables.ts';
import { activityColumn, activityMsOf } from './activity-columns.ts';
import type { AgentRefs } from './agent-refs.ts';
import type { Retention } from './retention.ts';
import { inParts } from './transition-table.ts';

const ROWS_PER_STATEMENT = 1000;
const AGENTS_PER_STATEMENT = 500;

interface WindowTableOptions {
  readonly db: Kysely<Tables>;
  readonly agents: AgentRefs;
  readonly partitions: DayPartitions;
  readonly retention: Retention;
}

const COLUMNS = ACTIVITIES.map(activityColumn);

const COLUMN_NAMES = sql.raw(['agent_ref', 'window_start', 'transitions', 'is_volatile', ...COLUMNS].join(', '));

const REPLACE = sql.raw(
  `do update set ${['transitions', 'is_volatile', ...COLUMNS].map((name) => `${name} = excluded.${name}`).join(', ')}`,
);

const SUMS = sql.raw(COLUMNS.map((name) => `sum(${name}) as ${name}`).join(', '));

const AGGREGATED = sql.raw(COLUMNS.map((name) => `json_agg(${name})::text as ${name}`).join(', '));

interface SumRow {
  readonly agent_ref: number;
  readonly bucket: number;
  readonly is_volatile: boolean;
  readonly transitions: number;
  readonly windows: number;
}

type ActivityColumns<Value> = Readonly<Record<string, Value>>;

interface WindowColumns {
  readonly agent_ref: number;
  readonly starts: string;
  readonly transitions: string;
  readonly volatile: string;
}

export class WindowTable {
  readonly #options: WindowTableOptions;

  constructor(options: WindowTableOptions) {
    this.#options = options;
  }

  /** @see RecordingStore.putWindows @returns the starts of those that were not too old to be kept */
  async put(windows: readonly AvailabilityWindow[]): Promise<number[]> {
    const { agents, partitions, retention } = this.#options;
    const keptFrom = await retention.keptFrom();
    const kept = lastOfEach(windows.filter(({ from }) => from >= keptFrom));
    await agents.make(kept.map(({ agentId }) => agentId));
    await partitions.ensure(kept.map(({ from }) => dayOf(from)));
    for (const some of inParts(kept, ROWS_PER_STATEMENT)) await this.#upsert(some);
    return kept.map(({ from }) => from);
  }

  /** @see RecordingStore.readWindows */
  async read({ agentIds, from, to }: AgentsAndInterval): Promise<AvailabilityWindow[]> {
    const { agents, db } = this.#options;
    const read: AvailabilityWindow[] = [];
    for (const refs of inParts(await agents.find(agentIds), AGENTS_PER_STATEMENT)) {
      const { rows } = await sql<WindowColumns & ActivityColumns<string>>`
        select agent_ref, json_agg(window_start)::text as starts, json_agg(transitions)::text as transitions,
          json_agg(is_volatile)::text as volatile, ${AGGREGATED}
        from (
          select * from floorwatch.availability_window
          where agent_ref = any(${refs}::integer[]) and window_start >= ${from} and window_start < ${to}
          order by agent_ref, window_start
        ) as windows
        group by agent_ref order by agent_ref`.execute(db);
      for (const row of rows) read.push(...windowsOfColumns(row, agents.idOf(row.agent_ref)));
    }
    return read;
  }

  /** @see RecordingStore.sumWindows */
  async sum(agentIds: readonly AgentId[], boundaries: readonly number[]): Promise<WindowSum[]> {
    const { agents, db } = this.#options;
    const sums = new Map<string, WindowSum>();
    for (const refs of inParts(await agents.find(agentIds), AGENTS_PER_STATEMENT)) {
      const { rows } = await sql<SumRow & ActivityColumns<number | null>>`
        select agent_ref, width_bucket(window_start, ${boundaries}::bigint[]) - 1 as bucket, is_volatile,
          sum(transitions) as transitions, count(*) as windows, ${SUMS}
        from floorwatch.availability_window
        where agent_ref = any(${refs}::integer[])
          and window_start >= ${boundaries[0]} and window_start < ${boundaries.at(-1)}
        group by 1, 2, 3 order by 1, 2`.execute(db);
      for (const row of rows) addTo(sums, row, agents.idOf(row.agent_ref));
    }
    return [...sums.values()];
  }

  async #upsert(windows: readonly AvailabilityWindow[]): Promise<void> {
    const { agents, db } = this.#options;
    const activities = ACTIVITIES.map(
      // Null takes no room in a row, and most activities of five minutes are none.
      (activity) => sql`${windows.map(({ ms }) => (ms[activity] === 0 ? null : ms[activity]))}::integer[]`,
    );
    await sql`
      insert into floorwatch.availability_window (${COLUMN_NAMES})
      select * from unnest(
        ${windows.map(({ agentId }) => agents.refOf(agentId))}::integer[],
        ${windows.map(({ from }) => from)}::bigint[],
        ${windows.map(({ transitions }) => transitions)}::integer[],
        ${windows.map(({ isVolatile }) => isVolatile)}::boolean[],
        ${sql.join(activities)}
      )
      on conflict (agent_ref, window_start) ${REPLACE}`.execute(db);
  }
}

/** A statement can write a row once only; what was said last counts. */
const lastOfEach = (windows: readonly AvailabilityWindow[]): AvailabilityWindow[] =>
  [...new Map(windows.map((window) => [`${window.agentId}:${String(window.from)}`, window])).entries()]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([, window]) => window);

const windowsOfColumns = (row: WindowColumns & ActivityColumns<string>, agentId: AgentId): AvailabilityWindow[] => {
  const starts = JSON.parse(row.starts) as number[];
  const transitions = JSON.parse(row.transitions) as number[];
  const volatile = JSON.parse(row.volatile) as boolean[];
  const ms = Object.fromEntries(
    ACTIVITIES.map((activity) => [activity, JSON.parse(row[activityColumn(activity)] ?? '[]') as (number | null)[]]),
  ) as Record<Activity, (number | null)[]>;
  return starts.map((from, index) => ({
    agentId,
    from,
    ms: activityMsOf((activity) => ms[activity][index] ?? 0),
    transitions: transitions[index] ?? 0,
    isVolatile: volatile[index] ?? false,
  }));
};

const NOTHING = activityMsOf(() => 0);

/** Adds one row, of the steady or of the volatile windows, to the sum of its agent and bucket. */
const addTo = (sums: Map<string, WindowSum>, row: SumRow & ActivityColumns<number | null>, agentId: AgentId): void => {
  const key = `${agentId}:${String(row.bucket)}`;
  const before = sums.get(key);
  const ms = activityMsOf((activity) => row[activityColumn(activity)] ?? 0);
  sums.set(key, {
    agentId,
    bucket: row.bucket,
    ms: before === undefined ? ms : activityMsOf((activity) => before.ms[activity] + ms[activity]),
    steadyMs: row.is_volatile ? (before?.steadyMs ?? NOTHING) : ms,
    transitions: (before?.transitions ?? 0) + row.transitions,
    windows: (before?.windows ?? 0) + row.windows,
    volatileWindows: (before?.volatileWindows ?? 0) + (row.is_volatile ? row.windows : 0),
  });
};
