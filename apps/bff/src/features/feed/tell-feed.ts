import type { FeedTransition, FeedWindow, RecordedFactView } from '@floorwatch/contracts';
import {
  NO_MS,
  WINDOW_MS,
  type AccessibilityMapping,
  type Activity,
  type AgentId,
  type Board,
  type FactValue,
  type StreamedTransition,
  type StreamedWindow,
} from '@floorwatch/domain';
import { toFiguresReply } from '../availability/figures-reply.ts';
import { iso } from '../history/asked-range.ts';

export interface FeedWords {
  readonly board: Board;
  readonly accessibility: AccessibilityMapping;
}

/** A recorded transition as other systems are told of it. */
export const tellTransition = (
  { agentId, fact, at, previous, activityBefore, activityAfter, ...told }: StreamedTransition,
  { board, accessibility }: FeedWords,
): FeedTransition => {
  const countsAs = (activity: Activity | null) => (activity === null ? null : accessibility[activity]);
  return {
    id: told.id,
    cursor: told.cursor,
    agent: tellAgent(agentId, board),
    kind: fact.kind,
    at: iso(at),
    exact: told.exact,
    ingestedAt: iso(told.ingestedAt),
    source: told.source,
    value: tellFact(fact),
    previous: previous === null ? null : tellFact(previous),
    activity: { before: activityBefore, after: activityAfter },
    accessibility: { before: countsAs(activityBefore), after: countsAs(activityAfter) },
  };
};

/** A window, with the figures that the rest of the API tells of such a time. */
export const tellWindow = (
  { id, cursor, version, agentId, from, ms, transitions, isVolatile }: StreamedWindow,
  { board, accessibility }: FeedWords,
): FeedWindow => ({
  id,
  cursor,
  version,
  agent: tellAgent(agentId, board),
  windowStart: iso(from),
  windowEnd: iso(from + WINDOW_MS),
  figures: toFiguresReply({ ms, steadyMs: isVolatile ? NO_MS : ms, transitions, isVolatile }, accessibility),
});

const tellFact = (fact: FactValue): RecordedFactView =>
  fact.kind === 'queues' ? { ...fact, queueIds: [...fact.queueIds] } : fact;

const tellAgent = (id: AgentId, board: Board): FeedTransition['agent'] => {
  const profile = board.rowOf(id)?.profile;
  return { id, name: profile?.name ?? null, divisionId: profile?.divisionId ?? null };
};
