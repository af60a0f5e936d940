import type { AgentState } from '../agent/agent.ts';
import type { Presence } from '../agent/presence.ts';
import { activityOf, type Activity } from '../activity/activity.ts';

/** How long a change waits for the end of a contact, ms. What was right two hours ago may not be any more. */
export const AFTER_CONTACT_LIMIT_MS = 2 * 3_600_000;

/** What holds an agent to a contact: after-call work belongs to the contact it follows. */
const IN_HAND: ReadonlySet<Activity> = new Set<Activity>(['interacting', 'communicating', 'afterCallWork']);

/** Whether the agent has a contact in hand, its after-call work included. */
export const isOnContact = (state: AgentState): boolean => IN_HAND.has(activityOf(state).activity);

/** A change that waits for the end of the contact that was in hand when somebody asked for it. */
export interface AwaitedEnd {
  /** The presence it is to replace, as it was then. */
  readonly presence: Pick<Presence, 'system' | 'definitionId' | 'message'>;
  /** Since when routing held the agent then, ms on the platform's clock. */
  readonly heldSince: number;
  /** When it has waited too long, ms on our clock. */
  readonly waitsUntil: number;
}

/** Why a change that waited is not made. */
export const DROP_REASONS = ['agent-changed', 'agent-offline', 'agent-gone', 'too-long'] as const;

export type DropReason = (typeof DROP_REASONS)[number];

export type AwaitedStep = 'wait' | 'go' | { readonly drop: DropReason };

/**
 * What becomes of a change that waits for the end of a contact, from what is seen of the agent now.
 *
 * - An agent who has set another presence meanwhile has decided, and is not overruled.
 * - After-call work is waited for. A contact that has begun since then is not: whoever is busy would never get there.
 * - What has not been seen is not guessed: it is waited for.
 * @param state null for an agent who is not on the board any more
 */
export const stepOfAwaited = (awaited: AwaitedEnd, state: AgentState | null, now: number): AwaitedStep => {
  if (state === null) return { drop: 'agent-gone' };
  const { presence, routing } = state;
  if (presence?.system === 'offline') return { drop: 'agent-offline' };
  if (presence !== null && !isSameChoice(presence, awaited.presence)) return { drop: 'agent-changed' };
  if (now >= awaited.waitsUntil) return { drop: 'too-long' };
  if (presence === null || routing === null) return 'wait';
  return isOnContact(state) && routing.since.at <= awaited.heldSince ? 'wait' : 'go';
};

const isSameChoice = (a: AwaitedEnd['presence'], b: AwaitedEnd['presence']): boolean =>
  a.system === b.system && a.definitionId === b.definitionId && a.message === b.message;
