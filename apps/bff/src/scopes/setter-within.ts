import type { Actor } from '@floorwatch/contracts';
import { covers, type Board, type DivisionScope, type Presence } from '@floorwatch/domain';

/** Who set a presence of the board, in words of the API; a person is named where the asker may see that person. */
export const setterWithin = ({ setBy }: Presence, board: Board, seen: DivisionScope): Actor => {
  if (setBy === undefined) return { by: 'unknown', name: null };
  const setter = setBy.ref === null ? null : (board.rowAt(setBy.ref)?.profile ?? null);
  return { by: setBy.kind, name: setter !== null && covers(seen, setter.divisionId) ? setter.name : null };
};
