import type { PresenceDefinitionId } from './ids.ts';
import { sameSetter, type PresenceSetter } from './presence-setter.ts';
import { sameSince, type Since } from './since.ts';

/** The ten primary presences of the platform: what the agent says they are doing. */
export const SYSTEM_PRESENCES = [
  'available',
  'away',
  'break',
  'busy',
  'idle',
  'meal',
  'meeting',
  'offline',
  'onQueue',
  'training',
] as const;

export type SystemPresence = (typeof SYSTEM_PRESENCES)[number];

/** One fact: what the agent's presence is. Never merged with the routing status. */
export interface Presence {
  readonly system: SystemPresence;
  /** Names the primary or secondary presence; null where the platform left it out. */
  readonly definitionId: PresenceDefinitionId | null;
  /** The agent's own words, for instance "back 10:30"; null when there are none. */
  readonly message: string | null;
  readonly since: Since;
  /** Absent while nobody knows, as it is when the presence has just been seen. */
  readonly setBy?: PresenceSetter;
}

export const samePresence = (a: Presence, b: Presence): boolean =>
  a.system === b.system &&
  a.definitionId === b.definitionId &&
  a.message === b.message &&
  sameSince(a.since, b.since) &&
  sameSetter(a.setBy, b.setBy);
