import type { PresenceDefinition } from '@floorwatch/contracts';
import type { SystemPresence } from '@floorwatch/domain';

export interface DefinitionGroup {
  readonly system: SystemPresence;
  readonly definitions: readonly PresenceDefinition[];
}

/** In the order in which supervisors set them. Idle is left out: the platform sets it by itself when nobody touches the client. */
const ORDER: readonly SystemPresence[] = [
  'onQueue',
  'available',
  'busy',
  'break',
  'meal',
  'meeting',
  'training',
  'away',
  'offline',
];

interface Wish {
  /** Divisions of the agents it is for; one that none of them may use is left out. */
  readonly divisions: ReadonlySet<string | null>;
  /** Already folded. */
  readonly text: string;
  readonly fold: (name: string) => string;
}

/** What can be chosen: active, usable in a division asked for, found by the text; primary ones first, then by name. */
export const groupDefinitions = (
  definitions: Iterable<PresenceDefinition>,
  { divisions, text, fold }: Wish,
): readonly DefinitionGroup[] => {
  const usable = [...definitions].filter(
    ({ isActive, divisionId, label }) =>
      isActive && (divisionId === null || divisions.has(divisionId)) && fold(label).includes(text),
  );
  return ORDER.flatMap((system) => {
    const found = usable
      .filter((definition) => definition.system === system)
      .toSorted((a, b) => Number(b.isPrimary) - Number(a.isPrimary) || a.label.localeCompare(b.label));
    return found.length === 0 ? [] : [{ system, definitions: found }];
  });
};
