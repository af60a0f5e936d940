import { covers, type BoardPatch, type DivisionScope } from '@floorwatch/domain';

/**
 * The part of a patch that concerns a scope. An agent's division is on its card, so whoever is outside and whose card
 * changed may have been inside at `from`: they are told as gone, by their ref alone. Whoever came in has a new card, and
 * so is told with it. Refs that a browser does not hold mean nothing to it.
 */
export const patchWithin = (patch: BoardPatch, seen: DivisionScope): BoardPatch => {
  if (seen === 'all') return patch;
  const rows: BoardPatch['rows'][number][] = [];
  const removed = [...patch.removed];
  for (const row of patch.rows)
    if (covers(seen, row.profile.divisionId)) rows.push(row);
    else if (row.profileVersion > patch.from) removed.push(row.ref);
  return { from: patch.from, to: patch.to, rows, removed };
};
