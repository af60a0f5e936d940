import type { Presence, SystemPresence } from '../agent/presence.ts';
import type { PresenceDefinitionId } from '../agent/ids.ts';

/** How often a hold may set its presence again, ms (design §9). */
export const HOLD_BEAT_MS = 120_000;

/** Holds one person may have at the same time. */
export const MAX_HOLDS_OF_A_PERSON = 20;

/** What the platform sets by itself when nobody touches the keyboard; a hold works against these and no others. */
const DRIFT: ReadonlySet<SystemPresence> = new Set<SystemPresence>(['idle', 'away']);

/**
 * Presences that can be held. On Queue cannot: whoever has walked away would be offered contacts. Idle, Away and Offline
 * cannot: they are what somebody who is not there looks like.
 */
export const canBeHeld = (system: SystemPresence): boolean =>
  system !== 'onQueue' && system !== 'offline' && !DRIFT.has(system);

/** A presence that is set again for as long as the hold lasts. */
export interface Hold {
  readonly definitionId: PresenceDefinitionId;
  /** When it was set last, ms on our clock: the next time is a beat later at the earliest. */
  readonly setAt: number;
  /** When it ends by itself, ms on our clock. */
  readonly endsAt: number;
}

/** The agent's presence as a hold looks at it. */
export type HeldPresence = Pick<Presence, 'system' | 'definitionId' | 'message'> & {
  /** One of the platform's ten: those of the organisation are somebody's choice, whatever they stand for. */
  readonly isPrimary: boolean;
};

export type HoldStep = 'holds' | 'set-again' | { readonly end: 'agent' | 'time' };

/**
 * What a hold does now.
 *
 * - The held presence, whatever note stands beside it, is left alone.
 * - The platform's own Idle or Away, without a note, is drift: the held presence is set again, at most once a beat.
 * - Everything else is the agent's choice (or somebody's): the hold lets go at once.
 * - A presence that has not been seen is waited for.
 */
export const stepOfHold = (hold: Hold, presence: HeldPresence | null, now: number): HoldStep => {
  if (now >= hold.endsAt) return { end: 'time' };
  if (presence === null || presence.definitionId === hold.definitionId) return 'holds';
  if (!isDrift(presence)) return { end: 'agent' };
  return now - hold.setAt >= HOLD_BEAT_MS ? 'set-again' : 'holds';
};

const isDrift = ({ system, isPrimary, message }: HeldPresence): boolean =>
  DRIFT.has(system) && isPrimary && (message === null || message === '');
