import type { AgentId, AgentsAndInterval, GapReason, GapState, RecordingGap } from '@floorwatch/domain';
import { sql, type Kysely, type Transaction } from 'kysely';
import { ADVISORY_LOCKS } from '../schema/advisory-locks.ts';
import type { Tables } from '../schema/tables.ts';
import type { AgentRefs } from './agent-refs.ts';

type NewGap = Omit<RecordingGap, 'state'>;

interface GapRow {
  readonly agent_ref: number;
  readonly from_at: number;
  readonly to_at: number;
  readonly reason: string;
  readonly state: string;
}

const asArrays = (gaps: readonly NewGap[], refOf: (agentId: AgentId) => number) => sql`
  unnest(
    ${gaps.map(({ agentId }) => refOf(agentId))}::integer[], ${gaps.map(({ from }) => from)}::bigint[],
    ${gaps.map(({ to }) => to)}::bigint[], ${gaps.map(({ reason }) => reason)}::text[]
  ) as g(agent_ref, from_at, to_at, reason)`;

export class GapTable {
  readonly #db: Kysely<Tables>;
  readonly #agents: AgentRefs;

  constructor(db: Kysely<Tables>, agents: AgentRefs) {
    this.#db = db;
    this.#agents = agents;
  }

  /** @see RecordingStore.addGaps */
  async add(gaps: readonly NewGap[]): Promise<void> {
    if (gaps.length === 0) return;
    await this.#agents.make(gaps.map(({ agentId }) => agentId));
    await this.#db.transaction().execute(async (transaction) => {
      await sql`select pg_advisory_xact_lock(${ADVISORY_LOCKS.gaps})`.execute(transaction);
      const touched = await this.#takeTouched(transaction, gaps);
      await this.#insert(transaction, merged([...touched, ...gaps]));
    });
  }

  /** @see RecordingStore.readGaps */
  async read({ agentIds, from, to }: AgentsAndInterval): Promise<RecordingGap[]> {
    const refs = await this.#agents.find(agentIds);
    const { rows } = await sql<GapRow>`
      select * from floorwatch.recording_gap
      where agent_ref = any(${refs}::integer[]) and from_at < ${to} and to_at > ${from}
      order by agent_ref, from_at`.execute(this.#db);
    return rows.map((row) => this.#gapOf(row));
  }

  /** @see RecordingStore.readOpenGaps */
  async readOpen(limit: number): Promise<RecordingGap[]> {
    const { rows } = await sql<GapRow>`
      select * from floorwatch.recording_gap where state = 'open' order by from_at, agent_ref limit ${limit}`.execute(
      this.#db,
    );
    await this.#agents.know(rows.map(({ agent_ref }) => agent_ref));
    return rows.map((row) => this.#gapOf(row));
  }

  /** @see RecordingStore.closeGaps */
  async close(gaps: readonly RecordingGap[], state: Exclude<GapState, 'open'>): Promise<void> {
    if (gaps.length === 0) return;
    await this.#agents.make(gaps.map(({ agentId }) => agentId));
    await sql`
      update floorwatch.recording_gap k set state = ${state}
      from ${asArrays(gaps, (id) => this.#agents.refOf(id))}
      where k.agent_ref = g.agent_ref and k.from_at = g.from_at and k.to_at = g.to_at and k.reason = g.reason`.execute(
      this.#db,
    );
  }

  /** Takes out the open gaps that overlap one of these, and says what they were. */
  async #takeTouched(transaction: Transaction<Tables>, gaps: readonly NewGap[]): Promise<NewGap[]> {
    const { rows } = await sql<GapRow>`
      delete from floorwatch.recording_gap k
      where k.state = 'open' and exists (
        select from ${asArrays(gaps, (id) => this.#agents.refOf(id))}
        where g.agent_ref = k.agent_ref and g.reason = k.reason and g.from_at < k.to_at and g.to_at > k.from_at
      )
      returning *`.execute(transaction);
    return rows.map((row) => this.#gapOf(row));
  }

  /** One that is there already, and closed, stays closed: it was told twice. */
  async #insert(transaction: Transaction<Tables>, gaps: readonly NewGap[]): Promise<void> {
    await sql`
      insert into floorwatch.recording_gap (agent_ref, from_at, to_at, reason, state)
      select agent_ref, from_at, to_at, reason, 'open' from ${asArrays(gaps, (id) => this.#agents.refOf(id))}
      on conflict do nothing`.execute(transaction);
  }

  #gapOf(row: GapRow): RecordingGap {
    return {
      agentId: this.#agents.idOf(row.agent_ref),
      from: row.from_at,
      to: row.to_at,
      reason: row.reason as GapReason,
      state: row.state as GapState,
    };
  }
}

/** Makes one of those of the same agent and reason that overlap. */
const merged = (gaps: readonly NewGap[]): NewGap[] => {
  const sorted = gaps.toSorted(
    (a, b) => compare(a.agentId, b.agentId) || compare(a.reason, b.reason) || a.from - b.from || a.to - b.to,
  );
  const result: NewGap[] = [];
  for (const gap of sorted) {
    const last = result.at(-1);
    if (last?.agentId === gap.agentId && last.reason === gap.reason && gap.from < last.to)
      result[result.length - 1] = { ...last, to: Math.max(last.to, gap.to) };
    else result.push(gap);
  }
  return result;
};

const compare = (a: string, b: string): number => (a === b ? 0 : a < b ? -1 : 1);
