import type { BulkChangeView, PresenceChangeView, PresenceHoldView } from '@floorwatch/contracts';
import type { UnderWay } from '../../live/presence-desk.ts';
import { isSettled } from './change-words.ts';

/** What each tile says of what is under way: the change that is nearest to happen, else the hold. */
export const marksOf = (
  changes: readonly PresenceChangeView[],
  holds: readonly PresenceHoldView[],
): ReadonlyMap<string, UnderWay> => {
  const marks = new Map<string, UnderWay>();
  for (const { agentId, ended } of holds) if (ended === null) marks.set(agentId, 'held');
  for (const { agentId, state } of changes) if (state === 'waiting') marks.set(agentId, 'waiting');
  for (const { agentId, state } of changes) if (!isSettled(state) && state !== 'waiting') marks.set(agentId, 'pending');
  return marks;
};

export const sameMarks = (a: ReadonlyMap<string, UnderWay>, b: ReadonlyMap<string, UnderWay>): boolean =>
  a.size === b.size && [...a].every(([agentId, mark]) => b.get(agentId) === mark);

interface Listed {
  readonly changes: readonly PresenceChangeView[];
  readonly holds: readonly PresenceHoldView[];
  readonly bulks: readonly BulkChangeView[];
}

/** What goes on apart from what is over. The changes of a bulk and of a hold are told by these. */
export const sortUnderWay = ({ changes, holds, bulks }: Listed) => {
  const own = changes.filter(({ cause }) => cause !== 'bulk' && cause !== 'hold');
  return {
    going: own.filter(({ state }) => !isSettled(state)),
    settled: own.filter(({ state }) => isSettled(state)),
    held: holds.filter(({ ended }) => ended === null),
    letGo: holds.filter(({ ended }) => ended !== null),
    running: bulks.filter(({ state }) => state === 'running'),
    ended: bulks.filter(({ state }) => state !== 'running'),
    isEmpty: own.length + holds.length + bulks.length === 0,
  };
};
