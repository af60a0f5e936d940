import {
  FACT_KINDS,
  type AgentId,
  type FactKind,
  type FactsOfAgents,
  type Interval,
  type Transition,
} from '@floorwatch/domain';
import { sql, type Kysely, type RawBuilder } from 'kysely';
import { dayOf, type DayPartitions } from '../schema/day-partitions.ts';
import type { Tables } from '../schema/tables.ts';
import { putInStream, takePlace } from '../stream/put-in-stream.ts';
import type { AgentRefs } from './agent-refs.ts';
import type { Retention } from './retention.ts';
import {
  AGGREGATED_COLUMNS,
  asTable,
  FACT_COLUMN_NAMES,
  transitionsOf,
  type TransitionColumns,
} from './transition-columns.ts';

/** Rows of one statement. More gain nothing, and an embedded database can do nothing else meanwhile. */
const ROWS_PER_STATEMENT = 1000;
/** Agents of one reading: their rows come back at once. */
const AGENTS_PER_STATEMENT = 500;

interface TransitionTableOptions {
  readonly db: Kysely<Tables>;
  readonly agents: AgentRefs;
  readonly partitions: DayPartitions;
  readonly retention: Retention;
}

/** Takes a row over where it is newer than what is there. */
const TAKE_NEWER = (table: 'current_fact' | 'carried_fact') =>
  sql.raw(`on conflict (agent_ref, kind) do update set
    at = excluded.at, value = excluded.value, definition_id = excluded.definition_id, message = excluded.message,
    queue_ids = excluded.queue_ids, exact = excluded.exact, source = excluded.source, ingested_at = excluded.ingested_at
    where ${table}.at < excluded.at`);

/** Puts the latest of each agent and kind into a table that has one row for each. */
export const putLatest = (table: 'current_fact' | 'carried_fact', rows: RawBuilder<unknown>) => sql`
  insert into ${sql.table(`floorwatch.${table}`)} (${FACT_COLUMN_NAMES})
  select distinct on (agent_ref, kind) ${FACT_COLUMN_NAMES} from ${rows} as latest
  order by agent_ref, kind, at desc
  ${TAKE_NEWER(table)}`;

export class TransitionTable {
  readonly #options: TransitionTableOptions;

  constructor(options: TransitionTableOptions) {
    this.#options = options;
  }

  /** @see RecordingStore.addTransitions */
  async add(transitions: readonly Transition[]): Promise<number> {
    const { agents, partitions, retention } = this.#options;
    await agents.make(transitions.map(({ agentId }) => agentId));
    const keptFrom = await retention.keptFrom();
    const kept = onceEach(transitions.filter(({ at }) => at >= keptFrom));
    const older = onceEach(transitions.filter(({ at }) => at < keptFrom));
    await partitions.ensure(kept.map(({ at }) => dayOf(at)));
    let added = 0;
    for (const some of inParts(kept, ROWS_PER_STATEMENT)) added += await this.#insert(some);
    for (const some of inParts(older, ROWS_PER_STATEMENT)) await this.#carry(some);
    return added;
  }

  /** @see RecordingStore.readTransitions */
  async read({ agentIds, from, to, kinds = FACT_KINDS }: FactsOfAgents): Promise<Map<AgentId, Transition[]>> {
    const { agents, db } = this.#options;
    const found = new Map<AgentId, Transition[]>();
    for (const refs of inParts(await agents.find(agentIds), AGENTS_PER_STATEMENT)) {
      const { rows } = await lanesOf(refs, { from, to, kinds }).execute(db);
      for (const { agent_ref, ...columns } of rows) {
        const agentId = agents.idOf(agent_ref);
        found.set(
          agentId,
          transitionsOf(columns, () => agentId),
        );
      }
    }
    return found;
  }

  /** @see RecordingStore.readLatestTransitions */
  async readLatest(): Promise<Transition[]> {
    const { db } = this.#options;
    const { rows } = await sql<TransitionColumns & { agents: string }>`
      select json_agg(agent_id)::text as agents, ${AGGREGATED_COLUMNS}
      from (select a.agent_id, c.* from floorwatch.current_fact c join floorwatch.agent a using (agent_ref)) as facts
      having count(*) > 0`.execute(db);
    const [row] = rows;
    if (row === undefined) return [];
    const agentIds = JSON.parse(row.agents) as AgentId[];
    return transitionsOf(row, (index) => agentIds[index] as AgentId);
  }

  async #insert(transitions: readonly Transition[]): Promise<number> {
    const { agents, db } = this.#options;
    // One statement, so what holds now, what has happened and what readers of the stream are told are never at odds.
    const { rows } = await sql<{ added: number }>`
      with told as materialized (select * from ${asTable(transitions, (id) => agents.refOf(id))} as t),
      added as (
        insert into floorwatch.transition (${FACT_COLUMN_NAMES})
        select ${FACT_COLUMN_NAMES} from told on conflict do nothing
        returning at, agent_ref, kind
      ),
      place as (${takePlace(sql`added`)}),
      streamed as (${putInStream(sql`added`)}),
      latest as (${putLatest('current_fact', sql`told`)})
      select count(*) as added from added`.execute(db);
    return rows[0]?.added ?? 0;
  }

  /** What happened before the days that are kept counts only as what held when they began. */
  async #carry(transitions: readonly Transition[]): Promise<void> {
    const { agents, db } = this.#options;
    await sql`
      with told as materialized (select * from ${asTable(transitions, (id) => agents.refOf(id))} as t),
      carried as (${putLatest('carried_fact', sql`told`)})
      ${putLatest('current_fact', sql`told`)}`.execute(db);
  }
}

/** The first of each identity, in the order of the tables: two writers that keep it cannot lock each other out. */
const onceEach = (transitions: readonly Transition[]): Transition[] => {
  const once = new Map<string, Transition>();
  for (const transition of transitions) {
    const key = `${transition.agentId}:${transition.fact.kind}:${String(transition.at)}`;
    if (!once.has(key)) once.set(key, transition);
  }
  return [...once].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, transition]) => transition);
};

export const inParts = <Item>(items: readonly Item[], size: number): Item[][] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, part) => items.slice(part * size, (part + 1) * size));

/**
 * One of our own words, written out: compared with a parameter, which PostgreSQL would have to cast, the index is not asked and
 * every fact of the agent is read.
 */
const isOneOf = (kinds: readonly FactKind[], table = '') =>
  sql.raw(`${table}kind in (${kinds.map((kind) => `'${kind}'`).join(', ')})`);

/**
 * What happened from `from` to `to`, and for each agent and kind what held before. Mostly what holds now began before
 * `from`, and is the answer; only of a kind that changed since is the change before that looked for, newest day first.
 */
const lanesOf = (refs: readonly number[], { from, to, kinds }: Interval & { kinds: readonly FactKind[] }) => sql<
  TransitionColumns & { agent_ref: number }
>`
  select agent_ref, ${AGGREGATED_COLUMNS}
  from (
    select ${FACT_COLUMN_NAMES} from floorwatch.transition
    where agent_ref = any(${refs}::integer[]) and ${isOneOf(kinds)} and at >= ${from} and at < ${to}
    union all
    select ${FACT_COLUMN_NAMES} from floorwatch.carried_fact
    where agent_ref = any(${refs}::integer[]) and ${isOneOf(kinds)} and at >= ${from} and at < ${to}
    union all
    select ${FACT_COLUMN_NAMES} from floorwatch.current_fact
    where agent_ref = any(${refs}::integer[]) and ${isOneOf(kinds)} and at < ${from}
    union all
    select before.* from floorwatch.current_fact now cross join lateral (
      select * from (
        (select ${FACT_COLUMN_NAMES} from floorwatch.transition t
          where t.agent_ref = now.agent_ref and t.kind = now.kind and t.at < ${from} order by t.at desc limit 1)
        union all
        (select ${FACT_COLUMN_NAMES} from floorwatch.carried_fact c
          where c.agent_ref = now.agent_ref and c.kind = now.kind and c.at < ${from})
      ) as candidates order by at desc limit 1
    ) as before
    where now.agent_ref = any(${refs}::integer[]) and ${isOneOf(kinds, 'now.')} and now.at >= ${from}
    order by agent_ref, at, kind
  ) as lanes
  group by agent_ref`;
