import type { NamedEntity } from '@floorwatch/contracts';
import { covers, divisionId, type Board, type DivisionScope } from '@floorwatch/domain';
import type { DirectoryNames } from '../ingest/directory.ts';

/**
 * The names that somebody needs who may see the scope: its divisions, the queues that its agents have joined, and the
 * presences that they may have.
 */
export const namesWithin = (names: DirectoryNames, board: Board, seen: DivisionScope): DirectoryNames => {
  if (seen === 'all') return names;
  const joined = new Set<string>();
  for (const { profile, queueIds } of board.rows())
    if (covers(seen, profile.divisionId)) for (const id of queueIds ?? []) joined.add(id);
  return {
    revision: names.revision,
    divisions: names.divisions.filter(({ id }) => covers(seen, divisionId(id))),
    queues: names.queues.filter(({ id }) => joined.has(id)),
    presenceDefinitions: definitionsWithin(names.presenceDefinitions, seen),
  };
};

/** Presences that every division may use, and those of the scope's own. */
export const definitionsWithin = (
  definitions: DirectoryNames['presenceDefinitions'],
  seen: DivisionScope,
): DirectoryNames['presenceDefinitions'] =>
  definitions.filter(({ divisionId: id }) => id === null || covers(seen, divisionId(id)));

/** The divisions a view is cut to, by name where it is known; null where nothing is cut off. */
export const cutTo = ({ divisions }: DirectoryNames, seen: DivisionScope): NamedEntity[] | null =>
  seen === 'all' ? null : [...seen].map((id) => divisions.find((one) => one.id === id) ?? { id, name: id });
