import {
  ACTIVITIES,
  addMs,
  WINDOW_MS,
  type Activity,
  type AgentId,
  type AgentsAndInterval,
  type AvailabilityWindow,
  type Interval,
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

const VALUES = ['transitions', 'is_volatile', ...COLUMNS];

const VALUE_NAMES = sql.raw(VALUES.join(', '));

/** One that is the same as before is no new version. */
const REPLACE = sql.raw(
  `do update set version = excluded.version, ${VALUES.map((name) => `${name} = excluded.${name}`).join(', ')}
  where (${VALUES.map((name) => `availability_window.${name}`).join(', ')})
    is distinct from (${VALUES.map((name) => `excluded.${name}`).join(', ')})`,
);

const SUMS = sql.raw(COLUMNS.map((name) => `sum(${name}) as ${name}`).join(', '));

/** Columns of sums, each of them as one JSON array: several times faster to read than a row for each sum. */
const SUM_COLUMNS = sql.raw(
  ['agent_ref', 'bucket', 'is_volatile', 'transitions', 'windows', ...COLUMNS]
    .map((name) => `coalesce(json_agg(${name})::text, '[]') as ${name}`)
    .join(', '),
);
const OF_WINDOW = sql.raw(COLUMNS.map((name) => `w.${name}`).join(', '));

const AGGREGATED = sql.raw(COLUMNS.map((name) => `json_agg(${name})::text as ${name}`).join(', '));

interface SumColumns {
  readonly agent_ref: string;
  readonly bucket: string;
  readonly is_volatile: string;
  readonly transitions: string;
  readonly windows: string;
}

/** A place in the stream of windows. */
export interface WindowPlace {
  readonly seq: number;
  /** The window's start. */
  readonly at: number;
  readonly agentRef: number;
}

interface WindowRow {
  readonly agent_ref: number;
  readonly window_start: number;
  readonly transitions: number;
  readonly is_volatile: boolean;
  readonly version: number;
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

  /** @see RecordingStore.putWindows @returns the starts of those that were not too old to be kept, and how many said something new */
  async put(windows: readonly AvailabilityWindow[]): Promise<{ starts: number[]; versions: number }> {
    const { agents, partitions, retention } = this.#options;
    const keptFrom = await retention.keptFrom();
    const kept = lastOfEach(windows.filter(({ from }) => from >= keptFrom));
    await agents.make(kept.map(({ agentId }) => agentId));
    await partitions.ensure(kept.map(({ from }) => dayOf(from)));
    let versions = 0;
    for (const some of inParts(kept, ROWS_PER_STATEMENT)) versions += await this.#upsert(some);
    return { starts: kept.map(({ from }) => from), versions };
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
    const sums: WindowSum[] = [];
    for (const refs of inParts(await agents.find(agentIds), AGENTS_PER_STATEMENT)) {
      const { rows } = await sql<SumColumns & ActivityColumns<string>>`
        select ${SUM_COLUMNS} from (
          select agent_ref, width_bucket(window_start, ${boundaries}::bigint[]) - 1 as bucket, is_volatile,
            sum(transitions) as transitions, count(*) as windows, ${SUMS}
          from floorwatch.availability_window
          where agent_ref = any(${refs}::integer[])
            and window_start >= ${boundaries[0]} and window_start < ${boundaries.at(-1)}
          group by 1, 2, 3 order by 1, 2, 3
        ) as sums`.execute(db);
      for (const row of rows) sums.push(...sumsOfColumns(row, (ref) => agents.idOf(ref)));
    }
    return sums;
  }

  /** @see RecordingStore.readKnownStretches */
  async readKnown(agentId: AgentId, { from, to }: Interval): Promise<Interval[]> {
    const { agents, db } = this.#options;
    const [ref] = await agents.find([agentId]);
    if (ref === undefined) return [];
    // Windows that follow each other differ from their number by the same instant.
    const { rows } = await sql<Interval>`
      select min(window_start) as from, max(window_start) + ${WINDOW_MS} as to
      from (
        select window_start, window_start - row_number() over (order by window_start) * ${WINDOW_MS} as run
        from floorwatch.availability_window
        where agent_ref = ${ref} and window_start >= ${from} and window_start < ${to} and coalesce(unknown_ms, 0) = 0
      ) as known
      group by run order by 1`.execute(db);
    return [...rows];
  }

  /** The windows of these places in the stream that no later place has taken over. */
  async readVersions(places: readonly WindowPlace[]): Promise<Map<number, AvailabilityWindow>> {
    const { agents, db } = this.#options;
    const found = new Map<number, AvailabilityWindow>();
    if (places.length === 0) return found;
    const starts = places.map(({ at }) => at);
    const { rows } = await sql<WindowRow & ActivityColumns<number | null>>`
      select w.agent_ref, w.window_start, w.transitions, w.is_volatile, w.version, ${OF_WINDOW}
      from floorwatch.availability_window w
      join unnest(
        ${places.map(({ agentRef }) => agentRef)}::integer[], ${starts}::bigint[], ${places.map(({ seq }) => seq)}::bigint[]
      ) as p(agent_ref, window_start, version) using (agent_ref, window_start, version)
      where w.window_start between ${starts.reduce((a, b) => Math.min(a, b), Infinity)}
        and ${starts.reduce((a, b) => Math.max(a, b), -Infinity)}`.execute(db);
    await agents.know(rows.map(({ agent_ref }) => agent_ref));
    for (const row of rows)
      found.set(row.version, {
        agentId: agents.idOf(row.agent_ref),
        from: row.window_start,
        ms: activityMsOf((activity) => row[activityColumn(activity)] ?? 0),
        transitions: row.transitions,
        isVolatile: row.is_volatile,
      });
    return found;
  }

  async #upsert(windows: readonly AvailabilityWindow[]): Promise<number> {
    const { agents, db } = this.#options;
    const activities = ACTIVITIES.map(
      // Null takes no room in a row, and most activities of five minutes are none.
      (activity) => sql`${windows.map(({ ms }) => (ms[activity] === 0 ? null : ms[activity]))}::integer[]`,
    );
    // The number is raised first, and so locks the stream until what follows can be read (`put-in-stream.ts`).
    const { rows } = await sql<{ versions: number }>`
      with place as (
        update floorwatch.stream_head set seq = seq + ${windows.length} where stream = 'windows' returning seq
      ),
      told as (
        select * from unnest(
          ${windows.map(({ agentId }) => agents.refOf(agentId))}::integer[],
          ${windows.map(({ from }) => from)}::bigint[],
          ${windows.map(({ transitions }) => transitions)}::integer[],
          ${windows.map(({ isVolatile }) => isVolatile)}::boolean[],
          ${sql.join(activities)}
        ) with ordinality as t(agent_ref, window_start, ${VALUE_NAMES}, ordinality)
      ),
      put as (
        insert into floorwatch.availability_window (agent_ref, window_start, version, ${VALUE_NAMES})
        select agent_ref, window_start, place.seq - ${windows.length} + ordinality, ${VALUE_NAMES} from told, place
        on conflict (agent_ref, window_start) ${REPLACE}
        returning version, window_start, agent_ref
      ),
      streamed as (
        insert into floorwatch.window_stream (seq, at, agent_ref) select version, window_start, agent_ref from put
      )
      select count(*) as versions from put`.execute(db);
    return rows[0]?.versions ?? 0;
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

/** Rows of steady and of volatile windows, put together for each agent and bucket; a bucket's rows follow each other. */
const sumsOfColumns = (row: SumColumns & ActivityColumns<string>, idOf: (ref: number) => AgentId): WindowSum[] => {
  const numbers = (text: string | undefined) => JSON.parse(text ?? '[]') as number[];
  const refs = numbers(row.agent_ref);
  const buckets = numbers(row.bucket);
  const transitions = numbers(row.transitions);
  const windows = numbers(row.windows);
  const volatile = JSON.parse(row.is_volatile) as boolean[];
  const columns = ACTIVITIES.map((activity) => ({ activity, ms: numbers(row[activityColumn(activity)]) }));
  const sums: WindowSum[] = [];
  for (const [index, ref] of refs.entries()) {
    const isVolatile = volatile[index] === true;
    const ms = { ...NOTHING } as Record<Activity, number>;
    for (const column of columns) ms[column.activity] = column.ms[index] ?? 0;
    const sum = {
      agentId: idOf(ref),
      bucket: buckets[index] ?? 0,
      ms,
      steadyMs: isVolatile ? NOTHING : ms,
      transitions: transitions[index] ?? 0,
      windows: windows[index] ?? 0,
      volatileWindows: isVolatile ? (windows[index] ?? 0) : 0,
    };
    const last = sums.at(-1);
    if (last?.agentId === sum.agentId && last.bucket === sum.bucket) sums[sums.length - 1] = together(last, sum);
    else sums.push(sum);
  }
  return sums;
};

const together = (a: WindowSum, b: WindowSum): WindowSum => ({
  ...a,
  ms: addMs(a.ms, b.ms),
  steadyMs: addMs(a.steadyMs, b.steadyMs),
  transitions: a.transitions + b.transitions,
  windows: a.windows + b.windows,
  volatileWindows: a.volatileWindows + b.volatileWindows,
});
