import {
  presenceDefinitionId,
  SYSTEM_PRESENCES,
  type Presence,
  type PresenceDefinitionId,
  type SystemPresence,
} from '@floorwatch/domain';
import type { ActivityPresence } from '../wire/activity-event.ts';
import type { UserPresence } from '../wire/user-presence.ts';
import { toSince } from './instant.ts';

/** `ONQUEUE`, and as the platform writes it in events and over REST: `ON_QUEUE`, `On Queue`. */
const spellingsOf = (system: SystemPresence): string[] => {
  const words = system.replaceAll(/[A-Z]/g, ' $&');
  const titled = words.charAt(0).toUpperCase() + words.slice(1);
  return [system.toUpperCase(), words.toUpperCase().replaceAll(' ', '_'), titled];
};

const BY_SPELLING: ReadonlyMap<string, SystemPresence> = new Map(
  SYSTEM_PRESENCES.flatMap((system) => spellingsOf(system).map((spelling) => [spelling, system] as const)),
);

/**
 * Reads a system presence in any of the platform's spellings: `On Queue`, `OnQueue`, `ON_QUEUE` (API §5.3).
 * Null for one we do not know.
 */
export const toSystemPresence = (spelling: string): SystemPresence | null =>
  BY_SPELLING.get(spelling) ?? BY_SPELLING.get(spelling.toUpperCase().replaceAll(/[\s_]/g, '')) ?? null;

/** A user's presence, from REST or from an event. Null when its system presence is not one of the ten. */
export const toPresence = (wire: UserPresence | ActivityPresence, platformNow: number): Presence | null => {
  const system = toSystemPresence(wire.presenceDefinition.systemPresence);
  if (system === null) return null;
  const message = 'presenceMessage' in wire ? wire.presenceMessage : 'message' in wire ? wire.message : null;
  return {
    system,
    definitionId: toDefinitionId(wire.presenceDefinition.id),
    message: message || null,
    since: toSince(wire.modifiedDate, platformNow),
  };
};

const toDefinitionId = (id: string | null | undefined): PresenceDefinitionId | null =>
  id ? presenceDefinitionId(id) : null;
