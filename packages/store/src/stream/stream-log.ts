import type { FactKind, StreamCursor, StreamName } from '@floorwatch/domain';
import { sql, type Kysely } from 'kysely';
import type { Tables } from '../schema/tables.ts';
import { cursorOf, CursorTooOld, CursorUnknown, placeOf } from './stream-cursor.ts';

/** Entries that one statement takes away: an embedded database can do nothing else meanwhile. */
const DROPPED_AT_ONCE = 10_000;

/** What a stream holds of an entry: whom it is about and when, not what. */
export interface Entry {
  readonly seq: number;
  /** Platform clock, ms; of a window its start. */
  readonly at: number;
  readonly agentRef: number;
  /** Null for windows. */
  readonly kind: FactKind | null;
}

interface Head {
  readonly lineage: string;
  readonly seq: number;
  readonly kept_after: number;
}

interface Found extends Head {
  readonly seqs: string | null;
  readonly ats: string | null;
  readonly refs: string | null;
  readonly kinds: string | null;
}

export interface Stretch {
  readonly entries: readonly Entry[];
  /** The number after which the reading began. */
  readonly after: number;
  readonly cursorAt: (seq: number) => StreamCursor;
}

/** The numbered entries of one stream. */
export class StreamLog {
  readonly #db: Kysely<Tables>;
  readonly #stream: StreamName;

  constructor(db: Kysely<Tables>, stream: StreamName) {
    this.#db = db;
    this.#stream = stream;
  }

  /**
   * The next entries after a place.
   * @throws CursorTooOld, CursorUnknown
   */
  async read(after: StreamCursor | null, limit: number): Promise<Stretch> {
    const asked = after === null ? null : placeOf(after, this.#stream);
    const { rows } = await sql<Found>`
      select h.lineage, h.seq, h.kept_after, e.*
      from floorwatch.stream_head h cross join lateral (
        select json_agg(seq)::text as seqs, json_agg(at)::text as ats, json_agg(agent_ref)::text as refs, ${this.#kinds()} as kinds
        from (
          select * from ${this.#table()}
          where seq > greatest(${asked?.seq ?? 0}::bigint, h.kept_after) order by seq limit ${limit}
        ) as next
      ) as e
      where h.stream = ${this.#stream}`.execute(this.#db);
    const [head] = rows;
    if (head === undefined) throw new Error(`the database has no stream of ${this.#stream}`);
    const cursorAt = (seq: number) => cursorOf({ stream: this.#stream, lineage: head.lineage, seq });
    if (asked !== null && (asked.lineage !== head.lineage || asked.seq > head.seq))
      throw new CursorUnknown(
        'this cursor is of another database than the one that is there now: leave it out to begin at the oldest entry',
      );
    if (asked !== null && asked.seq < head.kept_after) throw new CursorTooOld(cursorAt(head.kept_after));
    return { entries: entriesOf(head), after: asked?.seq ?? head.kept_after, cursorAt };
  }

  async head(): Promise<StreamCursor> {
    const { rows } = await sql<Head>`
      select lineage, seq, kept_after from floorwatch.stream_head where stream = ${this.#stream}`.execute(this.#db);
    const [head] = rows;
    if (head === undefined) throw new Error(`the database has no stream of ${this.#stream}`);
    return cursorOf({ stream: this.#stream, ...head });
  }

  /**
   * Drops the oldest entries, up to the first that is about `instant` or later. What is older and stands behind that one
   * is not told any more, for its row is gone.
   */
  async dropBefore(instant: number): Promise<void> {
    for (;;) {
      const { rows } = await sql<{ dropped: number }>`
        with oldest as (select seq, at from ${this.#table()} order by seq limit ${DROPPED_AT_ONCE}),
        bound as (select coalesce(min(seq) filter (where at >= ${instant}) - 1, max(seq)) as seq from oldest),
        dropped as (delete from ${this.#table()} where seq <= (select seq from bound) returning seq),
        noted as (
          update floorwatch.stream_head set kept_after = greatest(kept_after, (select max(seq) from dropped))
          where stream = ${this.#stream} and exists (select from dropped)
        )
        select count(*) as dropped from dropped`.execute(this.#db);
      if ((rows[0]?.dropped ?? 0) < DROPPED_AT_ONCE) return;
    }
  }

  #table() {
    return sql.table(this.#stream === 'transitions' ? 'floorwatch.transition_stream' : 'floorwatch.window_stream');
  }

  #kinds() {
    return sql.raw(this.#stream === 'transitions' ? 'json_agg(kind)::text' : 'null::text');
  }
}

const entriesOf = ({ seqs, ats, refs, kinds }: Found): Entry[] => {
  if (seqs === null || ats === null || refs === null) return [];
  const at = JSON.parse(ats) as number[];
  const agentRef = JSON.parse(refs) as number[];
  const kind = kinds === null ? [] : (JSON.parse(kinds) as FactKind[]);
  return (JSON.parse(seqs) as number[]).map((seq, index) => ({
    seq,
    at: at[index] ?? 0,
    agentRef: agentRef[index] ?? 0,
    kind: kind[index] ?? null,
  }));
};
