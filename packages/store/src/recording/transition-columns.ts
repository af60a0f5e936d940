import type { AgentId, FactKind, Transition, TransitionSource } from '@floorwatch/domain';
import { sql } from 'kysely';
import { columnsOfFact, factOfColumns } from './fact-columns.ts';

/** Columns of every table with facts, in the order of `unnest` below. */
export const FACT_COLUMN_NAMES = sql.raw(
  'agent_ref, kind, at, value, definition_id, message, queue_ids, exact, source, ingested_at',
);

/** Transitions as a table that SQL can select from: one array a column, however many rows. */
export const asTable = (transitions: readonly Transition[], refOf: (agentId: AgentId) => number) => {
  const facts = transitions.map(({ fact }) => columnsOfFact(fact));
  return sql`(
    select t.agent_ref, t.kind::floorwatch.fact_kind as kind, t.at, t.value, t.definition_id, t.message,
      t.queue_ids::jsonb as queue_ids, t.exact, t.source::floorwatch.transition_source as source, t.ingested_at
    from unnest(
      ${transitions.map(({ agentId }) => refOf(agentId))}::integer[],
      ${transitions.map(({ fact }) => fact.kind)}::text[],
      ${transitions.map(({ at }) => at)}::bigint[],
      ${facts.map(({ value }) => value)}::text[],
      ${facts.map(({ definitionId }) => definitionId)}::text[],
      ${facts.map(({ message }) => message)}::text[],
      ${facts.map(({ queueIds }) => (queueIds === null ? null : JSON.stringify(queueIds)))}::text[],
      ${transitions.map(({ exact }) => exact)}::boolean[],
      ${transitions.map(({ source }) => source)}::text[],
      ${transitions.map(({ ingestedAt }) => ingestedAt)}::bigint[]
    ) as t(agent_ref, kind, at, value, definition_id, message, queue_ids, exact, source, ingested_at)
  )`;
};

/** Many transitions in one row, one JSON array a column: several times faster to read than a row each. */
export interface TransitionColumns {
  readonly kinds: string;
  readonly ats: string;
  readonly facts: string;
  readonly definitions: string;
  readonly messages: string;
  readonly queues: string;
  readonly exacts: string;
  readonly sources: string;
  readonly ingested: string;
}

/** The aggregates that make `TransitionColumns` of rows, in the order in which the rows come. */
export const AGGREGATED_COLUMNS = sql.raw(`
  json_agg(kind)::text as kinds, json_agg(at)::text as ats, json_agg(value)::text as facts,
  json_agg(definition_id)::text as definitions, json_agg(message)::text as messages, json_agg(queue_ids)::text as queues,
  json_agg(exact)::text as exacts, json_agg(source)::text as sources, json_agg(ingested_at)::text as ingested`);

/** The columns were written by this package: what is in them is what the types say, but for the words of facts. */
export const transitionsOf = (columns: TransitionColumns, agentIdAt: (index: number) => AgentId): Transition[] => {
  const kinds = JSON.parse(columns.kinds) as FactKind[];
  const ats = JSON.parse(columns.ats) as number[];
  const values = JSON.parse(columns.facts) as (string | null)[];
  const definitionIds = JSON.parse(columns.definitions) as (string | null)[];
  const messages = JSON.parse(columns.messages) as (string | null)[];
  const queues = JSON.parse(columns.queues) as (string[] | null)[];
  const exacts = JSON.parse(columns.exacts) as boolean[];
  const sources = JSON.parse(columns.sources) as TransitionSource[];
  const ingested = JSON.parse(columns.ingested) as number[];
  return kinds.map((kind, index) => ({
    agentId: agentIdAt(index),
    fact: factOfColumns(kind, {
      value: values[index] ?? null,
      definitionId: definitionIds[index] ?? null,
      message: messages[index] ?? null,
      queueIds: queues[index] ?? null,
    }),
    at: ats[index] ?? 0,
    exact: exacts[index] ?? false,
    ingestedAt: ingested[index] ?? 0,
    source: sources[index] ?? 'event',
  }));
};
