import type { AgentId } from '@floorwatch/domain';
import { sql, type Kysely } from 'kysely';
import type { Tables } from '../schema/tables.ts';

/** The numbers that stand for agents in the large tables. A number is given once and never changes. */
export class AgentRefs {
  readonly #db: Kysely<Tables>;
  readonly #refs = new Map<AgentId, number>();
  readonly #ids = new Map<number, AgentId>();

  constructor(db: Kysely<Tables>) {
    this.#db = db;
  }

  /** The numbers of those that have one; who was never recorded is left out. */
  async find(agentIds: readonly AgentId[]): Promise<number[]> {
    await this.#load(this.#unknownOf(agentIds));
    return agentIds.flatMap((id) => this.#refs.get(id) ?? []);
  }

  /** As `find`, but whoever has none gets one. Afterwards `refOf` knows them all. */
  async make(agentIds: readonly AgentId[]): Promise<void> {
    const missing = this.#unknownOf(agentIds);
    if (missing.length === 0) return;
    await this.#load(missing);
    const strangers = this.#unknownOf(missing);
    if (strangers.length === 0) return;
    await sql`
      insert into floorwatch.agent (agent_id)
      select unnest(${strangers}::text[]) order by 1
      on conflict (agent_id) do nothing`.execute(this.#db);
    await this.#load(strangers);
  }

  /** Of an agent that `make` or `find` has met. */
  refOf(agentId: AgentId): number {
    const ref = this.#refs.get(agentId);
    if (ref === undefined) throw new Error('the agent has no number yet');
    return ref;
  }

  /** Of a number that was read together with others of known agents. */
  idOf(ref: number): AgentId {
    const id = this.#ids.get(ref);
    if (id === undefined) throw new Error('no agent has this number');
    return id;
  }

  /** For rows of whoever: reads all agents where one of the numbers is new here. */
  async know(refs: readonly number[]): Promise<void> {
    if (refs.every((ref) => this.#ids.has(ref))) return;
    this.#keep(await this.#db.selectFrom('floorwatch.agent').select(['agent_id', 'agent_ref']).execute());
  }

  /** The database may be another one after it was away. */
  forget(): void {
    this.#refs.clear();
    this.#ids.clear();
  }

  #unknownOf(agentIds: readonly AgentId[]): AgentId[] {
    return [...new Set(agentIds.filter((id) => !this.#refs.has(id)))];
  }

  async #load(agentIds: readonly AgentId[]): Promise<void> {
    if (agentIds.length === 0) return;
    const { rows } = await sql<{ agent_id: string; agent_ref: number }>`
      select agent_id, agent_ref from floorwatch.agent where agent_id = any(${agentIds}::text[])`.execute(this.#db);
    this.#keep(rows);
  }

  #keep(rows: readonly { readonly agent_id: string; readonly agent_ref: number }[]): void {
    for (const row of rows) {
      const id = row.agent_id as AgentId;
      this.#refs.set(id, row.agent_ref);
      this.#ids.set(row.agent_ref, id);
    }
  }
}
