import type { AgentId, FactKind, StreamPage, StreamQuestion } from '@floorwatch/domain';
import type { AgentRefs } from '../recording/agent-refs.ts';
import type { Entry, StreamLog } from './stream-log.ts';

/** Entries that one page looks through at most: a reader of one division must not walk a whole year in one question. */
const LOOKED_THROUGH = 20_000;
const ENTRIES_PER_STATEMENT = 5000;

export type NamedEntry = Entry & { readonly agentId: AgentId };

/** What a stream's entries were about is read by this, for those that are wanted; whatever is gone has none. */
type Tell<Told> = (entries: readonly NamedEntry[], cursorAt: (seq: number) => string) => Promise<Told[]>;

interface ReadOptions<Told> {
  readonly log: StreamLog;
  readonly agents: AgentRefs;
  readonly question: StreamQuestion & { readonly kinds?: readonly FactKind[] };
  readonly tell: Tell<Told>;
}

/**
 * One page: looks through the entries after the cursor until it has enough that are wanted.
 * @throws CursorTooOld, CursorUnknown
 */
export const readPage = async <Told>({ log, agents, question, tell }: ReadOptions<Told>): Promise<StreamPage<Told>> => {
  const { limit, isWanted, kinds } = question;
  const perStatement = isWanted === undefined && kinds === undefined ? limit + 1 : ENTRIES_PER_STATEMENT;
  const wanted: NamedEntry[] = [];
  let next = question.after;
  let hasMore = true;
  let cursorAt: (seq: number) => string = () => next ?? '';
  for (let looked = 0; hasMore && wanted.length < limit && looked < LOOKED_THROUGH;) {
    const stretch = await log.read(next, perStatement);
    cursorAt = stretch.cursorAt;
    const { entries } = stretch;
    await agents.know(entries.map(({ agentRef }) => agentRef));
    let used = 0;
    for (; used < entries.length && wanted.length < limit; used += 1) {
      const entry = entries[used] as Entry;
      const agentId = agents.idOf(entry.agentRef);
      if (entry.kind !== null && kinds?.includes(entry.kind) === false) continue;
      if (isWanted?.(agentId) !== false) wanted.push({ ...entry, agentId });
    }
    next = cursorAt(entries[used - 1]?.seq ?? stretch.after);
    hasMore = used < entries.length || entries.length === perStatement;
    looked += entries.length;
  }
  const entries = await tell(wanted, cursorAt);
  // Some are gone: by a retention that has passed the place where this reading began, or long after they were told too late.
  if (entries.length < wanted.length) await log.read(question.after, 1);
  return { entries, next: next ?? cursorAt(0), hasMore };
};
