import { sql, type RawBuilder } from 'kysely';

/**
 * Gives the transitions of `added` (a table expression of the same statement, with agent_ref, kind and at) their places.
 *
 * Raising the number locks its row until the statement's transaction has ended, and the server shows what was written
 * before it gives the lock back. So whoever gets higher numbers was not there to be read while lower ones were missing:
 * the order of numbers is the order in which entries appear, and none is left out. What adds nothing locks nothing.
 */
export const putInStream = (added: RawBuilder<unknown>) => sql`
  insert into floorwatch.transition_stream (seq, at, agent_ref, kind)
  select place.seq - (select count(*) from ${added}) + row_number() over (order by a.at, a.agent_ref, a.kind),
    a.at, a.agent_ref, a.kind
  from ${added} as a, place`;

/** The table expression `place` that `putInStream` needs in the same statement. */
export const takePlace = (added: RawBuilder<unknown>) => sql`
  update floorwatch.stream_head set seq = seq + (select count(*) from ${added})
  where stream = 'transitions' and exists (select from ${added})
  returning seq`;
